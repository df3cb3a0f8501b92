/// Who made a plan the active one, and what the site's own file said then.
package struct PlanOrigin: Hashable, Sendable {
    /// 1, 2, 3 … over the site's life: each activation has its own. Gives the fact its key in the journal.
    package var number: Int64
    /// An identity's name, or `start` and `signal` for the site itself.
    package var by: String
    package var comment: String?
    /// A digest of what the site's own file said at that moment: a file that says something else later was changed since.
    package var file: String?
    /// The version that was active before.
    package var previous: String?
    /// What became different, in a few words.
    package var change: String?

    package init(number: Int64, by: String, comment: String? = nil, file: String? = nil) {
        self.number = number
        self.by = by
        self.comment = comment
        self.file = file
    }

    /// What the journal keeps the fact under.
    package var key: String { Self.key(number) }

    package static func key(_ number: Int64) -> String { "interflow/plan/\(number)" }
}
