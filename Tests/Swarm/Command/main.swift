import Glibc
import SwarmWorld

/// Lets federations of sites live through storms: `Deploy/swarm`.
let options = Options(CommandLine.arguments.dropFirst())

/// Runs seeds on several threads, in order as far as that goes, until one fails; the totals, and the failure of the lowest seed.
@MainActor func storm(_ plant: Plant?, progress: Bool) async -> (total: Total, failure: Trial.Outcome?) {
    var total = Total()
    var failure: Trial.Outcome?
    let trial = Trial(seed: 0, events: options.events, plant: plant, without: options.without)
    let end = options.from + options.seeds
    await withTaskGroup(of: Trial.Outcome.self) { group in
        var next = options.from
        func begin() {
            guard next < end, failure == nil else { return }
            var trial = trial
            trial.seed = next
            next += 1
            group.addTask { trial.run() }
        }
        for _ in 0..<options.threads { begin() }
        while let outcome = await group.next() {
            total.add(outcome)
            if outcome.breach != nil, failure.map({ outcome.seed < $0.seed }) ?? true { failure = outcome }
            if progress, total.seeds % max(1, Int(options.seeds) / 10) == 0 {
                total.tell()
                fflush(nil)
            }
            begin()
        }
    }
    return (total, failure)
}

/// Prints a failing seed under the least weather that still makes it fail, and what happened to its contact.
func show(_ failure: Trial.Outcome) {
    let found = Trial(seed: failure.seed, events: options.events, without: options.without)
    print("\nseed \(failure.seed), event \(failure.events): \(failure.breach ?? "nothing is wrong")")
    print("weather: \(found.weather)")
    let trial = found.simplest()
    var world = trial.world()
    let again = trial.run(&world)
    print("\nsimplest: seed \(trial.seed), event \(again.events): \(again.breach ?? "")")
    print("weather: \(trial.weather)")
    let without = trial.without.map(\.rawValue).joined(separator: ",")
    print(
        "again: Deploy/swarm --seed \(trial.seed) --events \(trial.events) --trace"
            + (trial.plant.map { " --plant \($0.rawValue)" } ?? "") + (without.isEmpty ? "" : " --without \(without)"))
    trace(trial, of: again.suspect)
}

func trace(_ trial: Trial, of contact: String?) {
    print("\nevent, moment, what happened" + (contact.map { " to \($0)" } ?? "") + ":")
    var world = trial.world()
    world.isTracing = true
    world.traced = contact
    let outcome = trial.run(&world)
    print("\nevent \(outcome.events): \(outcome.breach ?? "nothing is wrong")")
}

if options.traces {
    let trial = Trial(
        seed: options.from, events: options.events, plant: options.plants?.first, without: options.without)
    trace(trial, of: options.contact)
    exit(0)
}
if let plants = options.plants {
    var missed = 0
    for plant in plants {
        let (total, failure) = await storm(plant, progress: false)
        if let failure {
            print(
                "\(plant.rawValue): found in seed \(failure.seed), after \(total.seeds) seeds: \(failure.breach ?? "")")
        } else {
            missed += 1
            print("\(plant.rawValue): NOT FOUND in \(total.seeds) seeds")
        }
    }
    exit(missed == 0 ? 0 : 1)
}
let (total, failure) = await storm(nil, progress: true)
total.tell()
if let failure {
    show(failure)
    exit(1)
}
