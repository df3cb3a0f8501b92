package import InteractionModel

/// Whether a calendar is open at a moment, until when, and why.
package struct HoursState: Hashable, Sendable {
    package let isOpen: Bool
    /// When it changes, in wall time; nil when it never does.
    package let until: Timestamp?
    package let reason: Reason

    package init(isOpen: Bool, until: Timestamp?, reason: Reason) {
        self.isOpen = isOpen
        self.until = until
        self.reason = reason
    }

    /// What decided it.
    package enum Reason: Hashable, Sendable {
        /// The week's own intervals.
        case week
        /// The rule of one date. An interval past midnight is ruled by the date it began on.
        case exception(LocalDate, title: String)
        /// A closure with this title.
        case closure(title: String)
    }
}
