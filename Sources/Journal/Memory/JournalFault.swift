/// A failure that tests and the simulator ask the in-memory engine for.
package enum JournalFault: Sendable, Equatable {
    /// The append fails as `.full`; nothing is written, the next one works.
    case full
    /// The append fails as `.fatal` and nothing was written.
    case fatal
    /// The append fails as `.fatal` although everything was written: the answer got lost after the commit.
    case fatalButDurable
}
