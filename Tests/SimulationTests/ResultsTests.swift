import JSON
import Testing

@testable import Simulation

@Suite struct ResultsTests {
    @Test("A quantile is never more than 0.4 % below or above the exact one, and a millisecond at most when small")
    func histogram() {
        var histogram = WaitHistogram()
        var mixer = SplitMix64(seed: 2)
        var waits: [Double] = []
        for _ in 0..<20_000 {
            let seconds = -300 * Elementary.ln(mixer.fraction())
            waits.append(seconds)
            histogram.add(microseconds: Int64(seconds * 1e6))
        }
        waits.sort()
        for part in [0.001, 0.1, 0.5, 0.9, 0.99, 0.999] {
            let exact = waits[Int((part * 20_000).rounded(.up)) - 1]
            let seen = histogram.quantile(part) ?? 0
            #expect(seen >= exact - 1e-3 && seen <= exact * 1.004 + 1e-3, "\(part): \(seen), exact \(exact)")
        }
        #expect(histogram.total == 20_000)
        #expect(WaitHistogram().quantile(0.5) == nil)
    }

    @Test("Every length has a cell, and the cell holds it")
    func cells() {
        for milliseconds in [0, 1, 255, 256, 257, 511, 512, 1023, 65_535, 65_536, 10_000_000] {
            var histogram = WaitHistogram()
            histogram.add(microseconds: Int64(milliseconds) * 1000)
            let seen = (histogram.quantile(1) ?? -1) * 1000
            #expect(seen >= Double(milliseconds) - 1e-6 && seen <= Double(milliseconds) * 1.004 + 0.001)
        }
    }

    @Test("An interval is Student's")
    func interval() throws {
        let interval = try #require(Interval([1, 2, 3, 4, 5]))
        #expect(interval.mean == 3)
        #expect(abs(interval.halfWidth - 4.604 * (2.5 / 5).squareRoot()) < 1e-9)
        #expect(Interval([]) == nil)
        #expect(Interval([7])?.halfWidth == .infinity)
        #expect(abs(StudentT.quantile995(31) - 2.744_04) < 1e-3)
        #expect(abs(StudentT.quantile995(1000) - 2.580_75) < 1e-4)
    }

    @Test("Controls take off what is explained by luck, and the mean they leave is right")
    func controls() throws {
        var mixer = SplitMix64(seed: 7)
        var sums: [ControlSums] = []
        var values: [Double?] = []
        for _ in 0..<40 {
            let (s, a) = (mixer.fraction() - 0.5, mixer.fraction() - 0.5)
            sums.append(ControlSums(service: s, services: 1, arrivals: 1 + a, expectedArrivals: 1))
            values.append(10 + 3 * s - 2 * a)
        }
        let controlled = try #require(ControlVariates(sums)?.interval(values))
        #expect(abs(controlled.mean - 10) < 1e-9)
        #expect(controlled.halfWidth < 1e-9)
        #expect(ControlVariates(Array(sums.prefix(5))) == nil)
    }

    @Test("The heap gives events in order of moment, then of planning")
    func heap() {
        var heap = EventHeap()
        var mixer = SplitMix64(seed: 3)
        var planned: [(Int64, Int)] = []
        for number in 0..<3000 {
            let moment = Int64(mixer.next() % 500)
            heap.plan(.arrival, at: moment, of: number)
            planned.append((moment, number))
        }
        var seen: [Int] = []
        while let event = heap.takeFirst() { seen.append(Int(event.subject)) }
        #expect(seen == planned.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1))
    }

    @Test("The index of slots finds what was put in and nothing that was taken out")
    func index() {
        var index = SlotIndex(capacity: 16)
        var truth: [Int64: Int] = [:]
        var mixer = SplitMix64(seed: 4)
        for step in 0..<20_000 {
            let key = Int64(mixer.next() % 400) + 1
            if mixer.next() % 2 == 0 {
                index.insert(step, for: key)
                truth[key] = step
            } else {
                index.remove(key)
                truth[key] = nil
            }
            #expect(index[key] == truth[key])
        }
        for key in Int64(1)...400 { #expect(index[key] == truth[key]) }
        #expect(index.count == truth.count)
    }

    @Test("The JSON names every measure with mean and interval, and the definitions")
    func json() throws {
        let report = try simulate(GroundTruth.named("A2").scenario(contacts: 600, warmup: 600), replications: 3)
        var writer = JSONWriter()
        report.write(to: &writer, cost: SimulationCost(cpuSeconds: 1, seconds: 1, threads: 1))
        let value = try JSONValue.parse(writer.bytes)
        let asa = try #require(value["total"]?["asa"])
        #expect(["mean", "halfWidth", "low", "high"].allSatisfy { asa[$0] != nil })
        #expect(value["total"]?["wait"]?["p90"]?["mean"] != nil)
        #expect(value["queues"]?["calls"]?["offered"]?["sum"]?.integerValue == 1800)
        #expect(value["groups"]?["team"]?["occupancy"]?["mean"] != nil)
        #expect(value["definitions"]?["serviceLevel"] != nil)
        #expect(SimulationChart(report).svg.hasSuffix("</svg>\n"))
    }
}
