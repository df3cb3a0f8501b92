package import InteractionModel

/// Counts of interactions of one channel by state: what came in must equal what is here and what has ended.
package struct ChannelTally: Sendable, Equatable {
    package var channel: ChannelName
    package var received: Int64 = 0
    package var queued: Int64 = 0
    package var offered: Int64 = 0
    package var active: Int64 = 0
    package var wrapping: Int64 = 0
    /// With a vendor.
    package var escalated: Int64 = 0
    /// Offered to another site, without an answer yet.
    package var handingOver: Int64 = 0
    /// With another site.
    package var away: Int64 = 0
    package var closed: Int64 = 0
    package var abandoned: Int64 = 0
    package var expired: Int64 = 0
    /// Those of `abandoned` who left so soon that it counts as no loss.
    package var shortAbandoned: Int64 = 0

    package init(channel: ChannelName) {
        self.channel = channel
    }

    /// Contacts gained or lost by a fault of ours; must be 0 at every moment.
    package var conservationError: Int64 {
        received - open - ended
    }

    package var ended: Int64 { closed + abandoned + expired }
    package var open: Int64 { queued + offered + active + wrapping + escalated + handingOver + away }

    mutating func count(_ state: InteractionRecord.State, by step: Int64) {
        switch state {
        case .queued: queued += step
        case .offered: offered += step
        case .active: active += step
        case .wrapping: wrapping += step
        case .escalated: escalated += step
        case .handingOver: handingOver += step
        case .away: away += step
        case .closed: closed += step
        case .abandoned: abandoned += step
        case .expired: expired += step
        }
    }
}
