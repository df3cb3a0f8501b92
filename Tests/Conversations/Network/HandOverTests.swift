import Glibc
import JSON
import Journal
import Support
import Testing

@Suite("Handing over between sites", .serialized)
struct HandOverTests {
    @Test("A text to a site without agents is answered by another site's, and the answer leaves where the text came in")
    func thereAndBack() throws {
        let network = try TestNetwork(["berlin", "munich"])
        let ana = try network["munich"].desk("ana")
        let (interaction, here) = try network.accepted(by: ana, "Wo ist mein Paket?")

        // The answer goes out by berlin's channel, and its fate comes back.
        let reply = ana.ask(["type": "reply", "id": "r1", "interaction": .integer(here), "text": "Es kommt morgen."])
        let message = try #require(reply?["message"]?.integerValue)
        let sent = try #require(network.provider("berlin").wait { $0.text == "Es kommt morgen." })
        #expect(sent.to == "+4915112345678")
        #expect(network.provider("munich").sent.isEmpty)
        #expect(
            ana.message { $0["event"] == "delivery" && $0["message"] == .integer(message) && $0["status"] == "sent" }
                != nil)
        let berlin = network["berlin"]
        #expect(
            try berlin.caller.perform(
                berlin.caller.status("delivered", sid: sent.sid, message: sent.message)
            ).status < 300)
        #expect(
            ana.message {
                $0["event"] == "delivery" && $0["message"] == .integer(message) && $0["status"] == "delivered"
            } != nil)

        // What the customer writes later comes to berlin and reaches ana; what she answers keeps its order.
        _ = try network.text(to: "berlin", "Danke!")
        let later = try #require(ana.event("message"))
        #expect(later["content"]?["text"] == "Danke!")
        for number in 1...3 { #expect(network.reply(ana, here, "Antwort \(number)")) }
        #expect(network.provider("berlin").wait { $0.text == "Antwort 3" } != nil)
        #expect(
            network.provider("berlin").sent.map(\.text)
                == ["Es kommt morgen.", "Antwort 1", "Antwort 2", "Antwort 3"])

        #expect(
            ana.ask(["type": "close", "id": "c", "interaction": .integer(here), "disposition": "solved"])?["ok"]
                == true)
        #expect(eventually(within: .seconds(5)) { network.state(of: interaction, at: "berlin") == "closed" })
        try network.check()
    }

    @Test("An agent's last words reach the customer though the agent closes at once")
    func lastWords() throws {
        let network = try TestNetwork(["berlin", "munich"])
        let ana = try network["munich"].desk("ana")
        let (interaction, here) = try network.accepted(by: ana, "Wo ist mein Paket?")
        for number in 1...5 {
            ana.send([
                "type": "reply", "id": .string("r\(number)"), "interaction": .integer(here),
                "text": .string("Antwort \(number)"),
            ])
        }
        ana.send(["type": "close", "id": "c", "interaction": .integer(here), "disposition": "solved"])
        #expect(network.provider("berlin").wait { $0.text == "Antwort 5" } != nil)
        #expect(network.provider("berlin").sent.map(\.text) == (1...5).map { "Antwort \($0)" })
        #expect(eventually(within: .seconds(5)) { network.state(of: interaction, at: "berlin") == "closed" })
        try network.check()
    }

    @Test("The agent at the other site sees the whole conversation, also of agents before")
    func wholeConversation() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let berlin = network["berlin"]
        let ben = try berlin.desk("ben")
        let interaction = try network.text(to: "berlin", "Wo ist mein Paket?")
        let offer = try #require(ben.event("offer"))
        #expect(ben.ask(["type": "accept", "id": "a", "offer": offer["offer"] ?? 0])?["ok"] == true)
        #expect(network.reply(ben, interaction, "Moment, ich frage München."))
        _ = try network.text(to: "berlin", "Gut.")
        _ = try #require(ben.event("message"))

        let ana = try network["munich"].desk("ana")
        try network.waitUntilIdle("munich", seenBy: "berlin")
        let answer = try berlin.caller.call(
            "POST", "/v1/interactions/\(interaction)/hand-over", as: "boss", json: ["site": "munich"])
        #expect(answer.status == 200, "\(answer.text)")
        let there = try #require(ana.event("offer"))
        #expect(ana.ask(["type": "accept", "id": "a", "offer": there["offer"] ?? 0])?["ok"] == true)
        let accepted = try #require(
            try Desk(network["munich"].folder, agent: "ana").welcome()["contacts"]?.arrayValue?.first)
        let messages = accepted["messages"]?.arrayValue ?? []
        #expect(
            messages.map { $0["text"]?.stringValue } == ["Wo ist mein Paket?", "Moment, ich frage München.", "Gut."])
        #expect(messages.map { $0["agent"]?.stringValue } == [nil, "ben", nil])
        try network.check()
    }

    @Test("A site that cannot serve a contact refuses it, and it waits again where it was")
    func refusal() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let berlin = network["berlin"]
        let interaction = try network.text(to: "berlin", "Hallo")
        let munich = network["munich"]
        // Munich stops taking contacts between its last summary and berlin's offer.
        #expect(try munich.caller.call("POST", "/v1/drain", as: "boss", json: ["draining": true]).status == 200)
        let answer = try berlin.caller.call(
            "POST", "/v1/interactions/\(interaction)/hand-over", as: "boss", json: ["site": "munich"])
        if answer.status == 200 {
            #expect(
                eventually(within: .seconds(5)) {
                    (try? berlin.folder.entries().contains { $0.type == "custody.regained" }) == true
                })
        } else {
            #expect(answer.status == 409, "The summary was faster: \(answer.text)")
        }
        #expect(network.state(of: interaction, at: "berlin") == "queued")
        let ana = try berlin.desk("ana")
        #expect(eventually(within: .seconds(5)) { network.state(of: interaction, at: "berlin") == "offered" })
        withExtendedLifetime(ana) {}
        try network.check()
    }

    @Test("A site killed in the middle of everything loses and doubles nothing")
    func killed() throws {
        let network = try TestNetwork(["berlin", "munich"])
        var ana = try network["munich"].desk("ana")
        let (interaction, here) = try network.accepted(by: ana, "Eins")
        #expect(network.reply(ana, here, "Antwort 1"))
        #expect(network.provider("berlin").wait { $0.text == "Antwort 1" } != nil)

        // While munich is dead, the customer writes; while berlin is dead, ana answers.
        network["munich"].stop(.byKilling)
        _ = try network.text(to: "berlin", "Zwei")
        _ = try network.text(to: "berlin", "Drei")
        try network["munich"].restart(.byKilling)
        ana = try network["munich"].desk("ana")
        for text in ["Zwei", "Drei"] {
            let isThere = eventually(within: .seconds(15)) {
                (try? network.texts(of: here, at: "munich"))?.contains(text) == true
            }
            #expect(isThere, "\(text) came after munich was back")
        }
        network["berlin"].stop(.byKilling)
        for number in 2...4 { #expect(network.reply(ana, here, "Antwort \(number)")) }
        try network["berlin"].restart(.byKilling)
        #expect(network.provider("berlin").wait(.seconds(60)) { $0.text == "Antwort 4" } != nil)
        let told = network.provider("berlin").sent.map(\.text)
        #expect(told == ["Antwort 1", "Antwort 2", "Antwort 3", "Antwort 4"])
        #expect(
            try network.texts(of: here, at: "munich").filter { !$0.hasPrefix("Antwort") } == ["Eins", "Zwei", "Drei"])
        #expect(network.state(of: interaction, at: "berlin") == "away")
        try network.check()
    }

    @Test(
        "An offer to a dead site stays in doubt, nobody here gets it meanwhile, and it comes back when that site answers"
    )
    func doubt() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let berlin = network["berlin"]
        let interaction = try network.text(to: "berlin", "Hallo")
        network["munich"].stop(.byKilling)
        let answer = try berlin.caller.call(
            "POST", "/v1/interactions/\(interaction)/hand-over", as: "boss", json: ["site": "munich"])
        #expect(answer.status == 200, "\(answer.text)")
        let ana = try berlin.desk("ana")
        #expect(ana.event("offer", within: .seconds(2)) == nil)
        #expect(network.state(of: interaction, at: "berlin") == "handing-over")
        let doubt = try berlin.caller.call("GET", "/v1/network", as: "boss").json?["peers"]?.arrayValue?.first
        #expect(doubt?["owed"]?["offersInDoubt"] == 1)
        #expect(try berlin.caller.metric("interflow_custody_in_doubt{peer=\"munich\"}") == 1)
        let custody = try berlin.caller.call("GET", "/v1/custody/berlin-\(interaction)", as: "boss")
        #expect(custody.json?["state"] == "offered")

        // Forced by somebody who has looked at another site than the one in doubt: no.
        let path = "/v1/custody/berlin-\(interaction)/force"
        let wrong = try berlin.caller.call("POST", path, as: "root", json: ["checkedWith": "hamburg"])
        #expect(wrong.status == 409)
        #expect(try berlin.caller.call("POST", path, as: "root", json: ["checkedWith": "munich"]).status == 200)
        #expect(ana.event("offer")?["interaction"] == .integer(interaction))
        try network.check(running: ["berlin"])
    }

    @Test("An offer to a dead site is taken by it when it lives again")
    func late() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let interaction = try network.text(to: "berlin", "Hallo")
        network["munich"].stop(.byKilling)
        let answer = try network["berlin"].caller.call(
            "POST", "/v1/interactions/\(interaction)/hand-over", as: "boss", json: ["site": "munich"])
        #expect(answer.status == 200, "\(answer.text)")
        try network["munich"].restart(.byKilling)
        #expect(eventually(within: .seconds(20)) { network.state(of: interaction, at: "berlin") == "away" })
        let taken = try network["munich"].folder.entries().filter { $0.type == "contact.received" }
        #expect(taken.count == 1)
        try network.check()
    }

    @Test("A peer that is removed and met again while it does not answer is owed what it was owed")
    func metAgain() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let berlin = network["berlin"]
        let interaction = try network.text(to: "berlin", "Hallo")
        network["munich"].process.process.signal(SIGSTOP)
        let answer = try berlin.caller.call(
            "POST", "/v1/interactions/\(interaction)/hand-over", as: "boss", json: ["site": "munich"])
        #expect(answer.status == 200, "\(answer.text)")
        let file = "\(berlin.folder.dataPath)/peers.yaml"
        let known = try Files.read(file)
        for text in ["peers: {}\n", known] {
            try Files.write(text, to: file)
            #expect(try berlin.caller.call("POST", "/v1/peers/reload", as: "root", json: [:]).status == 200)
        }
        network["munich"].process.process.signal(SIGCONT)
        #expect(eventually(within: .seconds(25)) { network.state(of: interaction, at: "berlin") == "away" })
        try network.check()
    }

    @Test("A site with somebody free asks for what waits elsewhere, long before it would be sent")
    func pull() throws {
        let network = try TestNetwork(["berlin", "munich"], after: "1h")
        let interaction = try network.text(to: "berlin", "Hallo")
        let ana = try network["munich"].desk("ana")
        #expect(ana.event("offer")?["content"]?["text"] == "Hallo")
        #expect(eventually(within: .seconds(5)) { network.state(of: interaction, at: "berlin") == "away" })
        try network.check()
    }

    @Test("A site that is emptied hands on what waits, to agents who are busy too")
    func drain() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        var waiting: [Int64] = []
        for number in 1...7 {
            waiting.append(try network.text(to: "berlin", from: "+4915112345\(number)00", "Text \(number)"))
        }
        let ana = try network["munich"].desk("ana")
        try network.waitUntilIdle("munich", seenBy: "berlin")
        let answer = try network["berlin"].caller.call("POST", "/v1/drain", as: "boss", json: ["draining": true])
        #expect(answer.status == 200)
        for interaction in waiting {
            #expect(eventually(within: .seconds(10)) { network.state(of: interaction, at: "berlin") == "away" })
        }
        withExtendedLifetime(ana) {}
        try network.check()
    }

    @Test("Over a network that loses, cuts, repeats and delays, everything comes once and in order")
    func chaos() throws {
        let network = try TestNetwork(["berlin", "munich"], after: "1s", chaos: true)
        let ana = try network["munich"].desk("ana")
        let (_, here) = try network.accepted(by: ana, "Text 0", within: .seconds(60))
        for number in 1...12 {
            _ = try network.text(to: "berlin", "Text \(number)")
            #expect(network.reply(ana, here, "Antwort \(number)"))
        }
        #expect(network.provider("berlin").wait(.seconds(120)) { $0.text == "Antwort 12" } != nil)
        #expect(network.provider("berlin").sent.map(\.text) == (1...12).map { "Antwort \($0)" })
        let isThere = eventually(within: .seconds(60)) {
            (try? network.texts(of: here, at: "munich"))?.contains("Text 12") == true
        }
        #expect(isThere)
        let texts = try network.texts(of: here, at: "munich")
        #expect(texts.filter { $0.hasPrefix("Text") } == (0...12).map { "Text \($0)" })
        #expect(network.faults.values.reduce(0, +) > 10, "\(network.faults)")
        try network.check()
    }
}
