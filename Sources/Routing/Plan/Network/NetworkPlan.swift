package import Federation
package import InteractionModel

/// The rules by which a switch is told where to deliver: what stands under `routing`.
package struct NetworkPlan: Hashable, Sendable {
    /// In order of name.
    package var sites: [NetworkSite]
    /// Tried in order; the first that matches a question answers it.
    package var services: [RouteService]
    package var clients: [RoutingClient]

    package init(sites: [NetworkSite] = [], services: [RouteService] = [], clients: [RoutingClient] = []) {
        self.sites = sites.sorted { $0.name < $1.name }
        self.services = services
        self.clients = clients
    }

    package static let none = NetworkPlan()

    package func site(_ name: SiteName) -> NetworkSite? { sites.first { $0.name == name } }
    package func client(_ name: String) -> RoutingClient? { clients.first { $0.name == name } }

    /// The sites an asker means by names, or by addresses as host:port.
    func sites(tried: [String]) -> [SiteName] {
        guard !tried.isEmpty else { return [] }
        return sites.filter { site in tried.contains { site.isMeant(by: $0) } }.map(\.name)
    }
}

/// A place a call can be delivered to.
package struct NetworkSite: Hashable, Sendable {
    package var name: SiteName
    /// What the switch dials: `sip:{dnis}@127.0.0.1:5071`. `{number}` is the reserved one, `{token}` the context's.
    package var uri: String
    /// For a switch that knows places by labels.
    package var label: String?
    /// Reserved one to a call, so that the call is known by the number it comes in on. Empty: none are.
    package var numbers: [String]
    /// How long a number stays out of use whose call did not come.
    package var quarantine: Span

    package static let usualQuarantine = Span.seconds(30)

    package init(
        _ name: SiteName, uri: String, label: String? = nil, numbers: [String] = [],
        quarantine: Span = Self.usualQuarantine
    ) {
        self.name = name
        self.uri = uri
        self.label = label
        self.numbers = numbers
        self.quarantine = quarantine
    }

    func isMeant(by tried: String) -> Bool {
        tried == name.rawValue || tried == label || RouteAddress.hostPort(of: uri) == tried
            || tried == uri
    }
}

/// Calls of one kind: which they are, where they wait, and how their site is chosen.
package struct RouteService: Hashable, Sendable {
    package var name: String
    package var channel: ChannelName?
    /// The number dialled.
    package var destination: String?
    /// BCP 47; `de` also matches `de-AT`.
    package var language: String?
    /// All of them must be said by the asker.
    package var attributes: [RouteQuestion.Attribute]
    package var queue: QueueName
    package var steps: [DeliveryStep]
    /// How long a place is kept for the call.
    package var reserveFor: Span

    package static let usualReservation = Span.seconds(30)

    package init(
        _ name: String, channel: ChannelName? = nil, destination: String? = nil, language: String? = nil,
        attributes: [RouteQuestion.Attribute] = [], queue: QueueName, steps: [DeliveryStep],
        reserveFor: Span = Self.usualReservation
    ) {
        self.name = name
        self.channel = channel
        self.destination = destination
        self.language = language
        self.attributes = attributes
        self.queue = queue
        self.steps = steps
        self.reserveFor = reserveFor
    }

    /// Those its steps ask.
    var calendars: [CalendarName] { steps.compactMap(\.during) }

    func matches(_ question: RouteQuestion) -> Bool {
        (channel ?? question.channel) == question.channel
            && (destination ?? question.destination) == question.destination
            && (language.map { Language.range($0, takes: question.language) } ?? true)
            && attributes.allSatisfy { question.attributes.contains($0) }
    }
}

/// A switch or a carrier that may ask. What it is told when nothing better is known is part of its declaration.
package struct RoutingClient: Hashable, Sendable {
    /// The name of its identity.
    package var name: String
    /// Where its calls go when no rule finds a place, or none in time.
    package var fallback: String
    /// An answer takes no longer; then the fallback is said. `peerDeadline`: where a peer must be asked.
    package var deadline: Span
    package var peerDeadline: Span
    /// An answer that took longer is counted as late.
    package var lateAfter: Span

    package static let usualDeadline = Span(milliseconds: 150)
    package static let usualPeerDeadline = Span(milliseconds: 800)
    package static let usualLateAfter = Span(milliseconds: 50)

    package init(
        _ name: String, fallback: String, deadline: Span = Self.usualDeadline,
        peerDeadline: Span = Self.usualPeerDeadline, lateAfter: Span = Self.usualLateAfter
    ) {
        self.name = name
        self.fallback = fallback
        self.deadline = deadline
        self.peerDeadline = peerDeadline
        self.lateAfter = lateAfter
    }
}

enum Language {
    /// RFC 4647 §3.3.1, basic filtering, whatever the case.
    static func range(_ range: String, takes spoken: String?) -> Bool {
        guard let spoken = spoken?.lowercased() else { return false }
        let range = range.lowercased()
        return spoken == range || spoken.hasPrefix(range + "-")
    }
}
