import InteractionModel
import Testing

@testable import Routing

/// Why an agent is not ready and for how long, what is known of an agent's work, and how a conversation ends.
@Suite struct StatusStories {
    static func site(_ change: (inout Plan) -> Void) -> Plan {
        var site = plan([person("ana"), person("ben")])
        change(&site)
        return site
    }

    static func lunch() -> Office {
        Office(
            site {
                $0.statusReasons = [StatusReason(name: "lunch", limit: .minutes(30)), StatusReason(name: "training")]
            },
            available: ["ana"])
    }

    // MARK: Status

    @Test("A reason with a limit ends by itself; one without does not")
    func limits() {
        var office = Self.lunch()
        office.says("ana", .setStatus(.notReady(.init("lunch"))))
        #expect(office.facts == [.agentStatusChanged("ana", .notReady(.init("lunch")), until: at(1800))])
        office.secondsPass(1800)
        #expect(office.facts == [.agentStatusChanged("ana", .available)])
        office.says("ana", .setStatus(.notReady(.init("training"))))
        #expect(office.facts == [.agentStatusChanged("ana", .notReady(.init("training")))])
        office.secondsPass(100_000)
        #expect(office.facts == [])
    }

    @Test("A limit means nothing once the agent has said something else")
    func limitIsVoid() {
        var office = Self.lunch()
        office.says("ana", .setStatus(.notReady(.init("lunch"))))
        office.says("ana", .setStatus(.notReady(.init("training"))))
        office.secondsPass(1800)
        #expect(office.facts == [])
        #expect(office.agent("ana")?.status == .notReady(.init("training")))
    }

    @Test("A reason the plan does not know is refused with those it knows; without a list any word will do")
    func unknownReason() {
        var office = Self.lunch()
        office.says("ana", .setStatus(.notReady(.init("siesta"))))
        #expect(office.answer == .refused(.unknownReason("siesta", allowed: ["lunch", "training"])))
        #expect(office.facts == [])
        office.happens(.planActivated(plan([person("ana")], version: "2")))
        office.says("ana", .setStatus(.notReady(.init("siesta"))))
        #expect(office.facts == [.agentStatusChanged("ana", .notReady(.init("siesta")))])
    }

    @Test("Who let an offer ring out is available again after the plan's pause")
    func noAnswerPause() {
        var office = Office(Self.site { $0.timers.noAnswerPause = .minutes(2) }, available: ["ana"])
        office.writes("carl")
        office.secondsPass(20)
        #expect(office.facts.last == .agentStatusChanged("ana", .notReady(.noAnswer), until: at(140)))
        office.secondsPass(120)
        #expect(office.facts == [.agentStatusChanged("ana", .available), .offered("ana", until: at(160))])
    }

    // MARK: The account, the turn, the results

    @Test("The account grows while anything is held, and nobody comes back with less than those who are there")
    func account() {
        var office = Office(Self.site { _ in }, available: ["ana"])
        let id = office.writes("carl")
        office.secondsPass(10)
        #expect(office.agent("ana")?.account(at: office.now) == .seconds(10))
        office.accepts("ana", id)
        office.secondsPass(30)
        office.says("ana", .close(id, disposition: nil))
        office.secondsPass(60)
        #expect(office.agent("ana")?.account(at: office.now) == .seconds(40))
        #expect(office.agent("ben")?.account(at: office.now) == .zero)
        office.signsIn("ben")
        #expect(office.agent("ben")?.account(at: office.now) == .seconds(40))
    }

    @Test("An offer leaves its number with the agent, a declined one too")
    func lastOffer() {
        var office = Office(Self.site { _ in }, available: ["ana"])
        let id = office.writes("carl")
        let number = office.recorded.last!.sequence
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        #expect(office.agent("ana")?.lastOffer == number)
    }

    @Test("Results are kept by queue; what cannot be one is refused")
    func results() {
        var office = Office(Self.site { _ in })
        for score in [80, 100] { office.happens(.qualityReported("ana", "support", score: score)) }
        #expect(office.facts == [.qualityReported("ana", "support", score: 100)])
        #expect(office.agent("ana")?.quality == [QualityResults(queue: "support", count: 2, total: 180)])
        let cases: [(AgentName, QueueName, Int, Refusal)] = [
            ("ana", "support", 101, .badScore(101)), ("ana", "support", -1, .badScore(-1)),
            ("zoe", "support", 50, .unknownAgent("zoe")), ("ana", "none", 50, .unknownQueue("none")),
        ]
        for (agent, queue, score, refusal) in cases {
            office.happens(.qualityReported(agent, queue, score: score))
            #expect(office.answer == .refused(refusal))
        }
    }

    @Test("Ten thousand results are halved, so the old weigh ever less")
    func resultsAreHalved() {
        var results = QualityResults(queue: "support")
        for _ in 0..<9999 { results.add(60) }
        #expect(results.count == 9999)
        results.add(60)
        #expect(results == QualityResults(queue: "support", count: 5000, total: 300_000))
    }

    // MARK: The end of a conversation

    static func mandatory(dispositions: [String] = []) -> (Office, InteractionID) {
        var queue = QueuePlan(name: "support", dispositions: dispositions)
        queue.wrapUpIsMandatory = true
        var office = Office(plan([person("ana")], queues: [queue]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        return (office, id)
    }

    @Test("Where wrap-up is mandatory closing leads to it, and closing again ends it")
    func mandatoryWrapUp() {
        var (office, id) = Self.mandatory()
        office.says("ana", .close(id, disposition: nil))
        #expect(office.facts == [.wrapUpStarted(reason: "mandatory", until: at(300))])
        office.says("ana", .close(id, disposition: nil))
        #expect(office.facts == [.closed(disposition: nil, by: "ana")])
    }

    @Test("An outcome named before the wrap-up holds, unless another is named in it", arguments: [nil, "lost"])
    func dispositionIsKept(word: String?) {
        var (office, id) = Self.mandatory(dispositions: ["sold", "lost"])
        office.says("ana", .close(id, disposition: "gone"))
        #expect(office.answer == .refused(.unknownDisposition("gone", allowed: ["sold", "lost"])))
        office.says("ana", .close(id, disposition: "sold"))
        office.says("ana", .close(id, disposition: word))
        #expect(office.facts == [.closed(disposition: word ?? "sold", by: "ana")])
    }

    @Test("When the limit ends a mandatory wrap-up the outcome named before it holds")
    func limitKeepsDisposition() {
        var (office, id) = Self.mandatory(dispositions: ["sold", "lost"])
        office.says("ana", .close(id, disposition: "sold"))
        office.secondsPass(300)
        #expect(office.facts == [.closed(disposition: "sold", by: "wrap-up limit")])
        #expect(office.stateOf(id) == .closed(disposition: "sold"))
    }

    @Test("Who leaves before the queue counts it has left short", arguments: [(4, true), (5, false)])
    func shortAbandon(seconds: Int64, isShort: Bool) {
        var office = Office(Self.site { _ in })
        let id = office.writes("carl")
        office.secondsPass(seconds)
        office.happens(.withdrawn(id, cause: "hung up"))
        #expect(office.facts == [.abandoned(cause: "hung up", isShort: isShort)])
        #expect(office.state.tallies.map(\.shortAbandoned) == [isShort ? 1 : 0])
        #expect(office.state.tallies.map(\.abandoned) == [1])
    }

    // MARK: The last agent

    /// Ana served carl, and the conversation is closed; the moment is 0.
    static func served(rememberFor: Span = .hours(1), waitFor: Span = .seconds(30)) -> Office {
        var queue = QueuePlan(name: "support")
        queue.preferred = PreferredRule(rememberFor: rememberFor, waitFor: waitFor)
        var office = Office(plan([person("ana"), person("ben")], queues: [queue]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.says("ana", .close(id, disposition: nil))
        return office
    }

    @Test("The last agent is preferred while remembered, and waited for while there")
    func lastAgent() {
        var office = Self.served()
        #expect(office.facts == [.closed(disposition: nil, by: "ana", rememberUntil: at(3600))])
        office.says("ana", .setStatus(.notReady(.init("tea"))))
        office.signsIn("ben")
        let id = office.writes("carl")
        #expect(office.state.interactions[id]?.preference == Preference(agent: "ana", until: at(30)))
        office.secondsPass(29)
        #expect(office.stateOf(id) == .queued)
        office.secondsPass(1)
        #expect(office.holder(of: id) == "ben")
    }

    @Test("Nobody waits for an agent who is not there, or was forgotten", arguments: 0..<4)
    func notWaitedFor(way: Int) {
        var office = way == 0 ? Self.served(rememberFor: .zero) : Self.served()
        switch way {
        case 1: office.secondsPass(3600)
        case 2: office.says("ana", .setStatus(.signedOut))
        case 3: office.happens(.planActivated(plan([person("ben")], version: "2")))
        default: break
        }
        if way != 2 { office.says("ana", .setStatus(.notReady(.init("tea")))) }
        office.signsIn("ben")
        let id = office.writes("carl")
        #expect(office.holder(of: id) == "ben")
    }

    @Test("A client's wishes for and against agents are kept to")
    func wishes() {
        var office = Office(Self.site { _ in }, available: ["ana"])
        office.writes("c1", wishing: RoutingWish(notAgents: ["ana"]))
        #expect(office.facts.map(\.type) == ["contact.received"])
        office.says("ana", .setStatus(.notReady(.init("tea"))))
        office.signsIn("ben")
        let wish = RoutingWish(preferredAgent: "ana", preferredFor: .seconds(9))
        office.says("ben", .accept(office.offer(of: InteractionID(office.state.interactions.numbers[0].number))))
        let id = office.writes("c2", wishing: wish)
        #expect(office.state.interactions[id]?.preference == Preference(agent: "ana", until: at(9)))
        let unknown = office.writes("c3", wishing: RoutingWish(preferredAgent: "zoe"))
        #expect(office.state.interactions[unknown]?.preference == nil, "it is none the worse for it")
    }

    @Test("As many threads are remembered as have room, the newest of them")
    func memoryIsBounded() {
        var memories = LastAgents()
        let count = Int64(LastAgents.countMax)
        for number in 0..<(count + 10) {
            let memory = LastAgents.Memory(agent: "ana", until: at(100), number: number)
            _ = memories.note(memory, of: PartyKey("\(number)"), at: at(0))
        }
        #expect(memories.memories.count == LastAgents.countMax)
        #expect(memories.agent(of: "9", at: at(0)) == nil)
        #expect(memories.agent(of: "10", at: at(0)) == "ana")
        #expect(memories.agent(of: "10", at: at(100)) == nil)
        let last = LastAgents.Memory(agent: "ben", until: at(200), number: count + 10)
        #expect(memories.note(last, of: "10", at: at(100)).count == LastAgents.countMax - 1, "their time is over")
    }
}
