import Glibc
import InteractionModel
import Routing

/// What went wrong, and the shortest way there that a few seconds find.
func report(_ run: StormRun, seed: Int, step: Int) {
    print("seed \(seed), step \(step):")
    for complaint in run.complaints.prefix(5) { print("  \(complaint)") }
    print("\nThe last inputs:")
    for input in run.inputs.suffix(8) { print("  \(StormText.line(input))") }
    var shrinker = Shrinker(run.inputs)
    let shortest = shrinker.shortest(replaysMax: options.replays)
    print("\nThe shortest sequence found (\(shortest.count) of \(run.inputs.count) inputs):")
    var again = StormRun(seed: 1)
    for input in shortest {
        print("  \(StormText.line(input))")
        for fact in again.take(input) { print("      \(StormText.line(fact))") }
    }
    for complaint in again.complaints.prefix(5) { print("  \(complaint)") }
}

/// Lets random sites live and compares every decision with brute force: `Deploy/oracle`.
let options = Options(CommandLine.arguments.dropFirst())
var coverage = Coverage()
var events = 0
var seed = options.seed
var nextReport = options.events / 10
let begin = Options.now()
while events < options.events {
    var run = StormRun(seed: seed)
    run.begin()
    var step = 0
    while step < options.eventsPerSystem, events < options.events, run.complaints.isEmpty {
        run.step()
        step += 1
        events += 1
    }
    coverage.add(run.oracle.coverage)
    if !run.complaints.isEmpty {
        report(run, seed: seed, step: step)
        exit(1)
    }
    seed += 1
    if events >= nextReport {
        print("\(events) events, \(seed - options.seed) systems, \(Options.now() - begin) s, no difference")
        fflush(nil)
        nextReport += options.events / 10
    }
}
print("\nHow often what occurred:\n\(coverage.table)")
let missing = coverage.missing(Coverage.expected(of: .landed))
if !missing.isEmpty { print("\nNever: \(missing.joined(separator: ", "))") }
print("\n\(events) events from seed \(options.seed): 0 differences in \(Options.now() - begin) s")
exit(missing.isEmpty ? 0 : 1)
