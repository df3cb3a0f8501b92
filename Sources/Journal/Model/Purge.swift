/// What one purge removed.
package struct Purge: Sendable, Equatable {
    /// Entries removed by this call.
    package let removed: Int
    /// All entries up to this one are gone, by this and earlier purges.
    package let through: Int64
    /// Whether nothing more can be removed for the same moment.
    package let isFinished: Bool

    package init(removed: Int, through: Int64, isFinished: Bool) {
        self.removed = removed
        self.through = through
        self.isFinished = isFinished
    }
}
