import Federation
import InteractionModel
import Testing

@testable import Routing

@Suite struct RelayStories {
    /// A contact of Berlin's that Ben in Munich has accepted.
    static func served() -> (Network, home: InteractionID, there: InteractionID, ContactID) {
        var (network, id, contact) = HandoverStories.offered()
        network.settles()
        network.accepts("ben", at: "munich")
        return (network, id, network["munich"].custody.interaction(of: contact)!, contact)
    }

    @Test("What the customer writes while the contact is away goes to the custodian, in order and once")
    func customerWrites() throws {
        var (network, home, there, contact) = Self.served()
        network.writes("kim", to: "berlin")
        let first = network["berlin"].lastSequence
        network.writes("kim", to: "berlin")
        let second = network["berlin"].lastSequence
        #expect(network.recorded["berlin"]?.map(\.interaction) == [home])
        var owed = network["berlin"].owed(to: "munich")
        #expect(owed.map(\.item) == [.relay(contact, number: first)], "the next follows the answer")
        #expect(owed[0].content == .entry(first))
        #expect(network.carries(owed[0], from: "berlin", to: "munich") == .done)
        #expect(network.types("munich") == ["contact.relayed"])
        #expect(network.carries(owed[0], from: "berlin", to: "munich") == .done)
        #expect(network.types("munich") == [], "a repetition has no effect")
        network.answers(.done, to: owed[0], of: "berlin", by: "munich")
        owed = network["berlin"].owed(to: "munich")
        #expect(owed.map(\.item) == [.relay(contact, number: second)])
        network.settles()
        #expect(network["berlin"].peersOwed == [])
        let heard = network.journals["munich"]!.compactMap { recorded -> Int64? in
            if case .relayed(let relayed) = recorded.fact { return relayed.number }
            return nil
        }
        #expect(heard == [first, second])
        #expect(network.journals["munich"]!.last?.interaction == there)
        try network.checkReplay()
    }

    @Test("What a custodian heard before it handed the contact on is not heard again where the contact went")
    func heardBefore() throws {
        var (network, _, there, contact) = Self.served()
        network.writes("kim", to: "berlin")
        let relay = network["berlin"].owed(to: "munich")[0]
        #expect(network.carries(relay, from: "berlin", to: "munich") == .done, "and the answer is lost")
        network.signsIn("cem", at: "hamburg")
        network.tells("hamburg", "munich")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "hamburg")))
        let offer = try #require(network["munich"].owed(to: "hamburg").first)
        guard case .offer(let transfer, _) = offer.message else { throw CancellationError() }
        #expect(transfer.heard == network["berlin"].lastSequence)
        network.answers(
            network.carries(offer, from: "munich", to: "hamburg"), to: offer, of: "munich", by: "hamburg")
        let arrived = try #require(network["hamburg"].owed(to: "berlin").first)
        network.answers(
            network.carries(arrived, from: "hamburg", to: "berlin"), to: arrived, of: "hamburg", by: "berlin")
        let again = try #require(network["berlin"].owed(to: "hamburg").first)
        #expect(again.item == relay.item)
        #expect(network.carries(again, from: "berlin", to: "hamburg") == .done)
        #expect(network.types("hamburg") == [], "the conversation that came with the contact has it")
        network.answers(.done, to: again, of: "berlin", by: "hamburg")
        network.writes("kim", to: "berlin")
        network.settles()
        let last = network["berlin"].custody[contact]
        #expect(
            network["hamburg"].custody[contact]?.heard
                == network.journals["hamburg"]!.compactMap { $0.relayedNumber }.last)
        #expect(last?.relays == [])
        try network.checkReplay()
    }

    @Test("What an agent of the custodian writes goes out at home, once, and its fate comes back")
    func agentWrites() throws {
        var (network, home, there, contact) = Self.served()
        let message = network.replies("ben", at: "munich", to: there)
        #expect(network.types("munich") == ["message.queued", "message.attempt"])
        #expect(network["munich"].isRelayed(message))
        let owed = try #require(network["munich"].owed(to: "berlin").first)
        #expect(owed.message == .agentWrote(contact, number: message.number, agent: "ben", content: []))
        for _ in 0..<3 { #expect(network.carries(owed, from: "munich", to: "berlin") == .done) }
        let sent = network.journals["berlin"]!.filter { $0.fact.type == "message.queued" }
        #expect(sent.map(\.interaction) == [home])
        #expect(sent.map(\.key?.rawValue) == ["peer:munich:\(message.number)"])
        network.answers(.done, to: owed, of: "munich", by: "berlin")
        #expect(network["munich"].messages[message]?.isSent == true)
        #expect(network["munich"].peersOwed == [])
        let out = MessageID(sent[0].sequence)
        network.happens("berlin", .sendEnded(out, attempt: 1, .sent(providerID: "SM1")))
        #expect(network["berlin"].peersOwed == [], "that the provider took it is no news")
        let report = DeliveryReport(key: IdempotencyKey("r1")!, message: out, status: .delivered, detail: nil)
        network.happens("berlin", .delivery(report, repeated: false))
        network.settles()
        #expect(network["munich"].messages[message]?.state == .sent(providerID: "berlin", .delivered))
        try network.checkReplay()
    }

    @Test("What an agent wrote while home was silent for hours is there to be told when home answers")
    func silentHome() throws {
        var (network, _, there, _) = Self.served()
        network.replies("ben", at: "munich", to: there)
        var unowed = 0
        for _ in 0..<4 * 360 {
            network.secondsPass(10)
            if network["munich"].owed(to: "berlin").isEmpty { unowed += 10 }
        }
        #expect(unowed <= 4 * 3600 / 10, "owed at nearly every moment, and not for \(unowed) s")
    }

    @Test("Home hears an agent's last words before it hears that the contact has ended")
    func lastWords() throws {
        var (network, home, there, _) = Self.served()
        network.replies("ben", at: "munich", to: there)
        network.replies("ben", at: "munich", to: there)
        network.happens("munich", .command("ben", .close(there, disposition: "solved")))
        network.settles()
        let sent = network.journals["berlin"]!.count { $0.fact.type == "message.queued" }
        #expect(sent == 2)
        #expect(network.stateOf(home, at: "berlin")?.hasEnded == true)
        try network.checkReplay()
    }

    /// Ben of Munich has written twice, and nobody heard it; then the contact went on to Hamburg, which ended it at home.
    private static func endedElsewhere() throws -> (Network, home: InteractionID, replies: [MessageID], ContactID) {
        var (network, home, there, contact) = Self.served()
        let replies = (0..<2).map { _ in network.replies("ben", at: "munich", to: there) }
        network.signsIn("cem", at: "hamburg")
        network.tells("hamburg", "munich")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "hamburg")))
        network.exchange(from: "munich", to: "hamburg")
        network.accepts("cem", at: "hamburg")
        let last = try #require(network["hamburg"].custody.interaction(of: contact))
        network.happens("hamburg", .command("cem", .close(last, disposition: "sold")))
        while network["hamburg"].peersOwed.contains("berlin") { network.exchange(from: "hamburg", to: "berlin") }
        #expect(network.stateOf(home, at: "berlin") == .closed(disposition: "sold"))
        return (network, home, replies, contact)
    }

    @Test("What an agent wrote before the contact went on and ended goes out all the same")
    func wroteBeforeTheEnd() throws {
        var (network, home, replies, _) = try Self.endedElsewhere()
        network.settles()
        let out = network.journals["berlin"]!.filter { $0.fact.type == "message.queued" }
        #expect(out.map(\.key?.rawValue) == replies.map { "peer:munich:\($0.number)" })
        #expect(out.map(\.interaction) == [home, home])
        #expect(replies.allSatisfy { network["munich"].messages[$0]?.isSent == true })
        try network.checkReplay()
    }

    @Test("It goes out even when home has forgotten the conversation: in order, and its author hears what became of it")
    func wroteBeforeOblivion() throws {
        var (network, home, replies, contact) = try Self.endedElsewhere()
        try network.crashes("berlin")
        #expect(network["berlin"].interactions[home] == nil)
        let first = try #require(network["munich"].owed(to: "berlin").first { $0.item == .reply(replies[0]) })
        #expect(network.carries(first, from: "munich", to: "berlin") == .done)
        #expect(network.carries(first, from: "munich", to: "berlin") == .done)
        network.answers(.done, to: first, of: "munich", by: "berlin")
        let second = try #require(network["munich"].owed(to: "berlin").first { $0.item == .reply(replies[1]) })
        #expect(
            network.carries(second, from: "munich", to: "berlin") == .later(reason: "an earlier line is on its way"))
        try network.crashes("berlin")
        let out = try #require(network["berlin"].messages.keys.first)
        #expect(network["berlin"].messages.count == 1)
        #expect(network["berlin"].messages[out]?.contact == contact)
        network.secondsPass(60)
        let attempts = network["berlin"].messages[out]?.attempts ?? 0
        network.happens("berlin", .sendEnded(out, attempt: attempts, .never(reason: "21610")))
        network.settles()
        let failed = network.journals["munich"]!.contains {
            if case .deliveryReported(replies[0], .failed, detail: "21610") = $0.fact { true } else { false }
        }
        #expect(failed)
        #expect(network["munich"].messages[replies[1]]?.isSent == true)
        #expect(network.journals["berlin"]!.count { $0.fact.type == "message.queued" } == 2)
        try network.checkReplay()
    }

    @Test("A contact that came home by another site than home knew: what was written there goes out")
    func cameHomeByAnother() throws {
        var (network, home, there, contact) = Self.served()
        network.signsIn("cem", at: "hamburg")
        network.tells("hamburg", "munich")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "hamburg")))
        network.exchange(from: "munich", to: "hamburg")
        network.accepts("cem", at: "hamburg")
        let last = try #require(network["hamburg"].custody.interaction(of: contact))
        let reply = network.replies("cem", at: "hamburg", to: last)
        network.tells("munich", "hamburg")
        network.happens("hamburg", .supervisor("eve", .handOver(last, to: "munich")))
        network.exchange(from: "hamburg", to: "munich")
        network.tells("berlin", "munich")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "berlin")))
        network.exchange(from: "munich", to: "berlin")
        #expect(network.custody(of: contact, at: "berlin") == .held)
        network.settles()
        #expect(network["hamburg"].messages[reply]?.isSent == true)
        #expect(network["berlin"].custody[contact]?.wasHad(by: "hamburg") == true)
        #expect(network.stateOf(home, at: "berlin")?.elsewhere == nil)
        try network.checkReplay()
    }

    @Test("A message that home cannot send is a failed message of its agent's")
    func notSent() throws {
        var (network, _, there, _) = Self.served()
        let message = network.replies("ben", at: "munich", to: there)
        network.settles()
        let out = try #require(network["berlin"].messages.keys.first)
        network.happens("berlin", .sendEnded(out, attempt: 1, .never(reason: "21610")))
        network.settles()
        #expect(network["munich"].messages[message] == nil)
        #expect(network.types("munich") == [] || network["berlin"].peersOwed == [])
        let failed = network.journals["munich"]!.contains {
            if case .deliveryReported(message, .failed, detail: "21610") = $0.fact { true } else { false }
        }
        #expect(failed)
        try network.checkReplay()
    }

    @Test("What the custodian closes is closed at home, whoever dies meanwhile")
    func closed() throws {
        var (network, home, there, contact) = Self.served()
        network.happens("munich", .command("ben", .close(there, disposition: "sold")))
        try network.crashes("munich")
        try network.crashes("berlin")
        #expect(network.stateOf(home, at: "berlin") == .away(at: "munich"))
        network.settles()
        #expect(network.stateOf(home, at: "berlin") == .closed(disposition: "sold"))
        #expect(network["munich"].peersOwed == [])
        #expect(network.custodians(of: contact) == ["munich"])
        #expect(network.writes("kim", to: "berlin") != home, "what comes now is a new contact")
        try network.checkReplay()
    }

    @Test("What the custodian had ended when the customer wrote begins a new contact at home: nothing lost, and once")
    func wroteToAnEnd() throws {
        var (network, home, there, _) = Self.served()
        network.happens("munich", .command("ben", .close(there, disposition: nil)))
        network.writes("kim", to: "berlin")
        let first = network["berlin"].lastSequence
        network.writes("kim", to: "berlin")
        let second = network["berlin"].lastSequence
        let owed = network["berlin"].owed(to: "munich")[0]
        let answer = network.carries(owed, from: "berlin", to: "munich")
        #expect(answer == .ended)
        network.answers(answer, to: owed, of: "berlin", by: "munich")
        #expect(
            network.types("berlin").prefix(5) == [
                "contact.closed", "relay.delivered", "relay.delivered", "contact.received", "contact.relayed",
            ])
        let origins = network.recorded["berlin"]!.compactMap { network["berlin"].contentOrigin(of: $0.fact) }
        #expect(origins == [first, second])
        network.answers(answer, to: owed, of: "berlin", by: "munich")
        #expect(network.types("berlin") == [], "once")
        network.settles()
        #expect(network.stateOf(home, at: "berlin") == .closed(disposition: nil))
        #expect(network["berlin"].interactions.records.count { !$0.state.hasEnded } == 1)
        try network.checkReplay()
    }

    @Test("A customer's message that the closed contact's custodian never heard survives crashes until it is answered")
    func closedFirst() throws {
        var (network, home, there, _) = Self.served()
        network.writes("kim", to: "berlin")
        let number = network["berlin"].lastSequence
        network.happens("munich", .command("ben", .close(there, disposition: "sold")))
        let closing = network["munich"].owed(to: "berlin")[0]
        network.answers(network.carries(closing, from: "munich", to: "berlin"), to: closing, of: "munich", by: "berlin")
        #expect(network.stateOf(home, at: "berlin") == .closed(disposition: "sold"))
        try network.crashes("berlin")
        #expect(network["berlin"].owed(to: "munich").map(\.content) == [.entry(number)])
        network.settles()
        let begun = network["berlin"].interactions.records.filter { !$0.state.hasEnded }
        #expect(begun.count == 1)
        try network.checkReplay()
    }

    @Test("A customer who gives up while the contact is away is abandoned where it waits")
    func left() throws {
        var (network, home, contact) = HandoverStories.offered()
        network.settles()
        let there = try #require(network["munich"].custody.interaction(of: contact))
        network.happens("berlin", .withdrawn(home, cause: "hung up"))
        network.happens("berlin", .withdrawn(home, cause: "hung up"))
        network.settles()
        #expect(network.journals["munich"]!.contains { $0.fact.type == "contact.abandoned" && $0.interaction == there })
        #expect(network.stateOf(home, at: "berlin") == .closed(disposition: nil))
        try network.checkReplay()
    }

    @Test("A customer who gives up while the offer is in doubt is abandoned here, if it is not taken")
    func leftInDoubt() throws {
        var (network, home, contact) = HandoverStories.offered()
        network.happens("berlin", .withdrawn(home, cause: "hung up"))
        #expect(network["berlin"].owed(to: "munich").map(\.item) == [.offer(contact, CustodyEpoch(count: 1))])
        network.happens("munich", .draining(true, by: "eve"))
        network.settles()
        #expect(network.stateOf(home, at: "berlin") == .abandoned)
        #expect(network.custodians(of: contact) == ["berlin"])
        try network.checkReplay()
    }

    @Test("What the customer wrote while the offer was in doubt is heard by whoever has the contact then")
    func wroteInDoubt() throws {
        var (network, home, contact) = HandoverStories.offered()
        network.writes("kim", to: "berlin")
        let number = network["berlin"].lastSequence
        #expect(network["berlin"].owed(to: "munich").map(\.item) == [.offer(contact, CustodyEpoch(count: 1))])
        network.settles()
        #expect(network.stateOf(home, at: "berlin") == .away(at: "munich"))
        let heard = network.journals["munich"]!.contains {
            if case .relayed(let relayed) = $0.fact { relayed.number == number } else { false }
        }
        #expect(heard)
        try network.checkReplay()
    }

    @Test("A peer that has nothing to do with a contact is refused, whatever it says, and changes nothing")
    func strangers() throws {
        var (network, home, there, contact) = Self.served()
        let before = (network.journals["berlin"]!.count, network.journals["munich"]!.count)
        let lies: [(PeerMessage, SiteName)] = [
            (.closed(contact, CustodyEpoch(count: 1), disposition: nil), "berlin"),
            (.agentWrote(contact, number: 7, agent: "cem", content: []), "berlin"),
            (.delivery(contact, number: 7, .failed, detail: nil), "munich"),
            (.customerWrote(contact, number: 7, content: []), "munich"),
            (.customerLeft(contact, cause: "left"), "munich"),
            (.arrived(contact, CustodyEpoch(count: 9)), "munich"),
            (.closed(contact, CustodyEpoch(count: 0), disposition: nil), "munich"),
        ]
        for (lie, site) in lies {
            guard case .peer(let answer) = network.says(lie, from: "hamburg", to: site) else { continue }
            #expect(answer != .taken && !(answer == .done && site == "berlin"), "\(lie)")
        }
        #expect(before == (network.journals["berlin"]!.count, network.journals["munich"]!.count))
        #expect(network.stateOf(home, at: "berlin") == .away(at: "munich"))
        #expect(network.stateOf(there, at: "munich") == .active("ben"))
        let unknown = ContactID("berlin", 999)
        #expect(
            network.says(.customerWrote(unknown, number: 7, content: []), from: "berlin", to: "munich") == .peer(.ended)
        )
    }

    @Test("What the customer wrote and the custodian had not heard comes home with the contact: nobody is owed it")
    func cameHome() throws {
        var (network, home, there, contact) = Self.served()
        network.writes("kim", to: "berlin")
        network.happens("berlin", .withdrawn(home, cause: "hung up"))
        network.tells("berlin", "munich")
        network.happens("munich", .command("ben", .transfer(there, to: .site("berlin"))))
        let offer = network["munich"].owed(to: "berlin")[0]
        #expect(network.carries(offer, from: "munich", to: "berlin") == .taken)
        #expect(network.types("berlin") == ["custody.took", "contact.abandoned"])
        #expect(network["berlin"].peersOwed == ["munich"], "the end, and nothing else")
        let owed = network["berlin"].owed(to: "munich")
        #expect(owed.map(\.message) == [.closed(contact, CustodyEpoch(count: 2), disposition: nil)])
        network.settles()
        #expect(network.stateOf(there, at: "munich") == .closed(disposition: nil))
        #expect(network["berlin"].interactions[home]?.followed ?? 0 == 0)
        try network.checkReplay()
    }
}

extension RecordedFact {
    fileprivate var relayedNumber: Int64? {
        if case .relayed(let relayed) = fact { relayed.number } else { nil }
    }
}
