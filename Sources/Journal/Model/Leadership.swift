import InteractionModel

/// The right to append, until somebody else takes it.
package struct Leadership: Sendable, Equatable {
    /// Greater by one than the term before. Goes into every batch and entry.
    package let epoch: Int64
    /// The sequence of the marker entry that taking leadership wrote; the first batch begins one after it.
    package let lastSequence: Int64

    package init(epoch: Int64, lastSequence: Int64) {
        self.epoch = epoch
        self.lastSequence = lastSequence
    }
}

extension JournalEntry {
    /// The type of the marker that each new leader writes; whoever folds the journal passes over it.
    ///
    /// It takes the next sequence, so a deposed leader's next batch collides with it and fails whole, on any engine.
    package static let leadershipType = "journal.leadership"

    /// Whether numbers before it may be missing: only a new leader can know that they were given by a lost life.
    var mayLeap: Bool { type == Self.leadershipType }

    /// The marker of a new term.
    static func leadershipMarker(sequence: Int64, at: Timestamp, epoch: Int64, holder: String) -> JournalEntry {
        let body = Array("{\"holder\":\"".utf8) + escaped(holder) + Array("\"}".utf8)
        return JournalEntry(sequence: sequence, at: at, epoch: epoch, type: leadershipType, body: body)
    }

    /// RFC 8259 section 7: the quote, the backslash and the controls must be escaped; the rest stays as it is.
    private static func escaped(_ text: String) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case 0..<0x20: Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: [byte]
            }
        }
    }
}
