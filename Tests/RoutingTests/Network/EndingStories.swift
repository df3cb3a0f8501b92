import Federation
import InteractionModel
import Testing

@testable import Routing

/// Who hears that a contact has ended, when news of who has it come late.
@Suite struct EndingStories {
    /// Munich sent Berlin's contact back, and has not heard that it was taken; Berlin sent it to Hamburg, which offered it
    /// to Munich. Munich wanted it no more: that it was asked proves that Berlin had taken it.
    private static func provedByAnOffer() throws -> (Network, there: InteractionID, last: InteractionID, ContactID) {
        var (network, home, there, contact) = RelayStories.served()
        network.signsIn("cem", at: "hamburg")
        network.tells("berlin", "munich")
        network.tells("hamburg", "berlin")
        network.tells("munich", "hamburg")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "berlin")))
        let back = try #require(network["munich"].owed(to: "berlin").first)
        #expect(network.carries(back, from: "munich", to: "berlin") == .taken, "and the answer is lost")
        network.happens("berlin", .supervisor("eve", .handOver(home, to: "hamburg")))
        network.exchange(from: "berlin", to: "hamburg")
        let last = try #require(network["hamburg"].custody.interaction(of: contact))
        network.happens("hamburg", .supervisor("eve", .handOver(last, to: "munich")))
        network.happens("munich", .draining(true, by: "eve"))
        network.exchange(from: "hamburg", to: "munich")
        #expect(network.stateOf(there, at: "munich") == .away(at: "hamburg"))
        return (network, there, last, contact)
    }

    @Test("A site that had it before hears of the end from home, though it knows of a later custodian than home")
    func endedByALaterCustodian() throws {
        var (network, there, last, _) = try Self.provedByAnOffer()
        network.accepts("cem", at: "hamburg")
        network.happens("hamburg", .command("cem", .close(last, disposition: "sold")))
        network.settles()
        #expect(network.stateOf(there, at: "munich") == .closed(disposition: "sold"))
        for site: SiteName in ["berlin", "munich", "hamburg"] { #expect(network[site].peersOwed == []) }
        try network.checkReplay()
    }

    @Test("A site whose news home hears only after the end learns of the end by the answer")
    func arrivedAfterTheEnd() throws {
        var (network, _, there, contact) = RelayStories.served()
        network.signsIn("cem", at: "hamburg")
        for (from, to): (SiteName, SiteName) in [
            ("hamburg", "munich"), ("munich", "hamburg"), ("berlin", "munich"), ("hamburg", "berlin"),
        ] { network.tells(from, to) }
        network.happens("munich", .supervisor("eve", .handOver(there, to: "hamburg")))
        network.exchange(from: "munich", to: "hamburg")
        let last = try #require(network["hamburg"].custody.interaction(of: contact))
        let arrived = try #require(network["hamburg"].owed(to: "berlin").first, "home hears nothing of it yet")
        network.happens("hamburg", .supervisor("eve", .handOver(last, to: "munich")))
        let back = try #require(network["hamburg"].owed(to: "munich").first)
        #expect(network.carries(back, from: "hamburg", to: "munich") == .taken, "and the answer is lost")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "berlin")))
        network.exchange(from: "munich", to: "berlin")
        let home = try #require(network["berlin"].custody.interaction(of: contact))
        network.happens("berlin", .supervisor("eve", .handOver(home, to: "hamburg")))
        network.happens("hamburg", .draining(true, by: "eve"))
        network.exchange(from: "berlin", to: "hamburg")
        #expect(network.stateOf(last, at: "hamburg") == .away(at: "berlin"))
        network.happens("berlin", .withdrawn(home, cause: "hung up"))
        #expect(network.stateOf(home, at: "berlin") == .abandoned)
        network.answers(
            network.carries(arrived, from: "hamburg", to: "berlin"), to: arrived, of: "hamburg", by: "berlin")
        network.settles()
        #expect(network.stateOf(last, at: "hamburg")?.hasEnded == true)
        try network.checkReplay()
    }

    @Test("Who took an offer without our hearing of it may speak for the contact: what its agent wrote goes out")
    func takenUnheard() throws {
        var (network, home, contact) = HandoverStories.offered()
        let offer = network["berlin"].owed(to: "munich")[0]
        #expect(network.carries(offer, from: "berlin", to: "munich") == .taken, "and the answer is lost")
        network.accepts("ben", at: "munich")
        let there = try #require(network["munich"].custody.interaction(of: contact))
        let reply = network.replies("ben", at: "munich", to: there)
        network.signsIn("cem", at: "hamburg")
        network.tells("hamburg", "munich")
        network.tells("berlin", "hamburg")
        network.happens("munich", .supervisor("eve", .handOver(there, to: "hamburg")))
        for owed in network["munich"].owed(to: "hamburg") {
            let answer = network.carries(owed, from: "munich", to: "hamburg")
            network.answers(answer, to: owed, of: "munich", by: "hamburg")
        }
        let last = try #require(network["hamburg"].custody.interaction(of: contact))
        network.happens("hamburg", .supervisor("eve", .handOver(last, to: "berlin")))
        network.happens("berlin", .draining(true, by: "eve"))
        let back = try #require(
            network["hamburg"].owed(to: "berlin").first { $0.item == .offer(contact, CustodyEpoch(count: 3)) })
        network.answers(network.carries(back, from: "hamburg", to: "berlin"), to: back, of: "hamburg", by: "berlin")
        #expect(network.stateOf(home, at: "berlin") == .away(at: "hamburg"))
        network.settles()
        #expect(network["munich"].messages[reply]?.isSent == true)
        #expect(network.journals["berlin"]!.count { $0.fact.type == "message.queued" } == 1)
        try network.checkReplay()
    }
}
