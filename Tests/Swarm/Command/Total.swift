import SwarmWorld

/// What all seeds came to.
struct Total {
    private(set) var seeds = 0
    private var events = 0
    private var faults = 0
    private var crashes = 0
    private var hours = 0.0
    private var counts = Witness.Counts()
    private let begin = Options.clock()

    mutating func add(_ outcome: Trial.Outcome) {
        seeds += 1
        events += outcome.events
        faults += outcome.faults
        crashes += outcome.crashes
        hours += Double(outcome.milliseconds) / 3_600_000
        counts += outcome.counts
    }

    func tell() {
        let elapsed = max(1, Options.clock() - begin)
        print(
            "\(seeds) seeds, \(events) events, \(Int(hours)) h of \(elapsed / 1000) s, \(events * 1000 / elapsed) events/s; "
                + "\(faults) faults, \(crashes) crashes; \(counts)")
    }
}
