import HTTP
import JSON
import Site

/// `peer list` and `peer ping`: what the running site knows of its peers, and what they say when it asks them.
struct PeerListing {
    private let access: SiteAccess
    private let isJSON: Bool

    init(_ invocation: Invocation) throws {
        access = try SiteAccess(invocation, identity: "admin")
        isJSON = invocation.has("json")
    }

    func list() throws -> ExitCode {
        let answer = try value(access.request("GET", "/v1/peers"))
        let peers = answer["peers"]?.arrayValue ?? []
        var pings: [JSONValue] = []
        for peer in peers { pings.append(try ask(peer["name"]?.stringValue ?? "")) }
        if isJSON {
            var all = answer.objectValue ?? JSONObject()
            all["pings"] = .array(pings)
            Terminal.say(String(decoding: JSONValue.object(all).bytes, as: UTF8.self))
        } else {
            if peers.isEmpty { Terminal.say("no peers; interflow peer add makes one known") }
            for line in Self.lines(restoration: answer["restoration"]) { Terminal.say(TerminalText.safe(line)) }
            for (peer, ping) in zip(peers, pings) {
                for line in Self.lines(peer, ping) { Terminal.say(TerminalText.safe(line)) }
            }
        }
        return pings.allSatisfy { $0["answered"]?.boolValue == true } ? .ok : .failed
    }

    func ping(_ name: String) throws -> ExitCode {
        let ping = try ask(name)
        if isJSON {
            Terminal.say(String(decoding: ping.bytes, as: UTF8.self))
        } else {
            for line in Self.words(ping, site: try? value(access.request("GET", "/v1/peers"))["site"]?.stringValue) {
                Terminal.say(TerminalText.safe(line))
            }
        }
        return ping["answered"]?.boolValue == true ? .ok : .failed
    }

    private func ask(_ name: String) throws -> JSONValue {
        try value(access.request("POST", "/v1/peers/\(PercentEncoding.encode(name))/ping"))
    }

    private func value(_ request: ClientRequest) throws -> JSONValue {
        let response = try access.perform(request)
        guard response.status != 404 else { throw CommandFailure(.noInput, SiteProblem(response).text) }
        guard response.status == 200 else { throw access.refusal(response) }
        return (try? JSONValue.parse(response.body, limits: JSONLimits(maxBytes: 16 << 20))) ?? .null
    }

    // MARK: Words

    /// After a restore from a backup: for whom nothing of the backup moves yet.
    static func lines(restoration: JSONValue?) -> [String] {
        guard let waitingFor = restoration?["waitingFor"]?.arrayValue else { return [] }
        let names = waitingFor.compactMap { peer in
            peer["name"]?.stringValue.map { $0 + (peer["fault"]?.stringValue.map { " (\($0))" } ?? "") }
        }
        return [
            "restored from a backup: nothing of it moves until all have told what they know; missing: "
                + (names.isEmpty ? "nobody, it is being decided" : names.joined(separator: ", "))
        ]
    }

    /// One peer in the list: a line of how it is, one for each key.
    static func lines(_ peer: JSONValue, _ ping: JSONValue) -> [String] {
        let name = peer["name"]?.stringValue ?? "?"
        let state =
            ping["answered"]?.boolValue == true
            ? "answers in \(ping["milliseconds"]?.integerValue ?? 0) ms"
            : "no answer: \(ping["claim"]?.stringValue ?? ping["reason"]?.stringValue ?? "?")"
        let incarnation = peer["incarnation"]?.integerValue.map { ", incarnation \($0)" } ?? ""
        let summary = peer["summaryAge"]?.integerValue.map { ", last summary \(seconds($0)) ago" } ?? ", no summary yet"
        return ["\(name)  \(peer["url"]?.stringValue ?? "?")  \(state)\(incarnation)\(summary)"]
            + (peer["fingerprints"]?.arrayValue ?? []).compactMap {
                $0.stringValue.map { "    \(Fingerprint.spoken($0))" }
            }
    }

    /// What came of a ping, and what to do about it.
    /// - Parameter site: what this site calls itself.
    static func words(_ ping: JSONValue, site: String?) -> [String] {
        let name = ping["peer"]?.stringValue ?? "?"
        guard ping["answered"]?.boolValue == true else {
            let here = site ?? "THIS-SITE"
            let advice = advice(
                ping["reason"]?.stringValue ?? "", claim: ping["claim"]?.stringValue, peer: name, site: here)
            return ["\(name) gave no answer to be believed: \(ping["detail"]?.stringValue ?? "")"]
                + (advice.map { [$0] } ?? [])
        }
        let release = ping["release"]?.stringValue.map { ", release \($0)" } ?? ""
        var lines = [
            "\(name) answered in \(ping["milliseconds"]?.integerValue ?? 0) ms, incarnation "
                + "\(ping["incarnation"]?.integerValue ?? 0)\(release)"
        ]
        if let difference = ping["clockDifference"]?.integerValue, abs(difference) > 5000 {
            lines.append(
                "Its clock is \(seconds(abs(difference))) \(difference > 0 ? "ahead of" : "behind") this site's; "
                    + "beyond a minute both refuse each other. Let both follow a time server.")
        }
        return lines
    }

    private static func advice(_ reason: String, claim: String?, peer: String, site: String) -> String? {
        switch claim ?? reason {
        case "unknown-key": "\(peer) does not know this site's key. There: interflow peer add \(site) URL"
        case "time": "The clocks of the two sites differ by more than a minute. Let both follow a time server."
        case "wrong-destination":
            "\(peer) does not know itself by the URL this site has for it. There, say it under peerURLs, or change it here."
        case "bad-signature", "digest":
            "Something between the sites changes what they send, or \(peer) answers under another path than this site asks for."
        case "wrong-sender": "\(peer) knows this site's key under another name. There: interflow peer list"
        case "replayed": "Something between the sites sends requests twice."
        case "untrusted":
            "Its certificate is not believed. Is it its own? Then name its pin: interflow peer add --tls-pin, or tlsPins in the configuration."
        case "unreachable":
            "Nobody listens there, or its name has no address: is \(peer) running, and is the URL right?"
        case "unsigned": "Something before \(peer) answers in its place: a proxy, or another program at that URL."
        case "timed-out": "It takes longer than 5 seconds, or a firewall drops what is sent."
        case "busy": "It is there and knows this site, but can take nothing now."
        default: nil
        }
    }

    static func seconds(_ milliseconds: Int64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }
}
