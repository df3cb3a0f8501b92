import Glibc
import HTTP
import InteractionModel
import JSON
import Site

/// Sites of this build that know each other, each a process of its own with a journal that did not exist before.
final class SampleNetwork {
    /// How long sites may take to hear of each other before the measurement is given up, seconds.
    static let acquaintedWithin = 20.0

    /// The agent whom every configuration must know by this name.
    static let agent = "ana"

    /// What each site is started with.
    struct Member {
        var name: String
        var port: UInt16
        /// Lines under `identities:` for everybody who asks of it: `client` as the role that is measured, an admin, the agent.
        var identities: String
    }

    let sites: [(name: String, site: SampleSite)]
    private let adminToken = RandomBytes.token()
    private let agentToken = RandomBytes.token()
    private let client: HTTPClient
    private var desks: [WebSocketClient] = []

    private static let clientConfiguration = ClientConfiguration(
        version: Site.release, addressPolicy: .operatorsOwn)

    /// - Parameters:
    ///   - role: of the client whose requests are measured.
    ///   - areAcquainted: whether they become peers at once; else by `introduce`.
    init(
        _ names: [String], in folder: String, clientRole role: String, areAcquainted: Bool = true,
        configuration: (Member) -> String
    ) throws {
        client = try HTTPClient(Self.clientConfiguration)
        let (admin, agent) = (TokenHash(ofToken: adminToken).configured, TokenHash(ofToken: agentToken).configured)
        sites = try names.map { name in
            let site = try SampleSite(in: folder) { port, token in
                let identities = """
                      client: { role: \(role), tokenHash: "\(TokenHash(ofToken: token).configured)" }
                      root: { role: admin, tokenHash: "\(admin)" }
                      \(Self.agent): { role: agent, tokenHash: "\(agent)" }
                    """
                return configuration(Member(name: name, port: port, identities: identities))
            }
            return (name, site)
        }
        if areAcquainted { try introduce() }
    }

    deinit {
        for desk in desks { desk.shutdown() }
        client.shutdown()
    }

    subscript(name: String) -> SampleSite {
        guard let found = sites.first(where: { $0.name == name }) else {
            preconditionFailure("The network has no site \(name).")
        }
        return found.site
    }

    // MARK: Knowing each other

    /// Makes every site a peer of every other, and waits until each has heard of all.
    func introduce() throws {
        let keys = try sites.map { each -> String in
            let identity = try ask("GET", each.name, "/federation/v1/identity")
            guard let key = identity["keys"]?.arrayValue?.first?.stringValue else { throw Self.failure("tells no key") }
            return key
        }
        for each in sites {
            var lines = ["peers:"]
            for (other, key) in zip(sites, keys) where other.name != each.name {
                lines += ["  \(other.name):", "    url: \"\(other.site.url)\"", "    keys: [\"\(key)\"]"]
            }
            try each.site.write(lines.joined(separator: "\n") + "\n", toData: "peers.yaml")
            _ = try ask("POST", each.name, "/v1/peers/reload", .object(JSONObject()))
        }
        try waitUntil(Self.acquaintedWithin, "the sites do not hear of each other") {
            try sites.allSatisfy { each in
                let peers = try ask("GET", each.name, "/v1/network")["peers"]?.arrayValue ?? []
                return peers.count == sites.count - 1 && peers.allSatisfy { $0["summaryAge"]?.integerValue != nil }
            }
        }
    }

    /// Signs the agent in at a site: there, and not ready for anything.
    func signIn(at name: String) throws {
        var request = WebSocketClient.Request("ws" + self[name].url.dropFirst(4) + "/v1/agent/socket")
        request.authorization = .bearer(agentToken)
        request.protocols = ["interflow.agent.1"]
        request.messageMax = 16 << 20
        let desk = try WebSocketClient(request, configuration: Self.clientConfiguration) { _ in }
        desks.append(desk)
        try waitUntil(Self.acquaintedWithin, "the agent cannot sign in") {
            desk.send(text: #"{"type":"status","id":"here","status":"not-ready","reason":"bench"}"#)
        }
    }

    /// Waits until `watcher` knows that somebody is signed in at `name`.
    func waitUntilStaffed(_ name: String, seenBy watcher: String) throws {
        try waitUntil(Self.acquaintedWithin, "\(watcher) does not hear that somebody is at \(name)") {
            let peers = try ask("GET", watcher, "/v1/network")["peers"]?.arrayValue ?? []
            let queues = peers.first { $0["name"]?.stringValue == name }?["queues"]?.arrayValue ?? []
            return queues.contains { ($0["staffed"]?.integerValue ?? 0) > 0 }
        }
    }

    // MARK: Asking

    /// Asks a site as its admin; anything but 200 ends the measurement.
    @discardableResult
    func ask(_ method: String, _ name: String, _ target: String, _ body: JSONValue? = nil) throws -> JSONValue {
        let bytes = try text(method, name, target, body)
        return (try? JSONValue.parse(bytes)) ?? .null
    }

    func text(_ method: String, _ name: String, _ target: String, _ body: JSONValue? = nil) throws -> [UInt8] {
        var request = ClientRequest(method, self[name].url + target, authorization: .bearer(adminToken))
        if let body { request.body = .bytes(body.bytes, contentType: "application/json") }
        let response = try client.perform(request)
        guard response.status == 200 else {
            throw Self.failure("answers \(target) with \(response.status): \(SiteProblem(response).text)")
        }
        return response.body
    }

    /// The value of a line of a site's metrics; nil when there is no such line.
    func metric(_ line: String, of name: String) throws -> Int64? {
        let page = String(decoding: try text("GET", name, "/metrics"), as: UTF8.self)
        return page.split(separator: "\n").first { $0.hasPrefix(line + " ") }
            .flatMap { Int64($0.dropFirst(line.utf8.count + 1)) }
    }

    func waitUntil(_ seconds: Double, _ complaint: String, _ holds: () throws -> Bool) throws {
        let limit = Stopwatch.seconds + seconds
        while try !holds() {
            guard Stopwatch.seconds < limit else { throw CommandFailure(.software, "\(complaint)") }
            usleep(100_000)
        }
    }

    private static func failure(_ what: String) -> CommandFailure { CommandFailure(.software, "a sample site \(what)") }
}
