import Glibc
import InteractionModel
import Journal

/// A process of its own for what cannot be tested inside one: to be killed, to be measured.
///
///     JournalWriter append FOLDER GROUP            appends groups for ever, printing each acknowledged sequence
///     JournalWriter migrate FOLDER STATEMENT       opens, and kills itself after that statement of the migrations
///     JournalWriter outgrow FOLDER BYTES           appends until a file would be larger, and prints how that ends
///     JournalWriter measure FOLDER SECONDS         prints rates and latencies of a release build
enum JournalWriter {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 4, let number = Int(words[3]) else { return fail("three arguments are needed") }
        do throws(JournalFailure) {
            switch words[1] {
            case "append": try append(folder: words[2], group: number)
            case "migrate": try migrate(folder: words[2], dyingAfter: number)
            case "outgrow": try outgrow(folder: words[2], bytesMax: number)
            case "measure": try Measurement(folder: words[2], seconds: Double(number)).run()
            default: fail("unknown: \(words[1])")
            }
        } catch {
            fail(error.description)
        }
    }

    private static func append(folder: String, group: Int) throws(JournalFailure) {
        let journal = try SQLiteJournal(folder: folder)
        var workload = Workload(leadership: try journal.lead("writer"), open: 200)
        try workload.resume(journal)
        while true {
            let batch = workload.batch(of: group)
            try journal.append(batch)
            line("\(batch.entries[batch.entries.count - 1].sequence)")
            try journal.maintain()
        }
    }

    private static func migrate(folder: String, dyingAfter statement: Int) throws(JournalFailure) {
        var count = 0
        let journal = try SQLiteJournal(folder: folder) {
            count += 1
            if count == statement { kill(getpid(), SIGKILL) }
        }
        journal.close()
        line("whole after \(count)")
    }

    /// Makes write(2) fail with EFBIG: an I/O error, and not a full disk.
    private static func outgrow(folder: String, bytesMax: Int) throws(JournalFailure) {
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(bytesMax), rlim_max: rlim_t(bytesMax))
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        let journal = try SQLiteJournal(folder: folder)
        var workload = Workload(leadership: try journal.lead("writer"), open: 200)
        var failures = 0
        while failures < 2 {
            let batch = workload.batch(of: 16)
            do throws(JournalFailure) {
                try journal.append(batch)
                line("\(batch.entries[batch.entries.count - 1].sequence)")
            } catch {
                failures += 1
                line("\(error.kind)")
            }
        }
    }

    /// One write call per line, so that the reader sees whole lines, and sees them at once.
    static func line(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        write(STDOUT_FILENO, bytes, bytes.count)
    }

    private static func fail(_ text: String) {
        line("failed: \(text)")
        exit(1)
    }
}

extension Journal {
    /// Leads, at the workload's time: a millisecond per entry.
    func lead(_ holder: String) throws(JournalFailure) -> Leadership {
        try takeLeadership(holder: holder, at: Workload.time(of: lastSequence() + 1))
    }
}
