import HTTP
import JSON
import Journal
import Support

/// Sites that know each other, each a process of its own. Their queue `support` interflows to all others.
final class TestNetwork: Sendable {
    let sites: [String: TestSite]
    let providers: [String: Provider]
    /// What stands before each site, where the network is bad.
    private let proxies: [String: ChaosProxy]

    /// - Parameters:
    ///   - after: how long a contact waits before it may go elsewhere; nil for queues that keep theirs.
    ///   - chaos: whether what the sites send each other is lost, cut, repeated and delayed.
    init(_ names: [String], after: String? = "1s", chaos: Bool = false) throws {
        var sites: [String: TestSite] = [:]
        var providers: [String: Provider] = [:]
        var addresses: [String: String] = [:]
        for name in names {
            let provider = try Provider()
            providers[name] = provider
            var options = SiteFolder.Options()
            options.site = name
            options.provider = provider.url
            let others = names.filter { $0 != name }.joined(separator: ", ")
            if let after { options.support = "    interflow: [{ after: \(after), sites: [\(others)] }]" }
            if chaos { addresses[name] = SiteFolder.freshAddress() }
            if let address = addresses[name] { options.more = "peerURLs: [\"http://\(address)\"]" }
            sites[name] = try TestSite(options: options)
        }
        proxies = try Dictionary(
            uniqueKeysWithValues: addresses.map { name, address in
                (name, try Self.proxy(at: address, before: sites[name]?.folder.address ?? ""))
            })
        self.sites = sites
        self.providers = providers
        for name in names { try introduce(name, to: names.filter { $0 != name }) }
        for name in names { try waitUntilHeard(by: name) }
    }

    deinit {
        for provider in providers.values { provider.stop() }
        for proxy in proxies.values { proxy.stop() }
    }

    /// Every other request meets a fault, each kind in turn.
    private static func proxy(at address: String, before upstream: String) throws -> ChaosProxy {
        let faults: [ChaosProxy.Fault] = [
            .answerLost, .requestLost, .doubled, .late(milliseconds: 300), .answerCut(after: 30),
            .delayed(milliseconds: 200), .requestCut(after: 200), .answerDelayed(milliseconds: 200),
        ]
        let requests = Monitor(0)
        return try ChaosProxy(to: upstream, at: address) { _ in
            requests.with {
                $0 += 1
                return $0 % 2 == 0 ? faults[$0 / 2 % faults.count] : .none
            }
        }
    }

    /// How often each fault struck.
    var faults: [String: Int] {
        proxies.values.reduce(into: [:]) { $0.merge($1.faults, uniquingKeysWith: +) }
    }

    subscript(name: String) -> TestSite {
        guard let site = sites[name] else { preconditionFailure("The network has no site \(name).") }
        return site
    }

    func provider(_ name: String) -> Provider {
        guard let provider = providers[name] else { preconditionFailure("The network has no site \(name).") }
        return provider
    }

    private func introduce(_ name: String, to others: [String]) throws {
        var lines = ["peers:"]
        for other in others {
            let identity = try self[other].caller.call("GET", "/federation/v1/identity").json
            guard let key = identity?["keys"]?.arrayValue?.first?.stringValue else {
                throw Failure("\(other) tells no key")
            }
            lines += [
                "  \(other):", "    url: \"\(proxies[other]?.url ?? self[other].folder.url)\"",
                "    keys: [\"\(key)\"]",
            ]
        }
        let site = self[name]
        try Files.write(lines.joined(separator: "\n") + "\n", to: "\(site.folder.dataPath)/peers.yaml")
        let answer = try site.caller.call("POST", "/v1/peers/reload", as: "root", json: [:])
        guard answer.status == 200 else { throw Failure("\(name) takes no peers: \(answer.text)") }
    }

    /// Waits until every other site's summary has come to `name`.
    func waitUntilHeard(by name: String) throws {
        let isHeard = eventually(within: .seconds(20)) {
            let peers = (try? self[name].caller.call("GET", "/v1/peers", as: "boss"))?.json?["peers"]?.arrayValue ?? []
            return peers.count == sites.count - 1 && peers.allSatisfy { $0["summaryAge"]?.integerValue != nil }
        }
        guard isHeard else { throw Failure("\(name) hears nothing of its peers") }
    }

    /// The state of an interaction at a site; nil when it is not there.
    func state(of interaction: Int64, at name: String) -> String? {
        (try? self[name].caller.call("GET", "/v1/interactions/\(interaction)", as: "boss"))?.json?["state"]?
            .stringValue
    }

    /// Brings a text to berlin and has `desk`, at munich, accept it. Gives the numbers of its interactions there and here.
    func accepted(
        by desk: Desk, _ text: String, within limit: Duration = .seconds(15)
    ) throws -> (berlin: Int64, munich: Int64) {
        let interaction = try self.text(to: "berlin", text)
        guard let offer = desk.event("offer", within: limit), let here = offer["interaction"]?.integerValue,
            desk.ask(["type": "accept", "id": "a", "offer": offer["offer"] ?? 0])?["ok"] == true
        else { throw Failure("the text was not offered at the other site") }
        guard offer["content"]?["text"] == .string(text) else { throw Failure("the offer shows another text") }
        let isAway = eventually(within: limit) { state(of: interaction, at: "berlin") == "away" }
        guard isAway else { throw Failure("berlin does not know that the text is away") }
        return (interaction, here)
    }

    func reply(_ desk: Desk, _ interaction: Int64, _ text: String) -> Bool {
        desk.ask([
            "type": "reply", "id": .string(text), "interaction": .integer(interaction), "text": .string(text),
        ])?["ok"] == true
    }

    /// What was written in an interaction, in order, as the site keeps it.
    func texts(of interaction: Int64, at name: String) throws -> [String] {
        let reader = try self[name].folder.journal()
        defer { reader.close() }
        return try reader.contents(of: interaction).compactMap {
            (try? JSONValue.parse($0.body))?["text"]?.stringValue
        }
    }

    /// Checks that no running site gained or lost a contact, and that every journal's facts lead to the rows stored with them.
    func check(running names: [String]? = nil) throws {
        for name in names ?? sites.keys.sorted() {
            guard try self[name].caller.metric("interflow_conservation_error") == 0 else {
                throw Failure("\(name) gained or lost contacts")
            }
        }
        for (name, site) in sites.sorted(by: { $0.key < $1.key }) {
            let output = "\(site.folder.path)/verify"
            let verify = try ChildProcess(
                [TestSite.binary, "journal", "verify", "--data", site.folder.dataPath], output: output)
            guard verify.wait(.seconds(30)) == .exited(0) else {
                throw Failure("the journal of \(name): \((try? Files.read(output)) ?? "no word")")
            }
        }
    }

    /// Waits until `watcher` knows of somebody idle at `name`.
    func waitUntilIdle(_ name: String, seenBy watcher: String) throws {
        let isSeen = eventually(within: .seconds(10)) {
            let peers = (try? self[watcher].caller.call("GET", "/v1/network", as: "boss"))?.json?["peers"]?.arrayValue
            let queues = peers?.first { $0["name"] == .string(name) }?["queues"]?.arrayValue ?? []
            return queues.contains { ($0["idle"]?.integerValue ?? 0) > 0 }
        }
        guard isSeen else { throw Failure("\(watcher) knows of nobody idle at \(name)") }
    }

    /// A text to `site` as its provider would bring it. Gives the number of its interaction.
    func text(
        to name: String, from: String = "+4915112345678", _ text: String, sid: String = TestSite.sid()
    ) throws -> Int64 {
        let site = self[name]
        let answer = try site.caller.perform(site.caller.text(sid: sid, from: from, text: text))
        guard answer.status == 200 else { throw Failure("the text was not taken: \(answer.status) \(answer.text)") }
        let key = try site.folder.entries().last { $0.key?.contains(sid) == true }
        guard let interaction = key?.interaction else { throw Failure("the text is not in the journal") }
        return interaction
    }
}

extension Caller {
    /// The same with a body of JSON.
    func call(_ method: String, _ path: String, as identity: String, json: JSONValue) throws -> Answer {
        try call(method, path, as: identity, body: json.bytes)
    }
}
