package import InteractionModel

/// FENCE: a site was restored from a backup and is a new incarnation. A peer records it (`Fences.record`), durably, before it
/// answers with `ToldRows`. Asked again, page after page, until all is told; see `Restoration`.
package struct Fence: Hashable, Sendable {
    package var from: SiteName
    package var incarnation: Int64
    /// The rows after this contact; nil: from the beginning.
    package var after: ContactID?

    package init(from: SiteName, incarnation: Int64, after: ContactID? = nil) {
        self.from = from
        self.incarnation = incarnation
        self.after = after
    }
}

/// What a peer knows of custody, told after it had recorded the fence; of contacts that are suspect there the backup's row.
package struct ToldRows: Hashable, Sendable {
    /// Rows in one answer, at most.
    package static let rowsMax = 500

    package struct Row: Hashable, Sendable {
        package var contact: ContactID
        package var row: CustodyRow
        /// As far as is known there: whoever has it again need not serve it again.
        package var hasEnded: Bool
        /// Where the restored site may have forgotten it: the contact itself. It is told of what that site took, and of
        /// what its customers are in.
        package var transfer: Transfer?

        package init(_ contact: ContactID, _ row: CustodyRow, hasEnded: Bool = false, transfer: Transfer? = nil) {
            self.contact = contact
            self.row = row
            self.hasEnded = hasEnded
            self.transfer = transfer
        }
    }

    package var from: SiteName
    package var incarnation: Int64
    /// The peer's `Fences.restorations`.
    package var restorations: Int64
    /// In order of contacts.
    package var rows: [Row]
    package var isLast: Bool

    package init(from: SiteName, incarnation: Int64, restorations: Int64, rows: [Row], isLast: Bool) {
        self.from = from
        self.incarnation = incarnation
        self.restorations = restorations
        self.rows = rows
        self.isLast = isLast
    }
}
