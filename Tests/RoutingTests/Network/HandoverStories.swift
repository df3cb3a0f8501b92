import Federation
import InteractionModel
import Testing

@testable import Routing

@Suite struct HandoverStories {
    /// A contact of Berlin's that waits, and was offered to Munich.
    static func offered() -> (Network, InteractionID, ContactID) {
        var network = berlinAndMunich()
        network.signsIn("ben", at: "munich")
        let id = network.writes("kim", to: "berlin")
        network.tells("munich", "berlin")
        network.secondsPass(5)
        return (network, id, ContactID("berlin", id.number))
    }

    @Test("What has waited long enough is offered to a site with somebody free, and taken there at its place in line")
    func taken() throws {
        var (network, id, contact) = Self.offered()
        #expect(network.types("berlin") == ["custody.offered"])
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "munich"))
        #expect(network["berlin"].tallies.map(\.handingOver) == [1])
        let owed = try #require(network["berlin"].owed(to: "munich").first)
        #expect(owed.item == .offer(contact, CustodyEpoch(count: 1)))
        #expect(owed.content == .conversation(id, through: network["berlin"].lastSequence))
        let answer = network.carries(owed, from: "berlin", to: "munich")
        #expect(answer == .taken)
        #expect(network.types("munich") == ["contact.received", "offer.made"])
        let there = try #require(network["munich"].custody.interaction(of: contact))
        #expect(network["munich"].interactions[there]?.stamp == at(1000))
        #expect(network["munich"].interactions[there]?.contact == contact)
        network.answers(answer, to: owed, of: "berlin", by: "munich")
        #expect(network.stateOf(id, at: "berlin") == .away(at: "munich"))
        #expect(network["berlin"].peersOwed == [])
        #expect(network["berlin"].measures["support"]?.total.handedOver == 1)
        #expect(network.custodians(of: contact) == ["munich"])
        try network.checkReplay()
    }

    @Test("What a peer refuses waits at its old place, and is not offered there again for ten seconds")
    func refused() throws {
        var (network, id, contact) = Self.offered()
        let owed = network["berlin"].owed(to: "munich")[0]
        network.happens("munich", .draining(true, by: "eve"))
        let answer = network.carries(owed, from: "berlin", to: "munich")
        #expect(answer == .refused(reason: "draining"))
        network.answers(answer, to: owed, of: "berlin", by: "munich")
        #expect(network.stateOf(id, at: "berlin") == .queued)
        #expect(network["berlin"].interactions[id]?.stamp == at(1000))
        network.tells("munich", "berlin", idle: 1)
        #expect(network.types("berlin") == [])
        network.happens("munich", .draining(false, by: "eve"))
        network.tells("munich", "berlin")
        #expect(network["berlin"].nextDeadline == network.now.advanced(by: .seconds(10)))
        network.secondsPass(9)
        #expect(network.stateOf(id, at: "berlin") == .queued)
        network.secondsPass(1)
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "munich"))
        network.settles()
        #expect(network.custodians(of: contact) == ["munich"])
        #expect(network["munich"].custody[contact]?.row.epoch == CustodyEpoch(count: 2))
        try network.checkReplay()
    }

    @Test("An answer that is lost is had again, and a contact offered again is taken once", arguments: [1, 2, 5])
    func lostAnswers(times: Int) throws {
        var (network, id, contact) = Self.offered()
        for _ in 0..<times {
            let owed = network["berlin"].owed(to: "munich")[0]
            #expect(network.carries(owed, from: "berlin", to: "munich") == .taken)
        }
        #expect(network["munich"].interactions.records.count == 1)
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "munich"))
        network.settles()
        #expect(network.stateOf(id, at: "berlin") == .away(at: "munich"))
        #expect(network.custodians(of: contact) == ["munich"])
        try network.checkReplay()
    }

    @Test("A cancel that comes before its offer decides it: the late offer is refused")
    func cancelled() throws {
        var (network, id, contact) = Self.offered()
        let owed = network["berlin"].owed(to: "munich")[0]
        let cancelled = network.says(.cancel(contact, CustodyEpoch(count: 1)), from: "berlin", to: "munich")
        #expect(cancelled == .peer(.refused(reason: "cancelled")))
        network.answers(.refused(reason: "cancelled"), to: owed, of: "berlin", by: "munich")
        #expect(network.stateOf(id, at: "berlin") == .queued)
        #expect(network.carries(owed, from: "berlin", to: "munich") == .refused(reason: "refused before"))
        #expect(network.custodians(of: contact) == ["berlin"])
        try network.checkReplay()
    }

    @Test("Both sites may die at any moment of a handover: it goes on where it was")
    func crashes() throws {
        var (network, id, contact) = Self.offered()
        try network.crashes("berlin")
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "munich"))
        let owed = network["berlin"].owed(to: "munich")[0]
        #expect(network.carries(owed, from: "berlin", to: "munich") == .taken)
        try network.crashes("munich")
        try network.crashes("berlin")
        network.settles()
        #expect(network.stateOf(id, at: "berlin") == .away(at: "munich"))
        #expect(network["munich"].interactions.records.map(\.contact) == [contact])
        try network.crashes("berlin")
        try network.crashes("munich")
        #expect(network.custodians(of: contact) == ["munich"])
        try network.checkReplay()
    }

    @Test("A contact that comes back goes on as the same interaction, at its old place")
    func back() throws {
        var (network, id, contact) = Self.offered()
        network.settles()
        network.happens("munich", .draining(true, by: "eve"))
        network.signsIn("ana", at: "berlin")
        network.secondsPass(61)
        network.tells("berlin", "munich")
        let there = try #require(network["munich"].custody.interaction(of: contact))
        #expect(network.stateOf(there, at: "munich") == .handingOver(to: "berlin"))
        network.settles()
        #expect(network.stateOf(there, at: "munich") == .away(at: "berlin"))
        #expect(network["berlin"].custody[contact]?.row.epoch == CustodyEpoch(count: 2))
        #expect(network["berlin"].interactions[id]?.state.agent == "ana")
        #expect(network["berlin"].interactions[id]?.stamp == at(1000))
        #expect(network["berlin"].interactions.records.count == 1)
        #expect(network.custodians(of: contact) == ["berlin"])
        try network.checkReplay()
    }

    @Test("An operator who has asked at the peer takes an offer in doubt back; others have nothing to force")
    func forced() throws {
        var (network, id, contact) = Self.offered()
        let owed = network["berlin"].owed(to: "munich")[0]
        network.happens("berlin", .custodyForced(contact, by: "eve"))
        #expect(network.types("berlin") == ["custody.forced"])
        #expect(network.stateOf(id, at: "berlin") == .queued)
        #expect(network["berlin"].custody[contact]?.row.epoch == CustodyEpoch(count: 2))
        network.answers(.refused(reason: "cancelled"), to: owed, of: "berlin", by: "munich")
        #expect(network.types("berlin") == [], "late news of the offer that is forced back")
        #expect(
            network.happens("munich", .custodyForced(contact, by: "eve")) == .refused(.notInDoubt(contact)))
    }

    @Test("While an offer is in doubt the contact neither expires nor goes to anybody here, and it loses no time")
    func frozen() throws {
        var queue = QueuePlan(name: "support", expireAfter: .seconds(60))
        queue.interflow = [Interflow(after: .seconds(5), sites: ["munich"])]
        var network = Network([
            "berlin": plan([person("ana")], queues: [queue]),
            "munich": plan([person("ben")]),
        ])
        network.tells("munich", "berlin", idle: 1)
        let id = network.writes("kim", to: "berlin")
        network.secondsPass(5)
        network.signsIn("ana", at: "berlin")
        network.secondsPass(7200)
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "munich"))
        let owed = network["berlin"].owed(to: "munich")[0]
        #expect(network.carries(owed, from: "berlin", to: "munich") == .refused(reason: "too late"))
        network.happens("berlin", .command("ana", .setStatus(.notReady(.init("lunch")))))
        network.answers(.refused(reason: "too late"), to: owed, of: "berlin", by: "munich")
        #expect(network["berlin"].interactions[id]?.expiresAt == at(1060 + 7200))
        #expect(network["berlin"].measures["support"]?.total.handedOver == 0)
        #expect(network.stateOf(id, at: "berlin") == .queued)
        network.secondsPass(55)
        #expect(network.stateOf(id, at: "berlin") == .expired)
        try network.checkReplay()
    }
}
