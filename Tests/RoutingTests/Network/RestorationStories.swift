import Federation
import InteractionModel
import Testing

@testable import Routing

/// A site comes back from a backup, and its peers know better.
@Suite struct RestorationStories {
    private static func network() -> Network {
        Network(
            ["berlin": plan([person("ana")]), "munich": plan([person("ben")]), "hamburg": plan([person("cem")])],
            life: 5)
    }

    /// A contact of Berlin's that waits there.
    private static func waiting() -> (Network, InteractionID, ContactID) {
        var network = network()
        let id = network.writes("kim", to: "berlin")
        return (network, id, ContactID("berlin", id.number))
    }

    /// Offered, and not heard yet.
    private static func offer(
        _ contact: ContactID, from: SiteName, to: SiteName, in network: inout Network
    ) throws -> Owed {
        network.tells(to, from, idle: 1)
        let id = network[from].custody.interaction(of: contact) ?? InteractionID(contact.number)
        network.happens(from, .supervisor("eve", .handOver(id, to: to)))
        return try #require(network[from].owed(to: to).first)
    }

    private static func handOver(
        _ contact: ContactID, from: SiteName, to: SiteName, in network: inout Network
    ) throws {
        let owed = try offer(contact, from: from, to: to, in: &network)
        network.answers(network.carries(owed, from: from, to: to), to: owed, of: from, by: to)
        #expect(network.custodians(of: contact) == [to])
    }

    @Test("Until every peer has told, nothing of the backup moves; new contacts are served, under new numbers")
    func asking() throws {
        var (network, id, contact) = Self.waiting()
        network.backsUp("berlin")
        let lost = network.writes("lea", to: "berlin")
        try network.restores("berlin")
        network.signsIn("ana", at: "berlin")
        #expect(network["berlin"].isRestoring)
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "berlin"))
        network.secondsPass(100_000)
        #expect(network.stateOf(id, at: "berlin") == .handingOver(to: "berlin"), "not even its limit ends it")
        network.signsIn("ana", at: "berlin")
        let new = network.writes("mia", to: "berlin")
        #expect(new > lost)
        if case .offered? = network.stateOf(new, at: "berlin") {} else { Issue.record("a new contact waits") }
        network.learns("berlin")
        #expect(!network["berlin"].isRestoring)
        #expect(network.stateOf(id, at: "berlin") == .queued)
        #expect(network["berlin"].custody[contact]?.row.epoch.restoration ?? 0 > 0)
        try network.checkReplay()
    }

    @Test("A contact that was given away after the backup stays where it is, and its customer is heard there")
    func givenAway() throws {
        var (network, id, contact) = Self.waiting()
        network.backsUp("berlin")
        try Self.handOver(contact, from: "berlin", to: "munich", in: &network)
        try network.restores("berlin")
        network.writes("kim", to: "berlin")
        let number = network["berlin"].lastSequence
        network.learns("berlin")
        #expect(network.stateOf(id, at: "berlin") == .away(at: "munich"))
        #expect(network.custodians(of: contact) == ["munich"])
        network.settles()
        let heard = network.journals["munich"]!.contains {
            if case .relayed(let relayed) = $0.fact { relayed.number == number } else { false }
        }
        #expect(heard)
        try network.checkReplay()
    }

    @Test("A contact that the lost life took is here again with all that was said, though the backup never heard of it")
    func taken() throws {
        var network = Self.network()
        network.backsUp("berlin")
        let id = network.writes("kim", to: "munich")
        let contact = ContactID("munich", id.number)
        try Self.handOver(contact, from: "munich", to: "berlin", in: &network)
        try network.restores("berlin")
        #expect(network.custodians(of: contact) == [])
        let row = try #require(network["munich"].rows(for: "berlin", after: nil).rows.first)
        #expect(row.content == .conversation(id, through: network["munich"].lastSequence))
        network.learns("berlin")
        #expect(network.custodians(of: contact) == ["berlin"])
        let there = try #require(network["berlin"].custody.interaction(of: contact))
        network.signsIn("ana", at: "berlin")
        network.accepts("ana", at: "berlin")
        network.replies("ana", at: "berlin", to: there)
        network.settles()
        #expect(network.journals["munich"]!.contains { $0.fact.type == "message.queued" && $0.interaction == id })
        try network.checkReplay()
    }

    @Test("An offer that nobody heard the lost life answer goes back to who made it")
    func inDoubt() throws {
        var network = Self.network()
        network.backsUp("berlin")
        let id = network.writes("kim", to: "munich")
        let contact = ContactID("munich", id.number)
        let owed = try Self.offer(contact, from: "munich", to: "berlin", in: &network)
        #expect(network.carries(owed, from: "munich", to: "berlin") == .taken, "and the answer is under way")
        try network.restores("berlin")
        let later = PeerAnswer.later(reason: "restored from a backup, and not sure yet what it has")
        #expect(network.carries(owed, from: "munich", to: "berlin") == later)
        network.learns("berlin")
        network.answers(.taken, to: owed, of: "munich", by: "berlin", life: 5)
        #expect(network.stateOf(id, at: "munich") == .handingOver(to: "berlin"), "the lost life is not believed")
        network.settles()
        #expect(network.stateOf(id, at: "munich") == .queued)
        #expect(network.custodians(of: contact) == ["munich"])
        try network.checkReplay()
    }

    @Test("What the lost life offered and nobody decided is here again, and has no effect when it comes late")
    func ownOffer() throws {
        var (network, id, contact) = Self.waiting()
        network.backsUp("berlin")
        let owed = try Self.offer(contact, from: "berlin", to: "munich", in: &network)
        try network.restores("berlin")
        network.learns("berlin")
        #expect(network.stateOf(id, at: "berlin") == .queued)
        #expect(network.says(owed.message, from: "berlin", to: "munich", life: 5) == .peer(.later(reason: "dead")))
        #expect(network.custodians(of: contact) == ["berlin"])
        try Self.handOver(contact, from: "berlin", to: "munich", in: &network)
        try network.checkReplay()
    }

    @Test("A customer whom only a peer remembers is connected here again")
    func homeRemade() throws {
        var network = Self.network()
        network.backsUp("berlin")
        let lost = network.writes("kim", to: "berlin")
        let contact = ContactID("berlin", lost.number)
        try Self.handOver(contact, from: "berlin", to: "munich", in: &network)
        try network.restores("berlin")
        network.learns("berlin")
        let here = try #require(network["berlin"].custody.interaction(of: contact))
        #expect(here != lost && network.stateOf(here, at: "berlin") == .away(at: "munich"))
        network.signsIn("ben", at: "munich")
        network.accepts("ben", at: "munich")
        let there = try #require(network["munich"].custody.interaction(of: contact))
        network.replies("ben", at: "munich", to: there)
        network.settles()
        #expect(network.journals["berlin"]!.contains { $0.fact.type == "message.queued" && $0.interaction == here })
        network.writes(PartyKey("\(contact)"), to: "berlin")
        network.settles()
        #expect(network.journals["munich"]!.contains { $0.fact.type == "contact.relayed" && $0.interaction == there })
        network.happens("munich", .command("ben", .close(there, disposition: "done")))
        network.settles()
        #expect(network.stateOf(here, at: "berlin") == .closed(disposition: "done"))
        try network.checkReplay()
    }

    @Test("A contact that a peer knows to have ended is not served again")
    func ended() throws {
        var network = Self.network()
        let id = network.writes("kim", to: "munich")
        let contact = ContactID("munich", id.number)
        try Self.handOver(contact, from: "munich", to: "berlin", in: &network)
        network.backsUp("berlin")
        network.signsIn("ana", at: "berlin")
        network.accepts("ana", at: "berlin")
        let there = try #require(network["berlin"].custody.interaction(of: contact))
        network.happens("berlin", .command("ana", .close(there, disposition: "done")))
        network.settles()
        try network.restores("berlin")
        network.learns("berlin")
        #expect(network.stateOf(there, at: "berlin")?.hasEnded == true)
        try network.checkReplay()
    }

    @Test("It dies while it asks and while it decides, and goes on where it was")
    func dies() throws {
        var (network, id, contact) = Self.waiting()
        network.backsUp("berlin")
        try Self.handOver(contact, from: "berlin", to: "munich", in: &network)
        try network.restores("berlin")
        try network.crashes("berlin")
        #expect(network["berlin"].isRestoring)
        let told = Restoration.Told(site: "munich", incarnation: 5, row: network["munich"].custody[contact]?.row)
        let lesson = RestorationLesson(
            lives: [.init(site: "munich", incarnation: 5, restorations: 1)], contacts: [.init(contact, told: [told])],
            isLast: false)
        #expect(network.happens("berlin", .restorationTold(lesson)) == .restoration(.more))
        try network.crashes("berlin")
        #expect(network["berlin"].restoration == .deciding(1))
        network.learns("berlin")
        #expect(network.stateOf(id, at: "berlin") == .away(at: "munich"))
        try network.checkReplay()
    }

    @Test("What a peer told before it was restored itself does not count")
    func both() throws {
        var (network, _, _) = Self.waiting()
        network.backsUp("berlin")
        network.backsUp("munich")
        try network.restores("berlin")
        try network.restores("munich")
        let lesson = RestorationLesson(
            lives: [.init(site: "munich", incarnation: 5, restorations: 1)], contacts: [], isLast: true)
        network.happens("berlin", .peerFenced("munich", incarnation: 6))
        #expect(network.happens("berlin", .restorationTold(lesson)) == .restoration(.outdated))
        #expect(network.happens("berlin", .peerFenced("munich", incarnation: 5)) != .peer(.done), "a late one")
        network.learns("munich")
        network.learns("berlin")
        #expect(!network["berlin"].isRestoring && !network["munich"].isRestoring)
        try network.checkReplay()
    }

    @Test("A site without peers goes on from its backup at once")
    func alone() throws {
        let (network, id, _) = Self.waiting()
        var state = network["berlin"]
        state = try RoutingState(
            restoring: state.allRows(), lastSequence: state.lastSequence, at: state.now, site: "berlin", incarnation: 6)
        #expect(state.isOfLostLife)
        state.isAlone = true
        let facts = state.apply(
            Input(at: network.now, .siteStarted(epoch: 9, release: "test", wallOffset: .zero)))
        #expect(facts.map(\.fact.type).prefix(2) == ["site.started", "site.life"])
        #expect(state.interactions[id]?.state == .queued && !state.isRestoring)
    }
}
