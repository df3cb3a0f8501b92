import SwarmWorld
import Testing

/// A dose of what `Deploy/swarm` does with a thousand seeds and an optimised build.
@Suite struct SwarmTests {
    @Test(
        "Whatever is lost, doubled, delayed, cut or crashed, each contact has one custodian at every instant",
        arguments: 1...8)
    func storms(seed: UInt64) {
        let outcome = Trial(seed: seed, events: 3000).run()
        #expect(outcome.breach == nil, "Deploy/swarm --seed \(seed) --events 3000")
        #expect(outcome.counts.contacts > 20)
    }

    @Test("Two runs of one seed are the same to the last byte of every journal", arguments: [3, 13])
    func determinism(seed: UInt64) {
        func digest(_ seed: UInt64) -> UInt64 {
            let trial = Trial(seed: seed, events: 2000)
            var world = trial.world()
            _ = trial.run(&world)
            return world.digest
        }
        #expect(digest(seed) == digest(seed))
        #expect(digest(seed) != digest(seed + 1), "a digest that nothing changes proves nothing")
    }

    @Test(
        "A mistake planted around the core is found",
        arguments: [Plant.timeout, .noFreeze, .answersFirst, .forgetsKeys])
    func plants(plant: Plant) {
        let isFound = (1...10).contains { Trial(seed: $0, events: 3000, plant: plant).run().breach != nil }
        #expect(isFound)
    }
}
