import Federation
import InteractionModel
import Testing

@testable import Routing

@Suite struct TriggerStories {
    /// The sites that Berlin offered contacts to, in order.
    static func offers(_ network: Network) -> [SiteName] {
        network.journals["berlin"]!.compactMap { recorded in
            guard case .custody(let move) = recorded.fact, case .offered(_, let peer) = move.change else { return nil }
            return peer
        }
    }

    @Test("No more is sent than a peer has agents free, as it last told, less what was sent since")
    func counting() {
        var network = berlinAndMunich()
        network.tells("munich", "berlin", idle: 2)
        for customer in ["kim", "lee", "max", "nia"] { network.writes(PartyKey(customer), to: "berlin") }
        network.secondsPass(4)
        #expect(Self.offers(network) == [])
        #expect(network["berlin"].nextDeadline == network.now.advanced(by: .seconds(1)))
        network.secondsPass(1)
        #expect(Self.offers(network) == ["munich", "munich"])
        network.secondsPass(5)
        #expect(Self.offers(network).count == 2)
        network.tells("munich", "berlin", idle: 3)
        #expect(Self.offers(network).count == 3, "two of the three that are free are spoken for")
    }

    @Test("The least loaded site is sent to first; of equals the first by name")
    func leastLoaded() {
        var network = berlinAndMunich(sites: ["munich", "hamburg"])
        network.signsIn("cem", at: "hamburg")
        network.signsIn("ben", at: "munich")
        network.tells("munich", "berlin", idle: 1)
        network.tells("hamburg", "berlin", idle: 1)
        network.writes("kim", to: "berlin")
        network.writes("lee", to: "berlin")
        network.secondsPass(5)
        #expect(Self.offers(network) == ["hamburg", "munich"])
    }

    @Test("A peer that is not heard of, drains or has closed the queue is sent nothing")
    func unusable() {
        var network = berlinAndMunich()
        network.tells("munich", "berlin", idle: 1)
        network.writes("kim", to: "berlin")
        network.secondsPass(16)
        #expect(Self.offers(network) == [], "not heard of for 16 s")
        network.happens("munich", .draining(true, by: "eve"))
        network.tells("munich", "berlin", idle: 1)
        #expect(Self.offers(network) == [])
        network.happens("munich", .draining(false, by: "eve"))
        network.tells("munich", "berlin", idle: 1)
        #expect(Self.offers(network) == ["munich"])
    }

    @Test("A site that asks gets what waits at once, as far as the plan lets it, and no more than it asked for")
    func pull() {
        var network = berlinAndMunich()
        network.tells("munich", "berlin", idle: 5)
        network.tells("hamburg", "berlin", idle: 5)
        for customer in ["kim", "lee", "max"] { network.writes(PartyKey(customer), to: "berlin") }
        network.happens("berlin", .peerAsks("hamburg", "support", places: 2))
        #expect(Self.offers(network) == [], "the plan does not name Hamburg")
        network.happens("berlin", .peerAsks("munich", "support", places: 2))
        #expect(Self.offers(network) == ["munich", "munich"])
        network.happens("berlin", .peerAsks("munich", "support", places: 2))
        #expect(Self.offers(network).count == 2, "it asks again for those it was sent")
    }

    @Test("A site that asks after it took some has those free whom it names, though it has not told of itself again")
    func pullAgain() {
        var network = berlinAndMunich()
        network.signsIn("ben", at: "munich")
        network.tells("munich", "berlin", idle: 0)
        for customer in ["kim", "lee"] { network.writes(PartyKey(customer), to: "berlin") }
        network.happens("berlin", .peerAsks("munich", "support", places: 1))
        network.settles()
        network.secondsPass(3)
        network.happens("berlin", .peerAsks("munich", "support", places: 1))
        #expect(Self.offers(network).count == 1, "it may have asked before it took the first")
        network.secondsPass(1)
        network.happens("berlin", .peerAsks("munich", "support", places: 1))
        #expect(Self.offers(network).count == 2)
    }

    @Test("Idle sites ask where something waits, and where a word is overdue that could say so")
    func asking() {
        var network = berlinAndMunich()
        network.signsIn("ana", at: "berlin")
        func asked() -> [[PullHint.Idle]] { network["berlin"].pullHints(to: ["hamburg", "munich"]).map(\.queues) }
        #expect(asked() == [], "Munich has not been heard of")
        network.tells("munich", "berlin")
        #expect(asked() == [], "nothing waits there")
        network.secondsPass(7)
        #expect(asked() == [])
        network.secondsPass(1)
        #expect(asked() == [[PullHint.Idle("support", 1)]])
        network.writes("kim", to: "munich")
        network.tells("munich", "berlin")
        #expect(asked() == [[PullHint.Idle("support", 1)]])
        network.secondsPass(16)
        #expect(asked() == [], "not heard of for 16 s")
    }

    @Test("A site that drains hands on all that waits, wherever the queue is served, and takes nothing itself")
    func drain() throws {
        var network = berlinAndMunich(sites: ["hamburg"])
        network.signsIn("ben", at: "munich")
        network.tells("munich", "berlin")
        for customer in ["kim", "lee", "max"] { network.writes(PartyKey(customer), to: "berlin") }
        network.happens("berlin", .draining(true, by: "eve"))
        #expect(Self.offers(network) == ["munich", "munich", "munich"])
        network.settles()
        #expect(network["munich"].interactions.records.count { !$0.state.hasEnded } == 3)
        #expect(network["berlin"].tallies.map(\.away) == [3])
        let transfer = Transfer(
            contact: ContactID("hamburg", 5), hops: [], channel: Office.sms, account: AccountName("main"),
            requirement: Requirement(queue: "support"), waited: .seconds(3), cause: .interflow,
            notAfter: network.now.advanced(by: .seconds(60)))
        #expect(
            network.says(.offer(transfer, CustodyEpoch(count: 1)), from: "hamburg", to: "berlin")
                == .peer(.refused(reason: "draining")))
        try network.crashes("berlin")
        #expect(network["berlin"].isDraining)
        network.writes("nia", to: "berlin")
        network.tells("munich", "berlin")
        #expect(Self.offers(network).count == 4)
        try network.checkReplay(isProven: false)
    }

    @Test("An agent sends a contact to another site: it is taken from the agent first, and offered nobody meanwhile")
    func agentSends() throws {
        var network = berlinAndMunich(after: .hours(1))
        network.signsIn("ana", at: "berlin")
        network.signsIn("ben", at: "munich")
        let id = network.writes("kim", to: "berlin")
        network.accepts("ana", at: "berlin")
        #expect(
            network.happens("berlin", .command("ana", .transfer(id, to: .site("munich"))))
                == .refused(.siteUnavailable("munich", why: "has not been heard of")))
        network.tells("munich", "berlin")
        network.happens("berlin", .command("ana", .transfer(id, to: .site("munich"))))
        #expect(network.types("berlin") == ["contact.released", "custody.offered"])
        #expect(network["berlin"].agents[0].held == [])
        network.settles()
        #expect(network.stateOf(id, at: "berlin") == .away(at: "munich"))
        let second = network.writes("lee", to: "berlin")
        network.happens("berlin", .supervisor("eve", .handOver(second, to: "munich")))
        #expect(network.types("berlin").suffix(1) == ["custody.offered"])
        try network.checkReplay()
    }

    @Test("A contact does not go back within a minute to a site that had it, unless a person asks")
    func noPingPong() throws {
        var queue = QueuePlan(name: "support")
        queue.interflow = [Interflow(after: .seconds(1), sites: ["berlin", "munich"])]
        var network = Network([
            "berlin": plan([person("ana")], queues: [queue]),
            "munich": plan([person("ben")], queues: [queue]),
        ])

        network.tells("munich", "berlin", idle: 1)
        network.writes("kim", to: "berlin")
        network.secondsPass(1)
        network.settles()
        network.tells("berlin", "munich", idle: 1)
        network.secondsPass(30)
        network.tells("berlin", "munich", idle: 1)
        #expect(network["munich"].tallies.map(\.queued) == [1])
        let contact = try #require(network["munich"].custody.contacts.first)
        let there = try #require(network["munich"].custody.interaction(of: contact))
        var wish = network
        wish.happens("munich", .supervisor("eve", .handOver(there, to: "berlin")))
        wish.settles()
        #expect(wish.custodians(of: contact) == ["berlin"])
        network.secondsPass(31)
        network.tells("berlin", "munich", idle: 1)
        network.settles()
        #expect(network.custodians(of: contact) == ["berlin"])
        try network.checkReplay()
    }

    @Test("A contact that eight sites had goes nowhere, and is not taken")
    func hops() {
        var network = berlinAndMunich()
        network.signsIn("ben", at: "munich")
        let hops = (0..<8).map { Transfer.Hop(site: SiteName("s\($0)"), at: at(0)) }
        let transfer = Transfer(
            contact: ContactID("hamburg", 5), hops: hops, channel: Office.sms, account: AccountName("main"),
            requirement: Requirement(queue: "support"), waited: .seconds(3), cause: .person,
            notAfter: network.now.advanced(by: .seconds(60)))
        #expect(
            network.says(.offer(transfer, CustodyEpoch(count: 9)), from: "hamburg", to: "munich")
                == .peer(.refused(reason: "8 sites had it")))
        var back = transfer
        back.hops = [.init(site: "munich", at: network.now.advanced(by: Span.seconds(59).negated))]
        back.cause = .interflow
        #expect(
            network.says(.offer(back, CustodyEpoch(count: 10)), from: "hamburg", to: "munich")
                == .peer(.refused(reason: "was here a moment ago")))
        back.cause = .person
        #expect(network.says(.offer(back, CustodyEpoch(count: 11)), from: "hamburg", to: "munich") == .peer(.taken))
    }

    @Test("A site refuses what it could never serve, has no queue for, has closed, or has no room for")
    func unwilling() {
        var network = Network([
            "berlin": plan([person("ana")]),
            "munich": plan(
                [person("ben")],
                queues: [
                    QueuePlan(name: "support"), QueuePlan(name: "law", skills: SkillSet([skill("law")])),
                    QueuePlan(name: "full", waitingMax: 0),
                ]),
        ])
        func offer(_ queue: QueueName, _ channel: ChannelName, _ number: Int64) -> PeerMessage {
            .offer(
                Transfer(
                    contact: ContactID("berlin", number), hops: [.init(site: "berlin", at: network.now)],
                    channel: channel, account: AccountName("main"), requirement: Requirement(queue: queue),
                    waited: .zero, cause: .interflow, notAfter: network.now.advanced(by: .seconds(60))),
                CustodyEpoch(count: 1))
        }
        let refusals: [(QueueName, ChannelName, String)] = [
            ("parcels", "sms", "no queue parcels"), ("full", "sms", "queue full is full"),
            ("support", "fax", "nobody here serves fax with what it needs"),
            ("law", "sms", "nobody here serves sms with what it needs"),
        ]
        for (index, (queue, channel, reason)) in refusals.enumerated() {
            let message = offer(queue, channel, Int64(index + 1))
            #expect(network.says(message, from: "berlin", to: "munich") == .peer(.refused(reason: reason)))
            #expect(network.types("munich") == ["custody.refused"])
        }
        #expect(network.says(offer("support", "sms", 9), from: "berlin", to: "munich") == .peer(.taken))
    }

    @Test("Home learns from a third site that the contact is there now, and relays to it at once")
    func onwards() throws {
        var network = berlinAndMunich()
        network.signsIn("ben", at: "munich")
        let id = network.writes("kim", to: "berlin")
        let contact = ContactID("berlin", id.number)
        network.tells("munich", "berlin")
        network.secondsPass(5)
        network.settles()
        network.accepts("ben", at: "munich")
        network.signsIn("cem", at: "hamburg")
        network.tells("hamburg", "munich")
        let there = try #require(network["munich"].custody.interaction(of: contact))
        network.happens("munich", .command("ben", .transfer(there, to: .site("hamburg"))))
        network.writes("kim", to: "berlin")
        let early = network["berlin"].owed(to: "munich")[0]
        #expect(network.carries(early, from: "berlin", to: "munich") == .later(reason: "being handed over"))
        network.settles()
        #expect(network.stateOf(id, at: "berlin") == .away(at: "hamburg"))
        #expect(network.stateOf(there, at: "munich") == .away(at: "hamburg"))
        #expect(network.journals["hamburg"]!.contains { $0.fact.type == "contact.relayed" })
        network.accepts("cem", at: "hamburg")
        let last = try #require(network["hamburg"].custody.interaction(of: contact))
        network.replies("cem", at: "hamburg", to: last)
        network.settles()
        #expect(
            network["berlin"].messages.values.map(\.author) == [
                .colleague("cem", at: "hamburg", number: network["hamburg"].messages.keys.first!.number)
            ])
        network.happens("hamburg", .command("cem", .close(last, disposition: "sold")))
        network.settles()
        #expect(network.stateOf(id, at: "berlin") == .closed(disposition: "sold"))
        #expect(network.stateOf(there, at: "munich") == .closed(disposition: "sold"))
        #expect(network.custodians(of: contact) == ["hamburg"])
        try network.checkReplay()
    }

    @Test("Thirty days later nothing is remembered of what has ended")
    func forgotten() throws {
        var (network, _, there, contact) = RelayStories.served()
        network.happens("munich", .command("ben", .close(there, disposition: "sold")))
        network.settles()
        network.secondsPass(31 * 24 * 3600)
        #expect(network["berlin"].custody[contact] == nil)
        #expect(network["munich"].custody[contact] == nil)
        #expect(network["berlin"].nextDeadline == nil)
        try network.checkReplay()
    }
}
