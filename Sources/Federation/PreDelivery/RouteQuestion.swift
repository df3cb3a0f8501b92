package import InteractionModel

/// A switch, or a carrier, holds a call and asks where to deliver it. It keeps the call: custody begins where the call arrives.
package struct RouteQuestion: Hashable, Sendable {
    package static let keyBytesMax = 128
    package static let triedMax = 32

    /// Who asks: a routing client of the plan, or `peer:` and the site that asks on behalf of one.
    package var client: String
    /// The asker's own name for the call: unique with it, and the same in every repetition and every further try.
    package var key: String
    /// What an arriving call may be known by, beside the key.
    package var externalID: String?
    package var channel: ChannelName
    /// The number dialled (DNIS).
    package var destination: String
    /// BCP 47.
    package var language: String?
    /// What the asker knows besides, for the services' rules; not kept in facts.
    package var attributes: [Attribute]
    /// Sites, or addresses as host:port, that were tried for this call and did not take it.
    package var tried: [String]
    /// What nobody can guess, for the context token: chance is the shell's.
    package var nonce: String

    package struct Attribute: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        client: String, key: String, externalID: String? = nil, channel: ChannelName, destination: String,
        language: String? = nil, attributes: [Attribute] = [], tried: [String] = [], nonce: String
    ) {
        self.client = client
        self.key = key
        self.externalID = externalID
        self.channel = channel
        self.destination = destination
        self.language = language
        self.attributes = attributes
        self.tried = tried
        self.nonce = nonce
    }

    package var routeKey: RouteKey { RouteKey(client: client, key: key) }
}

/// What makes a repeated question the same question.
package struct RouteKey: Hashable, Sendable {
    package let client: String
    package let key: String

    package init(client: String, key: String) {
        self.client = client
        self.key = key
    }
}

/// What a switch is told. Its number is the sequence of the fact that records it.
package struct RouteAnswer: Hashable, Sendable {
    package enum Decision: String, Hashable, Sendable, CaseIterable {
        /// To a site of the network, which keeps a place until `expiresAt`.
        case route
        /// Out of the network.
        case partner
        /// What the client's own declaration says: no rule found a place, or none in time.
        case fallback = "default"
        /// Nowhere: even the default has been tried.
        case none
    }

    package var question: RouteKey
    package var externalID: String?
    package var decision: Decision
    /// The service that matched; nil: none.
    package var service: String?
    package var queue: QueueName?
    package var site: SiteName?
    package var uri: String?
    package var label: String?
    /// Of a pool: reserved for this call, so that its arrival is recognised.
    package var number: String?
    /// Goes with the call; whoever brings the arrival and knows it finds the context.
    package var contextToken: String
    package var expiresAt: Timestamp
    /// How long after a lapse the number stays out of use.
    package var quarantine: Span
    /// The age of what was known of the site; nil: nothing was known, or nothing had to be.
    package var knownAge: Span?
    /// The reservation at the peer that keeps the place; nil: this site keeps it.
    package var keptBy: Keeper?
    /// Sites it will not be sent to again.
    package var tried: [SiteName]
    /// The reservation that this answer takes the place of.
    package var replaces: Int64?
    /// One line, for the asker.
    package var reason: String
    package var steps: [SiteSelection.Step]
    package var dealing: Dealing?

    /// A peer's reservation.
    package struct Keeper: Hashable, Sendable {
        package var site: SiteName
        package var reservation: Int64

        package init(site: SiteName, reservation: Int64) {
            self.site = site
            self.reservation = reservation
        }
    }

    /// A turn of an allocation was used: everything its account needs.
    package struct Dealing: Hashable, Sendable {
        /// Service and step.
        package var account: String
        package var shares: [Share]
        package var able: [SiteName]

        package init(account: String, shares: [Share], able: [SiteName]) {
            self.account = account
            self.shares = shares
            self.able = able
        }

        package static func account(service: String, step: Int) -> String { "\(service)/\(step)" }
    }

    package init(
        _ question: RouteQuestion, decision: Decision, contextToken: String, expiresAt: Timestamp, reason: String
    ) {
        self.question = question.routeKey
        externalID = question.externalID
        self.decision = decision
        self.contextToken = contextToken
        self.expiresAt = expiresAt
        self.reason = reason
        quarantine = .zero
        tried = []
        steps = []
    }
}
