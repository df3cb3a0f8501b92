package import Federation
package import InteractionModel

/// What this site remembers of one contact that moved, or was offered to move.
package struct CustodyEntry: Sendable, Equatable {
    package let contact: ContactID
    /// Whether its customer is connected here: so it is with contacts that this site offered before it ever took them.
    package let isHome: Bool
    package internal(set) var row: CustodyRow
    /// When `row` last changed: it is forgotten `CustodyRow.retention` after that.
    package internal(set) var decidedAt: Timestamp
    /// The contact's interaction here; nil where it was only refused.
    package internal(set) var interaction: InteractionID?
    /// Who had it before it came here, oldest first.
    package internal(set) var hops: [Transfer.Hop] = []
    /// Elsewhere than at home: home's number for the last of what the customer wrote that was heard.
    package internal(set) var heard: Int64 = 0
    /// While offered: the offer itself.
    package internal(set) var offer: Offer?
    /// While away: who has it, as far as is known here, and under which epoch.
    package internal(set) var whereabouts: Whereabouts?
    /// Everybody else who is known to have had it: whose word on it counts. The newest `sitesMax`.
    package internal(set) var custodians: [SiteName] = []
    /// Not offered to these before a moment: they refused it. The newest `sitesMax`.
    package internal(set) var refusals: [Refusal] = []
    /// At home, when the contact has ended: where its customer is, for what an agent wrote before and is heard after that.
    package internal(set) var address: Address?
    /// What peers must hear of it, oldest first.
    package internal(set) var relays: [Relay] = []

    package static let sitesMax = 16
    /// Customer's messages that wait to be relayed, at most; home refuses one more for now.
    package static let relaysMax = 200

    package struct Offer: Sendable, Equatable {
        /// The sequence of the fact that made it: what was written later is not in it.
        package var number: Int64
        package var at: Timestamp
        /// By the clock on the wall, ours.
        package var wallAt: Timestamp
        package var cause: Transfer.Cause
        package var notAfter: Timestamp
    }

    package struct Whereabouts: Sendable, Equatable {
        package var site: SiteName
        package var epoch: CustodyEpoch
    }

    package struct Address: Sendable, Equatable {
        package var channel: ChannelName
        package var account: AccountName
        package var party: PartyKey
        /// The last message that was queued there after the record of the interaction had been forgotten.
        package var message: MessageID?
    }

    package struct Refusal: Sendable, Equatable {
        package var site: SiteName
        package var until: Timestamp
    }

    /// One thing that a peer must hear of the contact; it stays until the peer has answered.
    package struct Relay: Sendable, Equatable {
        package enum Item: Sendable, Equatable {
            /// The customer's message; its content is that of entry `number`.
            case customerWrote
            case customerLeft(cause: String)
            case closed(CustodyEpoch, disposition: String?)
            case delivery(of: Int64, DeliveryStatus, detail: String?)
            case arrived(CustodyEpoch)
        }

        package var to: SiteName
        /// The sequence of the fact that made it.
        package var number: Int64
        package var at: Timestamp
        package var item: Item

        /// Goes to whoever has the contact.
        package var isForCustodian: Bool {
            switch item {
            case .customerWrote, .customerLeft: true
            case .closed, .delivery, .arrived: false
            }
        }
    }

    init(_ contact: ContactID, isHome: Bool, _ row: CustodyRow, at moment: Timestamp) {
        self.contact = contact
        self.isHome = isHome
        self.row = row
        decidedAt = moment
    }

    /// Messages of the customer that the custodian has not acknowledged: their interaction is kept until it has.
    var unheard: Int {
        relays.count { if case .customerWrote = $0.item { true } else { false } }
    }

    /// Whether `site` is known to have had it.
    func wasHad(by site: SiteName) -> Bool { custodians.contains(site) || hops.contains { $0.site == site } }

    mutating func note(custodian site: SiteName) {
        custodians.removeAll { $0 == site }
        custodians.append(site)
        if custodians.count > Self.sitesMax { custodians.removeFirst() }
    }

    mutating func note(refusalBy site: SiteName, until: Timestamp, at now: Timestamp) {
        refusals.removeAll { $0.site == site || $0.until <= now }
        refusals.append(Refusal(site: site, until: until))
        if refusals.count > Self.sitesMax { refusals.removeFirst() }
    }
}
