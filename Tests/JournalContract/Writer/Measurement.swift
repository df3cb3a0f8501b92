import Glibc
import InteractionModel
import Journal

/// The numbers of the room's README, from a release build.
struct Measurement {
    let folder: String
    let seconds: Double

    func run() throws(JournalFailure) {
        mkdir(folder, 0o700)
        for group in [1, 16, 64, 256, 1_024] { try appendRate(group: group) }
        try readRates(folder + "/64")
        try restart(folder + "/restart", waiting: 500_000)
    }

    private func appendRate(group: Int) throws(JournalFailure) {
        let journal = try SQLiteJournal(folder: folder + "/\(group)")
        defer { journal.close() }
        var workload = Workload(leadership: try journal.lead("measure"), open: 20_000)
        try workload.resume(journal)
        var appends: [Double] = []
        var whole: [Double] = []
        var build = 0.0
        let start = now()
        let processorStart = processorTime()
        while now() - start < seconds {
            let begun = now()
            let batch = workload.batch(of: group)
            let ready = now()
            build += ready - begun
            try journal.append(batch)
            let durable = now()
            try journal.maintain()
            appends.append(durable - ready)
            whole.append(now() - ready)
        }
        let elapsed = now() - start
        let processor = processorTime() - processorStart
        let facts = Double(appends.count * group)
        JournalWriter.line(
            "group \(group): \(Int(facts / elapsed))/s, without building \(Int(facts / (elapsed - build)))/s, "
                + "processor \((processor / facts * 1e8).rounded() / 100) µs each, append \(milliseconds(appends)), with maintain \(milliseconds(whole))"
        )
    }

    func milliseconds(_ times: [Double]) -> String {
        let sorted = times.sorted()
        func at(_ share: Double) -> Double { (sorted[Int(Double(sorted.count - 1) * share)] * 1e6).rounded() / 1e3 }
        return "p50 \(at(0.5)) p99 \(at(0.99)) max \(at(1)) ms"
    }

    /// Seconds of both cores that this process used, building included: steadier than rates on a busy machine.
    private func processorTime() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let parts = [usage.ru_utime, usage.ru_stime]
        return parts.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
