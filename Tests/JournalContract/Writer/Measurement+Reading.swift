import InteractionModel
import Journal

extension Measurement {
    /// Replay, verification, questions, erasure, retention and backup, on what the groups of 64 left.
    func readRates(_ folder: String) throws(JournalFailure) {
        let journal = try SQLiteJournal(folder: folder)
        let reader = try journal.makeReader()
        let last = try reader.lastSequence()
        try report("replay", per: last) { () throws(JournalFailure) in
            var after: Int64 = 0
            while let entry = try reader.entries(after: after, limit: 5_000).last { after = entry.sequence }
        }
        try report("verify", per: last) { () throws(JournalFailure) in
            let report = try reader.verify { _, _ in true }
            if !report.isWhole { JournalWriter.line("\(report.findings)") }
        }
        try report("backup", per: last) { () throws(JournalFailure) in try journal.backUp(to: folder + "/backup") }
        var some: [Int64] = []
        for place in stride(from: last / 2, to: last, by: Int(last / 2_000)) {
            some += try reader.interactions(after: place, limit: 1).map(\.interaction)
        }
        try each("history", some) { number throws(JournalFailure) in _ = try reader.history(of: number) }
        try each("find", some) { number throws(JournalFailure) in _ = try journal.find(key: Workload.key(of: number)) }
        var withContent: [Int64] = []
        for interaction in try reader.interactions(after: last / 2, limit: 5_000).map(\.interaction) {
            if try !reader.contents(of: interaction).isEmpty { withContent.append(interaction) }
        }
        try each("erase", Array(withContent.prefix(100))) { number throws(JournalFailure) in
            _ = try journal.eraseContent(of: number)
        }
        try each("purge of 5,000", Array(1...20)) { _ throws(JournalFailure) in
            _ = try journal.purge(before: Workload.time(of: last / 2))
        }
    }

    /// A start with many interactions waiting.
    func restart(_ folder: String, waiting: Int) throws(JournalFailure) {
        var journal = try SQLiteJournal(folder: folder)
        var workload = Workload(leadership: try journal.lead("measure"), open: waiting)
        for _ in 0..<(waiting / 1_000) { try journal.append(workload.batch(of: 1_000)) }
        journal.close()
        let start = now()
        journal = try SQLiteJournal(folder: folder)
        let opened = now()
        var count = 0
        try journal.visitOpenInteractions { _ in count += 1 }
        JournalWriter.line("restart: open \(opened - start) s, read \(count) open interactions \(now() - opened) s")
    }

    private func report(
        _ what: String, per count: Int64, _ body: () throws(JournalFailure) -> Void
    ) throws(JournalFailure) {
        let start = now()
        try body()
        let elapsed = now() - start
        JournalWriter.line("\(what) of \(count) entries: \(elapsed) s, \(Int(Double(count) / elapsed))/s")
    }

    private func each(
        _ what: String, _ numbers: [Int64], _ body: (Int64) throws(JournalFailure) -> Void
    ) throws(JournalFailure) {
        var times: [Double] = []
        for number in numbers {
            let start = now()
            try body(number)
            times.append(now() - start)
        }
        JournalWriter.line("\(what): \(milliseconds(times))")
    }
}
