import Federation
import InteractionModel
import Testing

@testable import Routing

@Suite("Where a switch is told to deliver")
struct RouteStories {
    private static let berlin = SiteName("berlin")
    private static let munich = SiteName("munich")
    private static let voice = ChannelName("voice")

    private static func plan(
        _ steps: [DeliveryStep], agents: [(AgentName, SiteName)] = [], numbers: [String] = []
    ) -> Plan {
        var plan = Plan(
            version: "plan", queues: [QueuePlan(name: "support"), QueuePlan(name: "sales")], defaultQueue: "support",
            agents: agents.map { name, site in
                var agent = AgentPlan(name: name, capacity: [ChannelCapacity(voice, 1)])
                agent.site = site
                return agent
            })
        plan.network = NetworkPlan(
            sites: [
                NetworkSite(munich, uri: "sip:{dnis}@127.0.0.1:5072"),
                NetworkSite(
                    berlin, uri: "sip:{number}@127.0.0.1:5071", label: "B", numbers: numbers, quarantine: .seconds(10)),
            ],
            services: [
                RouteService(
                    "gold", attributes: [.init("tier", "gold")], queue: "sales", steps: [.init(.partner("tel:+1"))]),
                RouteService("voice", channel: voice, destination: "800", queue: "sales", steps: steps),
            ], clients: [RoutingClient("carrier", fallback: "sip:{dnis}@127.0.0.1:5099")])
        return plan
    }

    private static let byTurns = [DeliveryStep(.allocate([Share(berlin, 60), Share(munich, 40)]))]

    private func office(_ plan: Plan) -> Office { Office(plan) }

    private func question(
        _ key: String, tried: [String] = [], to destination: String = "800", tier: String? = nil
    ) -> RouteQuestion {
        RouteQuestion(
            client: "carrier", key: key, channel: Self.voice, destination: destination,
            attributes: tier.map { [.init("tier", $0)] } ?? [], tried: tried, nonce: "n-\(key)-\(tried.count)")
    }

    private func ask(
        _ office: inout Office, _ question: RouteQuestion, peers: [SiteName] = [],
        inVain: [SiteSelection.Dropped] = []
    ) -> RouteRow? {
        office.happens(.route(.asked(question, peers: peers, inVain: inVain)))
        guard case .route(.answered(let number, _)) = office.answer else { return nil }
        return office.state.routes[number]
    }

    private func arrives(_ office: inout Office, _ claim: RouteClaim, as party: PartyKey) -> InteractionID? {
        var contact = InboundContact(
            key: office.key(), channel: Self.voice, account: AccountName("trunk"), party: party, thread: party,
            destination: "x")
        contact.claim = claim
        office.happens(.contact(contact))
        if case .accepted(let id, _) = office.answer { return id }
        return nil
    }

    @Test("Sixty of a hundred calls go to the site with sixty percent, after every call within one")
    func turns() {
        var office = office(Self.plan(Self.byTurns))
        var berlin = 0
        for call in 1...500 {
            if ask(&office, question("c\(call)"))?.site == Self.berlin { berlin += 1 }
            #expect(abs(berlin * 10 - call * 6) < 10)
        }
        #expect(berlin == 300)
    }

    @Test("The same question has the same answer, and records nothing, until its place is kept no longer")
    func repetition() {
        var office = office(Self.plan(Self.byTurns))
        let first = ask(&office, question("a"))
        #expect(office.recorded.count == 1)
        office.secondsPass(29)
        #expect(ask(&office, question("a")) == first)
        #expect(office.recorded == [])
        office.secondsPass(1)
        #expect(office.recorded.map(\.fact.type) == ["route.lapsed"])
        let again = ask(&office, question("a"))
        #expect(office.recorded.map(\.fact.type) == ["route.answered"])
        #expect(again?.contextToken == first?.contextToken, "the shell gives a new nonce; the test gave the same")
    }

    @Test("A further try names another site, whatever the first was called, and at last the default, and then nothing")
    func furtherTries() {
        var office = office(Self.plan(Self.byTurns))
        let first = ask(&office, question("a"))
        #expect(first?.site == Self.berlin)
        let second = ask(&office, question("a", tried: ["127.0.0.1:5071"]))
        #expect(office.recorded.map(\.fact.type) == ["route.released", "route.answered"])
        #expect(second?.site == Self.munich && second?.uri == "sip:800@127.0.0.1:5072")
        #expect(ask(&office, question("a", tried: ["127.0.0.1:5071"])) == second, "the same further try")
        let third = ask(&office, question("a", tried: ["127.0.0.1:5072"]))
        #expect(third?.decision == .fallback && third?.uri == "sip:800@127.0.0.1:5099")
        #expect(third?.tried.sorted() == [Self.berlin, Self.munich])
        let last = ask(&office, question("a", tried: ["berlin", "munich", "127.0.0.1:5099"]))
        #expect(last?.decision == RouteAnswer.Decision.none && last?.uri == nil)
        #expect(office.state.routes.held == 0)
    }

    @Test("No service, or a client without a place in the plan: the default, or nothing that could be promised")
    func noRule() {
        var office = office(Self.plan(Self.byTurns))
        #expect(ask(&office, question("a", to: "911"))?.decision == .fallback)
        #expect(ask(&office, question("b", tier: "gold"))?.uri == "tel:+1")
        var stranger = question("c")
        stranger.client = "stranger"
        office.happens(.route(.asked(stranger, peers: [], inVain: [])))
        #expect(office.answer == .route(.unknownClient("stranger")))
        #expect(office.recorded == [])
    }

    @Test("The site whose agents are idle gets the call; kept places count against it at once")
    func minimumDelay() {
        let plan = Self.plan(
            [DeliveryStep(.pick(SitePick.minimumExpectedDelay))],
            agents: [("ana", Self.berlin), ("ben", Self.munich), ("cleo", Self.munich)])
        var office = Office(plan, available: ["ana", "ben", "cleo"])
        let sites = (0..<3).map { ask(&office, question("c\($0)"))?.site }
        #expect(sites == [Self.berlin, Self.munich, Self.munich])
        office.says("ana", .setStatus(.signedOut))
        #expect(ask(&office, question("d"))?.site == Self.munich)
        guard case .route(.answered(let answer))? = office.recorded.last?.fact else { return #expect(Bool(false)) }
        #expect(answer.steps == [.init(number: 1, dropped: [.init(Self.berlin, .unstaffed)])])
    }

    @Test(
        "A call is joined to what is known of it by its token, by its asker's name, by its reserved number",
        arguments: [
            RouteClaim(contextToken: "site.n-a-0"), RouteClaim(externalID: "a"), RouteClaim(dialledNumber: "901"),
        ])
    func arrival(claim: RouteClaim) {
        var office = office(Self.plan(Self.byTurns, numbers: ["901", "902"]))
        let row = ask(&office, question("a"))
        #expect(row?.number == "901" && row?.uri == "sip:901@127.0.0.1:5071" && row?.label == "B")
        let id = arrives(&office, claim, as: "caller")
        #expect(office.recorded.map(\.fact.type).prefix(2) == ["contact.received", "route.arrived"])
        #expect(id.flatMap { office.state.interactions[$0]?.requirement.queue } == "sales")
        office.secondsPass(60)
        #expect(!office.recorded.contains { $0.fact.type == "route.lapsed" })
    }

    @Test("Who comes late, twice, or unannounced is taken all the same")
    func unannounced() {
        var office = office(Self.plan(Self.byTurns))
        _ = ask(&office, question("a"))
        office.secondsPass(31)
        #expect(arrives(&office, RouteClaim(externalID: "a"), as: "late") != nil)
        #expect(
            office.recorded.contains {
                if case .route(.arrived(_, by: .externalID, isLate: true)) = $0.fact { true } else { false }
            })
        let again = arrives(&office, RouteClaim(externalID: "a"), as: "twice")
        #expect(again != nil && !office.recorded.contains { $0.fact.type == "route.arrived" })
        #expect(arrives(&office, RouteClaim(contextToken: "made-up"), as: "stranger") != nil)
        #expect(office.state.conservationError == 0)
    }

    @Test("A peer keeps a place before it is named; one that refuses is passed over, and says so")
    func peers() {
        var office = office(Self.plan(Self.byTurns))
        office.happens(.route(.asked(question("a"), peers: [Self.berlin, Self.munich], inVain: [])))
        guard case .route(.ask(Self.berlin, let keeping)) = office.answer else { return #expect(Bool(false)) }
        #expect(office.recorded == [] && keeping.queue == "sales")
        let refused = [SiteSelection.Dropped(Self.berlin, .refused("full"))]
        office.happens(.route(.asked(question("a"), peers: [Self.berlin, Self.munich], inVain: refused)))
        guard case .route(.ask(Self.munich, _)) = office.answer else { return #expect(Bool(false)) }
        let kept = RouteKept(keeper: .init(site: Self.munich, reservation: 7), number: "77")
        office.happens(.route(.kept(question("a"), kept, inVain: refused)))
        guard case .route(.answered(let answer))? = office.recorded.last?.fact else { return #expect(Bool(false)) }
        #expect(answer.keptBy?.reservation == 7 && answer.number == "77" && answer.uri == "sip:800@127.0.0.1:5072")
        #expect(answer.steps[0].dropped == [.init(Self.berlin, .refused("full"))])
        #expect(office.state.routes.held == 0, "the peer counts what becomes of it")
    }

    @Test("A place asked for by a peer is kept with its token, counts, lapses, and can be let go")
    func keeping() {
        var office = office(Self.plan(Self.byTurns))
        office.isSetUp { $0.site = Self.berlin }
        var asked = question("a")
        asked.client = "peer:munich"
        let keeping = RouteKeeping(
            question: asked, queue: "sales", contextToken: "munich.secret", reserveFor: .seconds(20))
        office.happens(.route(.keep(keeping)))
        guard case .route(.answered(let number, false)) = office.answer else { return #expect(Bool(false)) }
        office.happens(.route(.keep(keeping)))
        #expect(office.answer == .route(.answered(number, isRepeated: true)))
        #expect(office.state.routes.announced(at: Self.berlin, in: "sales") == 1)
        office.happens(.route(.letGo(asked.routeKey)))
        #expect(office.state.routes.announced(at: Self.berlin, in: "sales") == 0)
        office.isSetUp { $0.isDraining = true }
        office.happens(.route(.keep(keeping)))
        #expect(office.answer == .route(.refused("draining")))
    }

    @Test("What was said too late is put right: the row says the default that the asker heard")
    func tooLate() {
        var office = office(Self.plan(Self.byTurns))
        _ = ask(&office, question("a"))
        office.happens(.route(.tooLate(question("a"))))
        #expect(office.recorded.map(\.fact.type) == ["route.released", "route.answered"])
        #expect(ask(&office, question("a"))?.decision == .fallback)
        #expect(office.state.routes.held == 0)
        office.happens(.route(.tooLate(question("b"))))
        #expect(office.recorded.map(\.fact.type) == ["route.answered"])
    }

    @Test("Folded facts and stored rows give the same table, and go on the same")
    func recovery() throws {
        var office = office(Self.plan(Self.byTurns, numbers: ["901", "902", "903"]))
        var facts = Office.beginning(of: Self.plan(Self.byTurns, numbers: ["901", "902", "903"]), available: [])
        func keep() { facts += office.recorded }
        for call in 0..<200 {
            _ = ask(&office, question("c\(call % 150)", tried: call % 7 == 0 ? ["127.0.0.1:5072"] : []))
            keep()
            if call % 3 == 0 {
                _ = arrives(&office, RouteClaim(externalID: "c\(call % 150)"), as: PartyKey("p\(call)"))
                keep()
            }
            office.secondsPass(2)
            keep()
        }
        var folded = RoutingState()
        for fact in facts { folded.fold(fact) }
        folded.settle()
        let rows = office.state.allRows()
        #expect(
            folded.allRows().entities.filter { $0.kind.hasPrefix("route") }
                == rows.entities.filter { $0.kind.hasPrefix("route") })
        var restored = try RoutingState(restoring: rows, lastSequence: office.state.lastSequence, at: office.now)
        #expect(restored.routes.rows == office.state.routes.rows)
        let later = Input(at: office.now.advanced(by: .minutes(3)), .timePassed)
        office.secondsPass(180)
        #expect(restored.apply(later).map(\.fact.type) == office.recorded.map(\.fact.type))
    }
}
