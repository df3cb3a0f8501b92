import JSON
import Journal
import Support
import Testing

@Suite("Restarting")
struct RestartTests {
    @Test("An offer survives a restart and is presented again under its own number", arguments: TestSite.Way.allCases)
    func offers(_ way: TestSite.Way) throws {
        let site = try TestSite()
        let desk = try site.desk("ana")
        #expect(try site.caller.perform(site.caller.contact(key: "one", from: "+491", text: "Hallo")).status == 202)
        let offer = try #require(desk.event("offer"))
        try site.restart(way)

        let again = try Desk(site.folder, agent: "ana")
        let welcome = try again.welcome()
        let contact = try #require(welcome["contacts"]?.arrayValue?.first)
        #expect(welcome["contacts"]?.arrayValue?.count == 1)
        #expect(contact["state"] == "offered")
        #expect(contact["offer"] == offer["offer"])
        #expect(contact["interaction"] == offer["interaction"])
        #expect(contact["content"]?["text"] == "Hallo")
        let accepted = again.ask(["type": "accept", "id": "1", "offer": offer["offer"] ?? 0])
        #expect(accepted?["ok"] == true)
    }

    @Test("A conversation goes on after a restart, with all its messages", arguments: TestSite.Way.allCases)
    func conversations(_ way: TestSite.Way) throws {
        let provider = try Provider()
        defer { provider.stop() }
        var options = SiteFolder.Options()
        options.provider = provider.url
        let site = try TestSite(options: options)
        let (desk, interaction) = try site.acceptedText(by: "ben", text: "Wo ist mein Paket?")
        let first = desk.ask(["type": "reply", "id": "r1", "interaction": .integer(interaction), "text": "Moment"])
        let message = try #require(first?["message"]?.integerValue)
        #expect(provider.wait { $0.message == message }?.text == "Moment")
        let sent = try #require(desk.message { $0["event"] == "delivery" && $0["status"] == "sent" })
        try site.restart(way)

        // What was missed is told, or everything anew: never silence.
        let again = try Desk(site.folder, agent: "ben", last: sent["seq"]?.integerValue)
        let welcome = try again.welcome()
        #expect(welcome["status"] == "available")
        if welcome["resumed"] == false {
            let contact = try #require(welcome["contacts"]?.arrayValue?.first)
            let texts = (contact["messages"]?.arrayValue ?? []).map { $0["text"]?.stringValue }
            #expect(texts == ["Wo ist mein Paket?", "Moment"])
        }
        // The same reply again is the same message; another one is sent.
        let repeated = again.ask(["type": "reply", "id": "r1", "interaction": .integer(interaction), "text": "Moment"])
        #expect(repeated?["ok"] == true)
        let second = again.ask(["type": "reply", "id": "r2", "interaction": .integer(interaction), "text": "Da!"])
        let number = try #require(second?["message"]?.integerValue)
        #expect(provider.wait { $0.message == number }?.text == "Da!")
        #expect(provider.sent.map(\.text) == ["Moment", "Da!"])
    }

    @Test("A desktop that lost its connection is told exactly what it missed")
    func resumption() throws {
        let site = try TestSite()
        let (desk, interaction) = try site.acceptedText(by: "cem", from: "+4915100000001")
        let last = try #require(
            desk.ask(["type": "ping", "id": "p"]) == nil ? nil : lastSequence(of: site, agent: "cem"))
        desk.cut()
        for text in ["eins", "zwei", "drei"] {
            let request = site.caller.text(sid: TestSite.sid(), from: "+4915100000001", text: text)
            #expect(try site.caller.perform(request).status == 200)
        }
        let again = try Desk(site.folder, agent: "cem", last: last)
        let welcome = try again.welcome()
        #expect(welcome["resumed"] == true)
        #expect(welcome["contacts"] == nil)
        let missed = (0..<3).compactMap { _ in again.event("message") }
        #expect(missed.map { $0["content"]?["text"]?.stringValue } == ["eins", "zwei", "drei"])
        #expect(missed.allSatisfy { $0["interaction"] == .integer(interaction) && $0["seq"]?.integerValue ?? 0 > last })
    }

    @Test("A desktop that has seen more than the journal holds is given everything anew: a backup was restored")
    func seenTooMuch() throws {
        let site = try TestSite()
        let (desk, interaction) = try site.acceptedText(by: "ana")
        desk.cut()
        let again = try Desk(site.folder, agent: "ana", last: 1_000_000)
        let welcome = try again.welcome()
        #expect(welcome["resumed"] == false)
        #expect(welcome["contacts"]?.arrayValue?.map { $0["interaction"] } == [.integer(interaction)])
    }

    private func lastSequence(of site: TestSite, agent: String) throws -> Int64? {
        try site.folder.entries().last { $0.type == "offer.ended" }?.sequence
    }
}
