package import InteractionModel

/// A contact as one site offers it to another: all that the other needs to serve it as if it had always had it.
package struct Transfer: Hashable, Sendable {
    /// Custodians before, at most; one more is refused, so that no contact travels for ever.
    package static let hopsMax = 8
    /// No site takes a contact again that it handed on less than this ago, unless a person asks.
    package static let returnAfter = Span.seconds(60)

    /// Its site is its home: there the customer is connected, and there the channel is.
    package var contact: ContactID
    /// Who had it before, oldest first, the sender last.
    package var hops: [Hop]
    package var channel: ChannelName
    package var account: AccountName
    package var direction: Direction
    /// BCP 47.
    package var language: String?
    /// Its own wishes, and the queue it waits in: queues of one name are one queue in the whole network.
    package var requirement: Requirement
    /// Since it began to wait, by the sender's clock; its place in line.
    package var waited: Span
    /// How often it has been escalated.
    package var level: Int
    /// What the customer wrote is in `content` up to this number of home's: nothing home relays under it, or under a lower
    /// one, is new.
    package var heard: Int64
    package var cause: Cause
    /// Nobody takes it later than this, by the receiver's wall clock.
    package var notAfter: Timestamp
    /// The conversation so far, as JSON of the sites' own: opaque here.
    package var content: [UInt8]

    /// One custodian.
    package struct Hop: Hashable, Sendable {
        package var site: SiteName
        /// When it handed the contact on, by its own wall clock.
        package var at: Timestamp

        package init(site: SiteName, at: Timestamp) {
            self.site = site
            self.at = at
        }
    }

    /// Why it is handed over.
    package enum Cause: String, Hashable, Sendable, CaseIterable {
        /// The queue's interflow reached this site.
        case interflow
        /// A site with nothing to do asked for it.
        case pull
        case drain
        /// An agent or a supervisor sent it.
        case person
    }

    package init(
        contact: ContactID, hops: [Hop], channel: ChannelName, account: AccountName, direction: Direction = .inbound,
        language: String? = nil, requirement: Requirement, waited: Span, level: Int = 0, heard: Int64 = 0, cause: Cause,
        notAfter: Timestamp, content: [UInt8] = []
    ) {
        self.contact = contact
        self.hops = hops
        self.channel = channel
        self.account = account
        self.direction = direction
        self.language = language
        self.requirement = requirement
        self.waited = waited
        self.level = level
        self.heard = heard
        self.cause = cause
        self.notAfter = notAfter
        self.content = content
    }
}
