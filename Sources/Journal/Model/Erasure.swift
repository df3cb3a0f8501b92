/// What an erasure achieved.
package struct Erasure: Sendable, Equatable {
    /// Content rows deleted.
    package let removed: Int
    /// Whether the bytes are gone from the engine's files as well. False while a reader holds an old view of the log:
    /// the rows are deleted already, and the next ``Journal/maintain()`` overwrites the rest.
    package let overwritten: Bool

    package init(removed: Int, overwritten: Bool) {
        self.removed = removed
        self.overwritten = overwritten
    }
}
