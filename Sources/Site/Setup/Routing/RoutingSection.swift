package import Configuration
import InteractionModel
import Routing

/// Where switches are told to deliver calls.
package struct RoutingSection: ConfigurationSection {
    static let sites = Key(
        "sites", .named(.section(NetworkSiteSection.self), count: 0...64), default: [],
        "Places a call can be delivered to, by the name of their site.")
    static let services = Key(
        "services", .named(.section(RouteServiceSection.self), count: 0...1000), default: [],
        "Kinds of calls, by a name of your choosing; the first that matches a question answers it.")
    static let clients = Key(
        "clients", .named(.section(RoutingClientSection.self), count: 0...256), default: [],
        "Switches and carriers that may ask, by the name of their identity.")

    package static let keys: KeyList = [sites, services, clients]

    let sites: [Named<NetworkSiteSection>]
    let services: [Named<RouteServiceSection>]
    let clients: [Named<RoutingClientSection>]

    package init(reading section: SectionReader) {
        sites = section[Self.sites]
        services = section[Self.services]
        clients = section[Self.clients]
    }

    var plan: NetworkPlan {
        NetworkPlan(
            sites: sites.map { $0.value.plan(named: $0.name) },
            services: services.map { $0.value.plan(named: $0.name) },
            clients: clients.map { $0.value.plan(named: $0.name) })
    }
}

/// A place a call can be delivered to, under its site's name.
package struct NetworkSiteSection: ConfigurationSection {
    static let uri = Key(
        "uri", .string(bytes: 1...512), example: "sip:{dnis}@127.0.0.1:5071",
        "What a switch dials; {dnis} is the number dialled, {number} the one reserved, {token} the context's.")
    static let label = Key(
        optional: "label", .string(bytes: 1...128), "What a switch knows it by that goes by labels.")
    static let numbers = Key(
        "numbers", .list(of: .string(bytes: 1...64), count: 0...10_000), default: [],
        "Numbers that lead there, reserved one to a call, so that it is known by the number it comes in on.")
    static let quarantine = Key(
        "quarantine", .duration(in: .zero ... .seconds(3600)), default: .seconds(30),
        "How long a number stays out of use whose call did not come.")

    package static let keys: KeyList = [uri, label, numbers, quarantine]

    let numbers: [String]
    private let uri: String
    private let label: String?
    private let quarantine: Duration

    package init(reading section: SectionReader) {
        uri = section[Self.uri]
        label = section[Self.label]
        numbers = section[Self.numbers]
        quarantine = section[Self.quarantine]
    }

    func plan(named name: String) -> NetworkSite {
        NetworkSite(
            SiteName(name), uri: uri, label: label, numbers: numbers, quarantine: Span(quarantine))
    }
}

/// A switch or a carrier that may ask, under the name of its identity.
package struct RoutingClientSection: ConfigurationSection {
    static let fallback = Key(
        "default", .string(bytes: 1...512), example: "sip:{dnis}@127.0.0.1:5071",
        "Where its calls go when no rule finds a place, or none in time. There is no client without.")
    static let deadline = Key(
        "deadline", .duration(in: .milliseconds(5) ... .seconds(10)), default: .milliseconds(150),
        "An answer takes no longer; then the default is said.")
    static let peerDeadline = Key(
        "peerDeadline", .duration(in: .milliseconds(5) ... .seconds(10)), default: .milliseconds(800),
        "The same where another site must keep the place first.")
    static let lateAfter = Key(
        "lateAfter", .duration(in: .milliseconds(1) ... .seconds(10)), default: .milliseconds(50),
        "An answer that took longer is counted as late.")

    package static let keys: KeyList = [fallback, deadline, peerDeadline, lateAfter]

    private let fallback: String
    private let deadline, peerDeadline, lateAfter: Duration

    package static func check(_ section: inout SectionReader) {
        guard let local = section.ifSound(deadline), let peer = section.ifSound(peerDeadline), peer < local else {
            return
        }
        section.complain(
            at: peerDeadline, and: deadline, "is shorter than deadline", hint: "asking a peer comes on top of it")
    }

    package init(reading section: SectionReader) {
        fallback = section[Self.fallback]
        deadline = section[Self.deadline]
        peerDeadline = section[Self.peerDeadline]
        lateAfter = section[Self.lateAfter]
    }

    func plan(named name: String) -> RoutingClient {
        RoutingClient(
            name, fallback: fallback, deadline: Span(deadline), peerDeadline: Span(peerDeadline),
            lateAfter: Span(lateAfter))
    }
}
