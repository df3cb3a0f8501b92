package import InteractionModel

/// FENCE: the sender was restored from a backup and is a new incarnation. A peer records that, durably, before it tells what
/// it knows; asked page by page, again and again, until all is told.
package struct FenceQuestion: Hashable, Sendable {
    package var incarnation: Int64
    /// Rows after this contact; nil from the first.
    package var after: ContactID?

    package init(incarnation: Int64, after: ContactID? = nil) {
        self.incarnation = incarnation
        self.after = after
    }
}

/// A page of what a peer knows, told after it had recorded the fence; of contacts that are suspect there, the backup's row.
package struct FenceAnswer: Hashable, Sendable {
    /// In order of contacts, at most `ToldRow.batchMax`.
    package var rows: [ToldRow]
    /// `Fences.restorations`.
    package var restorations: Int64
    package var isLast: Bool

    package init(rows: [ToldRow], restorations: Int64, isLast: Bool) {
        self.rows = rows
        self.restorations = restorations
        self.isLast = isLast
    }
}

/// What a peer knows of one contact, for a site that was restored.
package struct ToldRow: Hashable, Sendable {
    /// Rows in one answer, at most.
    package static let batchMax = 500

    package var contact: ContactID
    package var row: CustodyRow

    package init(_ contact: ContactID, _ row: CustodyRow) {
        self.contact = contact
        self.row = row
    }
}
