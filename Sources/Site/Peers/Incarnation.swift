/// Which life of its journal a site is in: a new one begins when a backup is restored, and never otherwise.
///
/// A restored journal has forgotten what the site promised after the backup. Peers remember under which incarnation each
/// promise was made, so that they never take the restored site for the one that promised. The number grows: it is the
/// moment of the beginning in milliseconds, so that a folder lost whole does not come back under its old number.
package struct Incarnation: Sendable, Equatable {
    package static let fileName = "incarnation"

    package let number: Int64
    /// Where the journal ended when the site last started or stopped: one that ends earlier is an older copy.
    package let sequence: Int64

    static func path(in folder: String) -> String { "\(folder)/\(fileName)" }

    /// Nil when there is none yet.
    static func read(_ folder: String) throws -> Incarnation? {
        guard let text = try AtomicFile.read(path(in: folder), bytesMax: 200) else { return nil }
        let lines = text.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1) }
        guard lines.count == 2, lines[0].first == "incarnation", lines[1].first == "sequence",
            let number = Self.number(lines[0]), let sequence = Self.number(lines[1])
        else {
            throw PeerIdentity.Failure(
                description: "\(path(in: folder)) cannot be understood; run: interflow journal restored")
        }
        return Incarnation(number: number, sequence: sequence)
    }

    private static func number(_ line: [Substring]) -> Int64? {
        line.last.flatMap { Int64($0.drop { $0 == " " }) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    func write(_ folder: String) throws {
        try AtomicFile.write("incarnation: \(number)\nsequence: \(sequence)\n", to: Self.path(in: folder))
    }

    /// Begins a new one after a backup was restored: `sequence` is what the journal must have leapt over before the next
    /// start, which is refused until it has. The lost life gave numbers beyond the backup's end, to contacts and to what
    /// was said of them, and peers know some of them.
    package static func begin(folder: String, journalLast: Int64, now: Int64) throws -> Incarnation {
        let old = try? read(folder)
        let leap = max(max(journalLast, old?.sequence ?? 0) + leapMin, now - leapEpoch)
        let fresh = Incarnation(number: max(now, (old?.number ?? 0) + 1), sequence: leap)
        try fresh.write(folder)
        return fresh
    }

    /// No site writes so many entries between a backup and its loss; one that restores the same backup again is above
    /// all numbers of its first restored life as well, because the leap goes at least to the milliseconds since
    /// `leapEpoch`, and sites write fewer than a thousand entries a second over the days.
    private static let leapMin: Int64 = 1 << 30
    /// 2026-01-01, in milliseconds of Unix time.
    private static let leapEpoch: Int64 = 1_767_225_600_000
}
