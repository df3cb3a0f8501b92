import Configuration
import Federation
import InteractionModel
import Routing
import Testing

@testable import Site

@Suite("Rules for switches as operators write them")
struct RoutingSectionTests {
    private func read(_ routing: String) throws(ConfigurationError) -> Plan {
        let text =
            "queues: { support: {} }\ndefaultQueue: support\nagents: { ana: { capacity: { voice: 1 } } }\nrouting:\n\(routing)"
        return try PlanText(
            Array(text.utf8), file: "plan.yaml", folder: "", catalog: .empty,
            at: Timestamp(milliseconds: 1_795_262_400_000)
        ).plan
    }

    private func complaints(_ routing: String) -> String {
        do throws(ConfigurationError) {
            _ = try read(routing)
            return ""
        } catch {
            return "\(error)"
        }
    }

    private func step(_ text: String) throws -> DeliveryStep? {
        try read(
            """
              sites: { berlin: { uri: "sip:b" } }
              services: { all: { queue: support, steps: [\(text)] } }
            """
        ).network.services.first?.steps.first
    }

    @Test("Conditions have the unit of their measure")
    func conditions() throws {
        let step = try step(
            #"{ pick: [max idle-share, min expected-delay], considerIf: ["idle > 0", "idle-share >= 12.5%"], acceptIf: ["expected-delay <= 2m", "age < 500ms"] }"#
        )
        #expect(step?.method == .pick([SitePick(.max, .idleShare), SitePick(.min, .expectedDelay)]))
        #expect(step?.considerIf == [SiteCondition(.idle, .above, 0), SiteCondition(.idleShare, .atLeast, 125_000)])
        #expect(step?.acceptIf == [SiteCondition(.expectedDelay, .atMost, 120_000), SiteCondition(.age, .below, 500)])
    }

    @Test(
        "What no condition or criterion can mean is refused, and the complaint says what to write",
        arguments: [
            (#"{ pick: [best] }"#, "min or max and a measure"), (#"{ pick: [min expcted-delay] }"#, "expected-delay"),
            (#"{ pick: [min idle], considerIf: ["idle > 5s"] }"#, "whole number"),
            (#"{ pick: [min idle], considerIf: ["age <= 5"] }"#, "500ms, 90s or 2m"),
            (#"{ pick: [min idle], considerIf: ["idle-share = 5%"] }"#, "one of <= >= < >"),
            (#"{ pick: [min idle], considerIf: ["idle-share < 5"] }"#, "12.5%"), (#"{ during: x }"#, "chooses nothing"),
            (#"{ pick: [min idle], partner: "tel:1" }"#, "2 ways to choose"),
            (#"{ partner: "tel:1", acceptIf: ["idle > 0"] }"#, "says nothing of a partner"),
            (#"{ prefer: [paris] }"#, "routing site paris, which is not there"),
            (#"{ allocate: { berlin: 60, paris: 40 } }"#, "routing site paris, which is not there"),
            (#"{ allocate: { berlin: 0 } }"#, "1 to 10000"), (#"{ during: moon, prefer: [berlin] }"#, "calendar moon"),
        ])
    func refused(step: String, complaint: String) {
        let said = complaints(
            """
              sites: { berlin: { uri: "sip:b" } }
              services: { all: { queue: support, steps: [\(step)] } }
            """)
        #expect(said.contains(complaint), "\(said)")
    }

    @Test("A client without a default is refused, and one whose peers would have less time than it")
    func clients() {
        #expect(complaints("  clients: { carrier: { deadline: 100ms } }").contains("default"))
        #expect(
            complaints(#"  clients: { carrier: { default: "sip:d", deadline: 1s } }"#).contains(
                "is shorter than deadline"))
        #expect(complaints(#"  clients: { carrier: { default: "sip:d" } }"#) == "")
    }
}
