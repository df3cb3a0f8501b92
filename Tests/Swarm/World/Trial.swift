/// One seed from its first event to rest.
package struct Trial: Sendable {
    package var seed: UInt64
    package var events = 20_000
    package var plant: Plant?
    package var without: [Weather.Fault] = []

    package init(seed: UInt64, events: Int = 20_000, plant: Plant? = nil, without: [Weather.Fault] = []) {
        self.seed = seed
        self.events = events
        self.plant = plant
        self.without = without
    }

    package struct Outcome: Sendable {
        package var seed: UInt64
        package var events = 0
        package var faults = 0
        package var crashes = 0
        package var milliseconds: Int64 = 0
        package var counts = Witness.Counts()
        /// What went wrong, and the contact it went wrong with.
        package var breach: String?
        package var suspect: String?
    }

    package var weather: Weather {
        var weather = Weather(seed: seed)
        for fault in without { weather.end(fault) }
        return weather
    }

    package func world() -> World { World(seed: seed, weather: weather, plant: plant) }

    package func run() -> Outcome {
        var world = world()
        return run(&world)
    }

    package func run(_ world: inout World) -> Outcome {
        world.run(events: events)
        world.settle(events: events * 2)
        return Outcome(
            seed: seed, events: world.events, faults: world.faults, crashes: world.crashes, milliseconds: world.now,
            counts: world.witness.counts, breach: world.witness.breach,
            suspect: world.witness.suspect.map { world.witness.name($0) })
    }

    /// The same failure, or another, under fewer faults and in fewer events.
    package func simplest() -> Trial {
        var best = self
        for fault in Weather.Fault.allCases {
            var simpler = best
            simpler.without.append(fault)
            guard simpler.weather != best.weather else { continue }
            if simpler.run().breach != nil { best = simpler }
        }
        let outcome = best.run()
        guard outcome.breach != nil, outcome.events < best.events else { return best }
        best.events = outcome.events
        return best
    }
}
