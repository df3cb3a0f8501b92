import InteractionModel
import JSON
import Routing
import Testing

@testable import Site

@Suite struct QueueFigureTests {
    @Test(
        "Thousandths are written out with three digits, whatever their sign",
        arguments: [
            (0, "0.000"), (7, "0.007"), (61_500, "61.500"), (-1_250, "-1.250"),
        ] as [(Int64, String)])
    func decimal(_ value: Int64, _ text: String) {
        #expect(MetricsPage.decimal(value) == text)
    }

    @Test("A histogram's parts have the metric's name, and labels lose their quotation marks")
    func histogram() {
        var page = MetricsPage()
        page.histogram("wait", "Waits.")
        page.part("_bucket", "3", ["queue": "a\"b", "le": "+Inf"])
        page.thousandths(1500, ["queue": "c"])
        #expect(
            String(decoding: page.bytes, as: UTF8.self) == #"""
                # HELP wait Waits.
                # TYPE wait histogram
                wait_bucket{queue="a\"b",le="+Inf"} 3
                wait{queue="c"} 1.500

                """#)
    }

    @Test("A report of a queue nothing came to has every figure there is, and says why nothing is expected")
    func emptyReport() throws {
        var plan = Plan(
            version: "p", queues: [QueuePlan(name: QueueName("support"))], defaultQueue: QueueName("support"),
            agents: [])
        plan.queues[0].starvationMax = .seconds(60)
        var state = RoutingState()
        _ = state.apply(Input(at: Timestamp(milliseconds: 0), .planActivated(plan)))
        #expect(state.report(on: QueueName("nowhere")) == nil)
        var writer = JSONWriter()
        try #require(state.report(on: QueueName("support"))).write(to: &writer)
        let report = try JSONValue.parse(writer.bytes)
        #expect(report["waiting"]?.integerValue == 0)
        #expect(report["expectedWait"]?["silent"]?.stringValue == "nobody-there")
        #expect(report["fairness"]?["starvationMax"]?.integerValue == 60_000)
        #expect(report["total"]?["serviceLevel"]?.objectValue?.members.isEmpty == true)
    }
}
