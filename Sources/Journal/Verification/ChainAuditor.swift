/// Walks the entries in order and notes whatever does not follow from the one before.
///
/// Remembers the last sequence of each interaction, some 32 bytes per interaction in the journal.
struct ChainAuditor {
    /// All entries up to here were purged; a `previous` may point there.
    let purgedThrough: Int64
    private var sequence: Int64
    private var checksum: UInt64
    private var epoch: Int64 = 0
    private var newest: [Int64: Int64] = [:]

    /// Begins after `sequence`, the last purged entry or 0, whose checksum was `checksum`.
    init(after sequence: Int64, checksum: UInt64) {
        purgedThrough = sequence
        self.sequence = sequence
        self.checksum = checksum
    }

    /// Contiguity, checksum and epoch: what can be seen from any place in the journal.
    mutating func checkChain(_ checked: CheckedEntry, _ report: inout VerificationReport) {
        let entry = checked.entry
        report.entriesChecked += 1
        report.through = entry.sequence
        let follows = entry.sequence == sequence + 1 || (entry.mayLeap && entry.sequence > sequence)
        if !follows {
            report.note(
                entry.sequence, "entry \(entry.sequence) follows entry \(sequence): entries between are missing")
        } else if EntryChecksum.of(entry, after: checksum) != checked.checksum {
            report.note(
                entry.sequence, "entry \(entry.sequence) does not match its checksum: it, or it alone, was changed")
        }
        if entry.epoch < epoch {
            report.note(entry.sequence, "entry \(entry.sequence) is of epoch \(entry.epoch), after epoch \(epoch)")
        }
        // Go on from what is stored, so that one damaged line is one finding.
        sequence = entry.sequence
        checksum = checked.checksum
        epoch = max(epoch, entry.epoch)
    }

    /// All of it: also the body, and the chain of the interaction.
    mutating func check(_ checked: CheckedEntry, _ report: inout VerificationReport) {
        checkChain(checked, &report)
        let entry = checked.entry
        if !checked.bodyIsJSON { report.note(entry.sequence, "the body of entry \(entry.sequence) is not JSON") }
        guard let interaction = entry.interaction else { return }
        let expected = newest.updateValue(entry.sequence, forKey: interaction)
        let fits = expected == entry.previous || (expected == nil && (entry.previous ?? 0) <= purgedThrough)
        guard !fits else { return }
        report.note(
            entry.sequence,
            "entry \(entry.sequence) names \(text(entry.previous)) as the previous one of interaction \(interaction); "
                + "it is \(text(expected))")
    }

    /// A state row must stand at its interaction's newest entry. Rows written after the walk began are passed over.
    func check(_ row: InteractionRow, through: Int64, _ report: inout VerificationReport) {
        report.stateRowsChecked += 1
        guard row.lastSequence <= through else { return }
        let newest = newest[row.interaction]
        guard newest != row.lastSequence, newest != nil || row.lastSequence > purgedThrough else { return }
        report.note(
            row.lastSequence,
            "the state row of interaction \(row.interaction) stands at entry \(row.lastSequence); its newest entry is "
                + text(newest))
    }

    private func text(_ sequence: Int64?) -> String { sequence.map { "entry \($0)" } ?? "none" }
}
