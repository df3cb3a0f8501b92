package import Federation
package import InteractionModel

/// A change of custody of one contact here, and what it means for its interaction.
package struct CustodyMove: Sendable, Equatable {
    package var contact: ContactID
    package var change: CustodyChange
    /// Offered: why.
    package var cause: Transfer.Cause?
    /// Offered: nobody takes it later than this, by the wall. Gone: when it is given up here. Regained, forced: not to
    /// that peer again before.
    package var until: Timestamp?
    /// Where it waits again: until then at most.
    package var expiresAt: Timestamp?
    package var moveAt: Timestamp?
    /// Taken back: what it wishes now, how often it was escalated, what of the customer's was heard, and who had it meanwhile.
    package var requirement: Requirement?
    package var level = 0
    package var heard: Int64 = 0
    package var hops: [Transfer.Hop] = []

    package init(
        _ contact: ContactID, _ change: CustodyChange, cause: Transfer.Cause? = nil, until: Timestamp? = nil,
        expiresAt: Timestamp? = nil, moveAt: Timestamp? = nil, requirement: Requirement? = nil, level: Int = 0,
        heard: Int64 = 0, hops: [Transfer.Hop] = []
    ) {
        self.contact = contact
        self.change = change
        self.cause = cause
        self.until = until
        self.expiresAt = expiresAt
        self.moveAt = moveAt
        self.requirement = requirement
        self.level = level
        self.heard = heard
        self.hops = hops
    }
}

/// What makes a received contact one that another site had.
package struct TakenTransfer: Sendable, Equatable {
    package var contact: ContactID
    package var epoch: CustodyEpoch
    package var from: SiteName
    package var incarnation: Int64
    package var hops: [Transfer.Hop]
    /// How long it had waited: its place in line here.
    package var waited: Span
    package var level: Int
    /// Home's number for the last of what the customer wrote that came with it.
    package var heard: Int64
    package var cause: Transfer.Cause
    /// After a restore: what became of the contact, which is made here again. Nil: it was offered, and taken.
    package var fate: Fate?
    /// After a restore: its customer is connected here.
    package var isHome: Bool

    /// The words are stable for ever.
    package enum Fate: String, Sendable {
        /// It is here, under `epoch`.
        case resumed
        /// `from` has it; its customer is connected here.
        case yielded
        /// `from` has it back; its customer is connected here.
        case givenBack = "given-back"
    }

    /// What it changes: nil where it was taken.
    package var restoration: Restoration.Change? {
        switch fate {
        case nil: nil
        case .resumed: .resumed(epoch)
        case .yielded: .yielded(epoch, to: from)
        case .givenBack: .gaveBack(epoch, to: from, incarnation: incarnation)
        }
    }

    package init(
        contact: ContactID, epoch: CustodyEpoch, from: SiteName, incarnation: Int64, hops: [Transfer.Hop], waited: Span,
        level: Int = 0, heard: Int64 = 0, cause: Transfer.Cause, fate: Fate? = nil, isHome: Bool = false
    ) {
        self.isHome = isHome
        self.contact = contact
        self.epoch = epoch
        self.from = from
        self.incarnation = incarnation
        self.hops = hops
        self.waited = waited
        self.level = level
        self.heard = heard
        self.cause = cause
        self.fate = fate
    }
}

/// A message of the customer's that came by another site, or that this site relayed in vain and takes up itself.
package struct Relayed: Sendable, Equatable {
    package var from: SiteName
    /// Its number there.
    package var number: Int64
    /// The new silence limit where an agent has the interaction.
    package var activeUntil: Timestamp?

    package init(from: SiteName, number: Int64, activeUntil: Timestamp? = nil) {
        self.from = from
        self.number = number
        self.activeUntil = activeUntil
    }
}

/// A peer has answered what it was told: nobody owes it any more.
package struct RelayDelivered: Sendable, Equatable {
    package var contact: ContactID
    package var to: SiteName
    /// The relay's own.
    package var number: Int64
    /// `done`, `ended`, or why not.
    package var outcome: String

    package init(contact: ContactID, to: SiteName, number: Int64, outcome: String) {
        self.contact = contact
        self.to = to
        self.number = number
        self.outcome = outcome
    }
}

extension CustodyMove {
    /// The word in the journal; stable for ever. An ending has none of its own: the interaction's says it.
    var type: String {
        switch change {
        case .offered: "custody.offered"
        case .took: "custody.took"
        case .refused: "custody.refused"
        case .gone: "custody.gone"
        case .regained: "custody.regained"
        case .closed: "custody.closed"
        case .forced: "custody.forced"
        }
    }

    var epoch: CustodyEpoch? {
        switch change {
        case .offered(let epoch, _), .took(let epoch, _, _), .refused(let epoch, _, _, _), .gone(let epoch, _, _),
            .regained(let epoch, _, _), .forced(let epoch, _, _):
            epoch
        case .closed: nil
        }
    }
}
