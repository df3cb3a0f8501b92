import Testing

@testable import Simulation

/// What good routing is worth, on set-ups of the literature.
@Suite struct RoutingValueTests {
    @Test("Longest idle spreads work in a shift more evenly than drawing lots", arguments: [480.0])
    func fairness(perHour: Double) throws {
        func spread(_ order: Policy.AgentOrder) throws -> Double {
            let scenario = Scenario(
                name: "fairness", queues: [CustomerQueue(name: "calls", arrivals: .rate(perHour: perHour))],
                groups: [AgentGroup(name: "team", count: 50, handling: ServiceTime(mean: 300))],
                policy: Policy(order: order), warmup: 0, length: .seconds(2 * 28_800))
            return try #require(try simulate(scenario, seed: 4).total[.occupancySpread]).mean
        }
        let (fair, random) = (try spread(.longestIdle), try spread(.random))
        #expect(fair <= 0.78 * random, "\(fair) against \(random)")
    }

    @Test("Equal agents in another order serve the same customers at the same moments")
    func orderOfEquals() throws {
        let truth = GroundTruth.named("C1")
        let fair = try simulate(truth.scenario(contacts: 1000, warmup: 3600), seed: 2)
        let random = try simulate(truth.scenario(contacts: 1000, warmup: 3600, order: .random), seed: 2)
        #expect(fair.total.tally == random.total.tally)
        #expect(fair.hash != random.hash)
    }

    @Test("Two skills an agent keep nine tenths of what pooling would gain, three nearly all")
    func crossTraining() throws {
        let pairs = ["ab", "ac", "ad", "ae", "af", "bc", "bd", "be", "bf", "cd", "ce", "cf", "de", "df", "ef"]
        let triples = ["abc", "abd", "ace", "adf", "aef", "bcf", "bde", "bef", "cde", "cdf"]
        func asa(_ groups: [String]) throws -> Double {
            let scenario = Scenario(
                name: "skills",
                queues: "abcdef".map { type in
                    CustomerQueue(
                        name: "\(type)", arrivals: .rate(perHour: 84), skills: [SkillLevel("\(type)")], serviceLevel: 30
                    )
                },
                groups: groups.map { skills in
                    AgentGroup(
                        name: skills, count: 90 / groups.count, skills: skills.map { SkillLevel("\($0)") },
                        handling: ServiceTime(mean: 600))
                }, waitingMax: 30, warmup: 3600, length: .contacts(3000))
            return try #require(try simulate(scenario, seed: 9).total[.asa]).mean
        }
        let one = try asa("abcdef".map { "\($0)" })
        let six = try asa(["abcdef"])
        let shares = try [pairs, triples].map { (one - (try asa($0))) / (one - six) }
        #expect(shares[0] >= 0.90, "two skills: \(shares[0])")
        #expect(shares[1] >= 0.98, "three skills: \(shares[1])")
    }
}
