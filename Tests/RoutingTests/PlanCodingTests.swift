import InteractionModel
import JSON
import Testing

@testable import Routing

@Suite struct PlanCodingTests {
    @Test("A plan read back is the same plan, whatever it says", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var random = RandomPlan(seed: seed)
        let plan = random.next()
        #expect(try Self.read(Self.text(plan)) == plan)
    }

    @Test("A plan that says nothing new is written as the first release wrote it, so it keeps its digest")
    func defaultsAreLeftOut() {
        let plan = Plan(
            version: "p", queues: [QueuePlan(name: QueueName("q"))], defaultQueue: QueueName("q"),
            agents: [AgentPlan(name: AgentName("ana"), capacity: [ChannelCapacity(ChannelName("sms"), 3)])])
        #expect(Self.text(plan) == Self.firstRelease)
    }

    @Test("The plan of the first release is read")
    func oldPlan() throws {
        let plan = try Self.read(Self.firstRelease)
        #expect(plan.queues == [QueuePlan(name: QueueName("q"))])
        #expect(plan.timers == PlanTimers())
        #expect(plan.idleOrder == .longestIdle)
    }

    @Test("What a newer release adds beside our members is passed over")
    func unknownMembers() throws {
        let text = #"{"version":"p","defaultQueue":"q","moons":[{"a":1}],"queues":[{"name":"q","tide":{"h":2}}]}"#
        #expect(
            try Self.read(text)
                == Plan(
                    version: "p", queues: [QueuePlan(name: QueueName("q"))], defaultQueue: QueueName("q"), agents: []))
    }

    @Test(
        "A rule that a newer release knows and this one does not stops the reading",
        arguments: [
            #"{"idleOrder":"by-birthday"}"#, #"{"queues":[{"agentOrder":["shoe-size"]}]}"#,
            #"{"queues":[{"overflow":[{"when":{"fullMoon":true},"to":"q"}]}]}"#,
            #"{"queues":[{"whenClosed":{"sing":true}}]}"#, #"{"queues":[{"escalation":{}}]}"#,
        ])
    func unknownWords(text: String) {
        #expect(throws: PlanError.self) { try Self.read(text) }
    }

    private static let firstRelease =
        #"{"version":"p","defaultQueue":"q","queues":[{"name":"q","skills":{},"headStart":0,"#
        + #""offerTimeout":20000,"wrapUpMax":300000,"waitingMax":100000,"expireAfter":604800000,"dispositions":[]}],"#
        + #""entries":[],"agents":[{"name":"ana","skills":{},"capacity":{"sms":3}}],"#
        + #""timers":{"reconnectGrace":30000,"reclaimAfter":300000,"offerAgainAfter":60000,"inactiveAfter":43200000,"#
        + #""sendTimeout":120000,"sendAttemptsFor":86400000,"deliveryReportAfter":259200000,"outboxMax":10000}}"#

    private static func text(_ plan: Plan) -> String {
        var writer = JSONWriter()
        plan.write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func read(_ text: String) throws -> Plan {
        var reader = JSONReader(Array(text.utf8))
        let plan = try Plan(from: &reader)
        try reader.end()
        return plan
    }
}
