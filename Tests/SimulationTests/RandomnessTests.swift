import Foundation
import Testing

@testable import Simulation

@Suite struct RandomnessTests {
    @Test("Logarithm and exponential are within 2e-15 of the C library's")
    func elementary() {
        var mixer = SplitMix64(seed: 1)
        for _ in 0..<20_000 {
            let x = mixer.fraction()
            let expected = log(x)
            #expect(abs(Elementary.ln(x) - expected) <= 2e-15 * abs(expected))
            let y = 40 * (x - 0.5)
            #expect(abs(Elementary.exp(y) - exp(y)) <= 2e-15 * exp(y))
        }
        #expect(Elementary.ln(1) == 0)
        #expect(Elementary.exp(0) == 1)
    }

    @Test("xoshiro256** gives the numbers of its authors' program")
    func reference() {
        var mixer = SplitMix64(seed: 1_234_567)  // Known answers of SplitMix64 for this seed.
        #expect(mixer.next() == 6_457_827_717_110_365_317)
        #expect(mixer.next() == 3_203_168_211_198_807_973)
    }

    @Test("Streams of other purposes, queues, replications and seeds are others")
    func streams() {
        let streams = [
            RandomStream(seed: 1, replication: 0, purpose: .arrivals),
            RandomStream(seed: 2, replication: 0, purpose: .arrivals),
            RandomStream(seed: 1, replication: 1, purpose: .arrivals),
            RandomStream(seed: 1, replication: 0, purpose: .handling),
            RandomStream(seed: 1, replication: 0, purpose: .arrivals, number: 1),
        ]
        let firsts = streams.map { stream -> UInt64 in
            var stream = stream
            return stream.next()
        }
        #expect(Set(firsts).count == firsts.count)
    }

    @Test(
        "Service times have the mean and the spread of their law",
        arguments: [
            (ServiceTime.Law.exponential, 1.0), (.constant, 0), (.lognormal(variation: 0.8), 0.8),
            (.erlang(phases: 4), 0.5),
        ])
    func serviceTimes(_ law: ServiceTime.Law, _ variation: Double) {
        var stream = RandomStream(seed: 5, replication: 0, purpose: .handling)
        let times = (0..<60_000).map { _ in ServiceTime(mean: 200, law: law).seconds(for: stream.next()) }
        let mean = times.reduce(0, +) / Double(times.count)
        let variance = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(times.count)
        #expect(abs(mean - 200) < 3)
        #expect(abs(variance.squareRoot() / 200 - variation) < 0.02)
    }
}
