package import Federation
package import InteractionModel

/// What every peer told a restored site, as its core learns it: a part of it at a time.
package struct RestorationLesson: Sendable, Equatable {
    /// One peer that has told everything it knows.
    package struct Life: Sendable, Equatable {
        package var site: SiteName
        package var incarnation: Int64
        /// The restorations it had heard of, this one among them.
        package var restorations: Int64

        package init(site: SiteName, incarnation: Int64, restorations: Int64) {
            self.site = site
            self.incarnation = incarnation
            self.restorations = restorations
        }
    }

    /// All that was told of one contact.
    package struct Contact: Sendable, Equatable {
        package var contact: ContactID
        package var told: [Restoration.Told]
        /// Somebody knows that it has ended.
        package var hasEnded: Bool
        /// The contact itself, where this site may have forgotten it. Its content stays outside.
        package var transfer: Transfer?
        /// This site's own pseudonyms for its customer and conversation; needed for a transfer.
        package var party: PartyKey?
        package var thread: PartyKey?

        package init(
            _ contact: ContactID, told: [Restoration.Told], hasEnded: Bool = false, transfer: Transfer? = nil,
            party: PartyKey? = nil, thread: PartyKey? = nil
        ) {
            self.contact = contact
            self.told = told
            self.hasEnded = hasEnded
            self.transfer = transfer
            self.party = party
            self.thread = thread
        }
    }

    /// Every peer there is.
    package var lives: [Life]
    package var contacts: [Contact]
    /// Nobody told of any other contact.
    package var isLast: Bool

    package init(lives: [Life], contacts: [Contact], isLast: Bool) {
        self.lives = lives
        self.contacts = contacts
        self.isLast = isLast
    }

    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        /// Go on: with the next part, or with the last one again.
        case more
        /// A peer was restored itself since it told: ask all of them again.
        case outdated
        /// Every contact has its verdict.
        case ended
    }
}

/// Where a restored site stands.
package enum RestorationStage: Sendable, Equatable {
    /// It never was, or it has its verdicts.
    case none
    /// Waits until every peer has told.
    case asking
    /// Decides, under this number of a restoration.
    case deciding(Int64)
}

/// The verdict on one contact after a restore, or that it waits for one.
package struct RestoredCustody: Sendable, Equatable {
    package var contact: ContactID
    package var change: Restoration.Change
    /// Resumed: where it waits again, until then at most.
    package var expiresAt: Timestamp?
    /// Elsewhere: when it is given up here.
    package var until: Timestamp?
    package var heard: Int64
    /// Suspected: this site, which facts do not know otherwise.
    package var here: SiteName?

    package init(
        _ contact: ContactID, _ change: Restoration.Change, expiresAt: Timestamp? = nil, until: Timestamp? = nil,
        heard: Int64 = 0, here: SiteName? = nil
    ) {
        self.here = here
        self.contact = contact
        self.change = change
        self.expiresAt = expiresAt
        self.until = until
        self.heard = heard
    }

    /// The word in the journal; stable for ever.
    var type: String {
        switch change {
        case .suspected: "custody.suspected"
        case .resumed: "custody.resumed"
        case .yielded: "custody.yielded"
        case .gaveBack: "custody.given-back"
        case .kept: "custody.kept"
        }
    }
}
