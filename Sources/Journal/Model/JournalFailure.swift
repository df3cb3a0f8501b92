/// Why the journal did not do what was asked, and what the caller should do next.
package struct JournalFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// The disk is full. Nothing was written; the same batch may be appended again when space has been freed.
        case full
        /// Somebody else leads. Nothing was written; this process must stop deciding, for good.
        case deposed
        /// An entry's idempotency key is already in the journal, or twice in the batch. Nothing was written.
        case duplicateKey(String)
        /// The batch breaks the journal's rules (a gap, a bound). Nothing was written; the same batch will never do.
        case invalid
        /// Another process has this journal open, or leads it. Nothing was touched.
        case held
        /// The journal was written by a newer version. Nothing was touched.
        case newerSchema
        /// What is stored is damaged. Stop, keep the files, restore or verify; never go on.
        case corrupt
        /// It is not known what became durable. Acknowledge nothing, throw the state away, open again, recover.
        case fatal
    }

    package let kind: Kind
    /// What happened and what to do, fit for a stranger.
    package let text: String
    /// The engine's own words, for the log; empty when there are none.
    package let cause: String

    package init(_ kind: Kind, _ text: String, cause: String = "") {
        self.kind = kind
        self.text = text
        self.cause = cause
    }

    package var description: String { cause.isEmpty ? text : "\(text) [\(cause)]" }
}
