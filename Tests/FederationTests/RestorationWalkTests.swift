import Glibc
import Testing

/// Random walks of the production steps over restores. `INTERFLOW_WALKS=100000` walks further; 300 unless told.
@Suite struct RestorationWalkTests {
    private static let walks = getenv("INTERFLOW_WALKS").flatMap { Int(String(cString: $0)) } ?? 300

    @Test("One restored site finds out whether it has the contact, whatever was lost", arguments: [2, 3])
    func one(sites: Int) throws {
        for seed in 1...Self.walks { try walk(seed, sites, restores: 1) }
    }

    @Test("Sites restored at the same time, or again while they restore, agree on one custodian", arguments: [3, 4])
    func several(sites: Int) throws {
        for seed in 1...Self.walks { try walk(seed, sites, restores: 6) }
    }

    /// The last of them needs two sites lost at the right moments: only where walks are many.
    @Test(
        "A restore without one of its safeguards is found out",
        arguments: RestorationWorld.Bug.allCases.dropFirst().dropLast(walks < 10_000 ? 1 : 0))
    func planted(bug: RestorationWorld.Bug) {
        #expect(throws: CustodyWorld.Violation.self) {
            for seed in 1...1_000_000 { try walk(seed, 3, restores: 6, bug) }
        }
    }

    private func walk(_ seed: Int, _ sites: Int, restores: Int, _ bug: RestorationWorld.Bug = .none) throws {
        var world = RestorationWorld(sites: sites, restores: restores, seed: UInt64(seed), bug: bug)
        do {
            try world.walk(steps: 160)
        } catch let violation as CustodyWorld.Violation {
            throw CustodyWorld.Violation("seed \(seed), \(sites) sites: \(violation)")
        }
    }
}
