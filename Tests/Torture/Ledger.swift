import Glibc
import Support

/// What the clients asked and were told: one line before a request leaves, one after its answer, each on the disk
/// (O_DSYNC) before anything else happens. At the end it is the only witness against the site.
///
///     > KIND KEY NOTE      is about to be sent
///     < KIND KEY NOTE      was acknowledged
///     ! KIND KEY REASON    was refused: nothing may be kept
///     ? KIND KEY           no answer was seen
final class Ledger: Sendable {
    enum Kind: String, Sendable {
        case contact, reply, report
    }

    private struct File {
        var descriptor: Int32
        var acknowledged = 0
    }

    let path: String
    private let file: Monitor<File>

    init(_ path: String) throws {
        self.path = path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_DSYNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("cannot make \(path): \(String(cString: strerror(errno)))") }
        file = Monitor(File(descriptor: descriptor))
    }

    deinit { file.with { _ = close($0.descriptor) } }

    func sending(_ kind: Kind, _ key: String, _ note: String) { write(">", kind, key, note) }
    func acknowledged(_ kind: Kind, _ key: String, _ note: String) {
        write("<", kind, key, note)
        file.with { $0.acknowledged += 1 }
    }
    func refused(_ kind: Kind, _ key: String, _ reason: String) { write("!", kind, key, reason) }
    func unanswered(_ kind: Kind, _ key: String) { write("?", kind, key, "-") }

    /// Acknowledgements of all kinds so far.
    var acknowledgedCount: Int { file.with { $0.acknowledged } }

    private func write(_ sign: String, _ kind: Kind, _ key: String, _ note: String) {
        let line = Array("\(sign) \(kind.rawValue) \(key) \(note)\n".utf8)
        file.with { file in
            let count = Glibc.write(file.descriptor, line, line.count)
            precondition(count == line.count, "The ledger's disk must take a line: \(String(cString: strerror(errno)))")
        }
    }
}

/// The ledger read back: what is known of each key.
struct LedgerRecord {
    var note = ""
    var sent = 0
    var acknowledgements: [String] = []
    var refusals: [String] = []

    /// Whether every request was answered by a refusal: then nothing may be kept.
    var isRefused: Bool { acknowledgements.isEmpty && refusals.count == sent }
    var isUnknown: Bool { acknowledgements.isEmpty && refusals.count < sent }

    static func read(_ path: String) throws -> [Ledger.Kind: [String: LedgerRecord]] {
        var records: [Ledger.Kind: [String: LedgerRecord]] = [:]
        for line in try Files.read(path).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            guard words.count == 4, let kind = Ledger.Kind(rawValue: words[1]) else {
                throw Failure("the ledger has a line of another form: \(line)")
            }
            records[kind, default: [:]][words[2], default: LedgerRecord()].take(words[0], words[3])
        }
        return records
    }

    private mutating func take(_ sign: String, _ note: String) {
        switch sign {
        case ">":
            sent += 1
            self.note = note
        case "<": acknowledgements.append(note)
        case "!": refusals.append(note)
        default: break
        }
    }
}
