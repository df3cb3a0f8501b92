import Configuration
import HTTP
import JSON
import Site

/// `peer add` and `peer remove`: a file is changed, and a running site is told.
struct PeerAdding {
    /// Hexadecimal digits a person must type: 128 bits, which nobody can hit by making keys.
    static let digitsMin = 32

    private let invocation: Invocation
    private let folder: PeerFolder

    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        folder = try PeerFolder(invocation)
    }

    func add(_ name: String, _ url: String) throws -> ExitCode {
        let own = try folder.keys()
        guard name != folder.configuration.site else { throw CommandFailure(.data, "\(name) is this site itself") }
        let entry = try askIdentity(name, url)
        try compare(name, entry.keys[0])
        try change { try ManagedPeers.add(entry, folder: folder.path, beside: folder.configuration, own: own) }
        Terminal.say("\(name) is a peer now.")
        tellSite()
        Terminal.say(
            "There, make this site known too: interflow peer add \(folder.configuration.site) "
                + "\(TerminalText.safe(folder.configuration.publicAddress))")
        return .ok
    }

    func remove(_ name: String) throws -> ExitCode {
        if let place = folder.configuration.peers.first(where: { $0.name == name })?.place {
            throw CommandFailure(
                .data,
                "\(name) stands in \(place.file), line \(place.line): take it out there, and let the site read it again with SIGHUP"
            )
        }
        var isFound = false
        try change { isFound = try ManagedPeers.remove(name, folder: folder.path) }
        guard isFound else { throw CommandFailure(.noInput, "there is no peer \(TerminalText.safe(name))") }
        Terminal.say("\(TerminalText.safe(name)) is a peer no more.")
        tellSite()
        return .ok
    }

    private func change(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw CommandFailure(.data, TerminalText.safe("\(error)"))
        }
    }

    // MARK: Who is there

    /// What the site at `url` says of itself; nothing of it is believed yet.
    private func askIdentity(_ name: String, _ url: String) throws -> ManagedPeers.Entry {
        var configuration = ClientConfiguration(version: Site.release, addressPolicy: .operatorsOwn)
        configuration.extraAuthoritiesFile = invocation["authorities"]
        let pins = invocation.all("tls-pin")
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        var request = ClientRequest("GET", "\(base)/federation/v1/identity")
        request.responseBodyMax = 64 << 10
        if !pins.isEmpty { request.trust = .pins(pins) }
        let response: ClientResponse
        do throws(ClientFailure) {
            response = try HTTPClient(configuration).perform(request)
        } catch {
            let advice =
                error.reason == .untrusted
                ? "\nIs its certificate its own? Then name its key with --tls-pin, or its authority with --authorities."
                : ""
            throw CommandFailure(.unavailable, "\(TerminalText.safe(base)): \(error.publicText)\(advice)")
        }
        let identity = (try? JSONValue.parse(response.body)) ?? .null
        let key = identity["keys"]?.arrayValue?.first?.stringValue.flatMap { Ed25519.PublicKey(text: $0) }
        guard response.status == 200, let site = identity["site"]?.stringValue, let key else {
            throw CommandFailure(
                .unavailable, "\(TerminalText.safe(base)) answered, but not as a site does (status \(response.status))")
        }
        guard site == name else {
            throw CommandFailure(.data, "the site there calls itself \(TerminalText.safe(site)), not \(name)")
        }
        // A next key, if there is one, is announced by the site itself once it knows us.
        return ManagedPeers.Entry(name: name, url: base, keys: [key], tlsPins: pins)
    }

    /// Half of the fingerprint is not shown, so that whoever types it must have heard it.
    private func compare(_ name: String, _ key: Ed25519.PublicKey) throws {
        let typed: String
        if let given = invocation["fingerprint"] {
            typed = given
        } else {
            let shown = key.fingerprint.dropFirst(Self.digitsMin)
            Terminal.say("The site there calls itself \(name). The second half of its fingerprint:")
            Terminal.say("    \(Fingerprint.spoken(String(shown)))")
            Terminal.say("Let its operator read you the first half, from interflow peer identity there.")
            Terminal.write("First half: ")
            guard let line = readLine() else {
                throw CommandFailure(.usage, "nobody typed the fingerprint; scripts give it with --fingerprint")
            }
            typed = line
        }
        guard let digits = Fingerprint.typed(typed), digits.utf8.count >= Self.digitsMin else {
            throw CommandFailure(
                .failed, "that is no half of a fingerprint: it has at least \(Self.digitsMin) digits, 0 to 9 and a to f"
            )
        }
        guard key.fingerprint.hasPrefix(digits) else {
            throw CommandFailure(
                .failed,
                "the fingerprints differ, and nothing was written. A slip of the pen? Otherwise somebody answers in \(name)'s place."
            )
        }
    }

    // MARK: The running site

    private func tellSite() {
        do {
            let access = try SiteAccess(invocation, identity: "admin")
            let response = try access.perform(access.request("POST", "/v1/peers/reload"))
            guard response.status == 200 else { throw access.refusal(response) }
            Terminal.say("The running site knows.")
        } catch {
            let reason = (error as? CommandFailure)?.text.split(separator: "\n").first.map { " (\($0))" } ?? ""
            Terminal.complain(
                "no running site was told\(reason); one takes it when it gets SIGHUP, and at its next start")
        }
    }
}
