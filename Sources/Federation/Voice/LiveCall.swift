package import InteractionModel

/// What one site believes of one live call. The switch that has the caller's leg is the only arbiter.
package struct LiveCall: Hashable, Sendable {
    package enum Belief: Hashable, Sendable {
        /// The leg is not at this site.
        case none
        /// The leg is here: an agent may ring.
        case here
        /// Frozen: the peer was asked to reserve, and a redirect may be outstanding.
        case offered(to: SiteName)
    }

    /// What the switch was asked and has not answered. One at a time; it dies with the session to the switch.
    package enum Asked: Hashable, Sendable {
        case connect
        case redirect
    }

    /// Kept for a peer's call that may arrive: an expectation, no custody. No agent rings on it.
    package struct Reservation: Hashable, Sendable {
        package var from: SiteName
        package var offer: Int64
        /// Lapses then, by this site's clock, unless the leg has arrived.
        package var until: Timestamp

        package init(from: SiteName, offer: Int64, until: Timestamp) {
            self.from = from
            self.offer = offer
            self.until = until
        }
    }

    package var belief = Belief.none
    /// The newest offer this site made of it: 1, 2, 3 …; 0 before the first.
    package var offer: Int64 = 0
    /// An agent of this site rings or talks.
    package var hasAgent = false
    package var asked: Asked?
    package var reservation: Reservation?
    /// The newest offer heard of each peer: older ones are superseded.
    package var heard: [SiteName: Int64] = [:]
    /// The switch's snapshot of legs was read in this life; before it nothing is believed.
    package var isInSync: Bool

    package init(belief: Belief = .none, isInSync: Bool = true) {
        self.belief = belief
        self.isInSync = isInSync
    }
}
