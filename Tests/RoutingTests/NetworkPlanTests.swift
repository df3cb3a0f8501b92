import Federation
import InteractionModel
import JSON
import Testing

@testable import Routing

@Suite("Rules for switches")
struct NetworkPlanTests {
    private static let full: NetworkPlan = NetworkPlan(
        sites: [
            NetworkSite(
                SiteName("berlin"), uri: "sip:{number}@b", label: "B", numbers: ["1", "2"], quarantine: .seconds(5)),
            NetworkSite(SiteName("munich"), uri: "sip:{dnis}@m:5071"),
        ],
        services: [
            RouteService(
                "vip", channel: ChannelName("voice"), destination: "800", language: "de",
                attributes: [.init("tier", "gold")], queue: QueueName("vip"),
                steps: [
                    DeliveryStep(
                        .pick([SitePick(.min, .expectedDelay), SitePick(.max, .longestIdle)]),
                        during: CalendarName("day"),
                        considerIf: [
                            SiteCondition(.idleShare, .atLeast, 125_000), SiteCondition(.age, .below, 10_000),
                        ],
                        acceptIf: [SiteCondition(.expectedDelay, .atMost, 90_000), SiteCondition(.ahead, .above, -1)]),
                    DeliveryStep(.allocate([Share(SiteName("munich"), 40), Share(SiteName("berlin"), 60)])),
                    DeliveryStep(.prefer([SiteName("munich")])), DeliveryStep(.partner("tel:+1")),
                ], reserveFor: .seconds(20))
        ],
        clients: [
            RoutingClient(
                "carrier", fallback: "sip:{dnis}@d", deadline: Span(milliseconds: 100),
                peerDeadline: Span(milliseconds: 500), lateAfter: Span(milliseconds: 20))
        ])

    private func plan(_ network: NetworkPlan) -> Plan {
        var plan = Plan(
            version: "p", queues: [QueuePlan(name: QueueName("vip"))], defaultQueue: QueueName("vip"), agents: [])
        plan.network = network
        return plan
    }

    @Test("They come back from the journal as they were written")
    func coding() throws {
        var writer = JSONWriter()
        plan(Self.full).write(to: &writer)
        var reader = JSONReader(writer.bytes)
        #expect(try Plan(from: &reader) == plan(Self.full))
    }

    @Test("A measure that this release does not know stops the reading")
    func unknownWord() {
        let text = #"{"network":{"services":[{"steps":[{"pick":["min moon-phase"]}]}]}}"#
        var reader = JSONReader(Array(text.utf8))
        #expect(throws: PlanError.self) { try Plan(from: &reader) }
    }

    @Test("A difference shows steps as they are written in a plan")
    func difference() {
        var changed = Self.full
        changed.services[0].steps[0].considerIf[0].bound = 200_000
        let changes = PlanDiff(from: plan(Self.full), to: plan(changed)).changes
        #expect(changes.count == 1)
        #expect(changes.first?.path == "routing.services.vip")
        #expect(
            changes.first?.new?.contains("if idle-share >= 20% and age < 10s accepting expected-delay <= 90s") == true)
    }

    @Test(
        "One number for two sites, and one address for two, are errors; what cannot be reached, or filled, is a warning"
    )
    func findings() {
        var network = Self.full
        network.sites[1].numbers = ["2"]
        network.sites[1].uri = "sip:{moon}@B:5060"
        network.services.append(RouteService("late", channel: ChannelName("voice"), queue: QueueName("vip"), steps: []))
        network.services.append(
            RouteService("never", channel: ChannelName("voice"), destination: "1", queue: QueueName("vip"), steps: []))
        let found = plan(network)
        #expect(found.errors.map(\.code).sorted() == ["address-twice", "number-twice"])
        let warnings = found.warnings.map(\.code)
        #expect(
            warnings.contains("service-unreachable") && warnings.contains("unknown-word")
                && warnings.contains("numbers-few"))
        #expect(plan(Self.full).errors.isEmpty)
    }
}
