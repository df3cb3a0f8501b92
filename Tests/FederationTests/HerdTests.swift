import Chance
import Federation
import InteractionModel
import Testing

/// Eight sites of fifty agents behind one door that knows them by their reports only: every contact goes to the site that seems to
/// be best. AHT 300 s, load 0.95. Exact, the mean wait of separate sites is 75 s and of one pooled site 3.3 s.
@Suite struct HerdTests {
    @Test(
        "Counting what was sent since the last report keeps what pooling is worth; believing the report alone loses it",
        arguments: [5, 30])
    func herd(reportSeconds: Int64) {
        var waits: (counted: Double, naive: Double) = (0, 0)
        for seed in 1...2 {
            waits.counted += Self.meanWait(reportSeconds, counting: true, seed: UInt64(seed)) / 2
            waits.naive += Self.meanWait(reportSeconds, counting: false, seed: UInt64(seed)) / 2
        }
        #expect(waits.counted < 8, "counted \(waits.counted) s")
        #expect(waits.naive > (reportSeconds == 5 ? 1.3 : 5) * waits.counted, "naive \(waits.naive) s, \(waits)")
    }

    private static let sites = (0..<8).map { SiteName("site-\($0)") }
    private static let queue = QueueName("orders")

    /// A site: a moment at which each agent is free again, and who waits.
    private struct Centre {
        var freeAt = [Double](repeating: 0, count: 50)

        /// Serves a contact that comes now, first come first served. Returns its wait.
        mutating func take(at now: Double, for handling: Double) -> Double {
            var first = 0
            for index in freeAt.indices where freeAt[index] < freeAt[first] { first = index }
            let begin = max(now, freeAt[first])
            freeAt[first] = begin + handling
            beginnings.append(begin)
            return begin - now
        }

        var beginnings: [Double] = []

        mutating func summary(at now: Double) -> QueueSummary {
            beginnings.removeAll { $0 <= now }
            return QueueSummary(
                queue: HerdTests.queue, staffed: 50, idle: freeAt.count { $0 <= now }, waiting: beginnings.count)
        }
    }

    private static func meanWait(_ reportSeconds: Int64, counting: Bool, seed: UInt64) -> Double {
        var dice = Dice(seed: seed)
        var centres = sites.map { _ in Centre() }
        var directory = Directory()
        var now = 0.0
        var nextReport = 0.0
        var sequence: Int64 = 0
        var total = 0.0
        let count = 20_000
        let warmUp = 4_000
        for number in 0..<count {
            now += -logarithm(dice.unit()) * 300 / (0.95 * 400)
            while nextReport <= now {
                sequence += 1
                let moment = Timestamp(milliseconds: Int64(nextReport * 1000))
                for index in centres.indices {
                    let summary = SiteSummary(
                        site: sites[index], incarnation: 1, sequence: sequence, madeAt: moment,
                        queues: [centres[index].summary(at: nextReport)])
                    _ = directory.receive(summary, at: moment)
                }
                nextReport += Double(reportSeconds)
            }
            let moment = Timestamp(milliseconds: Int64(now * 1000))
            // Least minimum expected delay: waiting less idle, of all with fifty agents; ties by chance.
            var best: [Int] = []
            var bestLoad = Int.max
            for index in sites.indices {
                guard let outlook = directory.outlook(of: queue, at: sites[index], now: moment) else { continue }
                let load = outlook.ahead - outlook.summary.idle
                if load < bestLoad { (best, bestLoad) = ([], load) }
                if load == bestLoad { best.append(index) }
            }
            let chosen = dice.pick(best)
            if counting {
                directory.dispatched(to: sites[chosen], queue)
                directory.answered(by: sites[chosen], queue, taken: true, at: moment)
            }
            let wait = centres[chosen].take(at: now, for: -logarithm(dice.unit()) * 300)
            if number >= warmUp { total += wait }
        }
        return total / Double(count - warmUp)
    }

    /// Of a number above 0, up to 1, to seven digits: 2 artanh((x-1)/(x+1)) after halvings.
    private static func logarithm(_ value: Double) -> Double {
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var sum = 0.0
        for power in (0..<10).reversed() { sum = sum * square + 1 / Double(2 * power + 1) }
        return 2 * ratio * sum + Double(value.exponent) * 0.693_147_180_559_945_3
    }
}
