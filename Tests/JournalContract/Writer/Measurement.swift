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
        try readRates()
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

    private func readRates() throws(JournalFailure) {
        let reader = try SQLiteJournalReader(folder: folder + "/64")
        var start = now()
        var after: Int64 = 0
        var count = 0
        while true {
            let entries = try reader.entries(after: after, limit: 5_000)
            guard let last = entries.last else { break }
            count += entries.count
            after = last.sequence
        }
        JournalWriter.line("read \(count) entries: \(Int(Double(count) / (now() - start)))/s")
        start = now()
        let report = try reader.verify { _, _ in true }
        JournalWriter.line(
            "verify \(report.entriesChecked): \(now() - start) s, findings \(report.findingsCount) \(report.findings.prefix(3))"
        )
        start = now()
        let journal = try SQLiteJournal(folder: folder + "/64")
        let rows = try journal.openInteractions().count
        JournalWriter.line("open and read \(rows) open interactions: \(now() - start) s")
    }

    private func milliseconds(_ times: [Double]) -> String {
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

    private func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
