import HTTP
import InteractionModel
import JSON
import Threads

/// What a site asks its peers for its operators.
extension PeerDesk {
    /// How long a peer may take to answer an operator's question.
    private static let patience = Duration.seconds(5)

    // MARK: Ping

    struct Ping: Sendable, Hashable {
        var peer: SiteName
        /// From asking to the answer, in milliseconds.
        var took: Int64
        var reply: PeerReply
        /// What the peer's clock shows beyond ours, in milliseconds, give or take `took`.
        var clockDifference: Int64?

        var json: [UInt8] {
            var writer = JSONWriter()
            writer.beginObject()
            writer.field("peer", peer.rawValue)
            writer.field("milliseconds", took)
            switch reply {
            case .answered(let status, let body, let incarnation):
                writer.field("answered", true)
                writer.field("status", status)
                writer.field("incarnation", incarnation)
                writer.field("clockDifference", clockDifference)
                writer.field("release", (try? JSONValue.parse(body))?["release"]?.stringValue)
            case .noAnswer(let none):
                writer.field("answered", false)
                writer.field("reason", none.reason.rawValue)
                writer.field("claim", none.claim)
                writer.field("detail", none.detail)
            }
            writer.endObject()
            return writer.bytes
        }
    }

    func ping(_ peer: SiteName, _ completion: @escaping @Sendable (Ping) -> Void) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("from", site.rawValue)
        writer.endObject()
        let started = steady()
        let begun = wall()
        client.post(peer, "/federation/v1/ping", body: writer.bytes, deadline: Self.patience) { [self] reply in
            let took = steady() - started
            var ping = Ping(peer: peer, took: took, reply: reply)
            if case .answered(_, let body, _) = reply, let at = (try? JSONValue.parse(body))?["at"]?.integerValue {
                ping.clockDifference = at - (begun + took / 2)
            }
            completion(ping)
        }
    }

    // MARK: Announcing keys

    /// What became of an announcement at one peer.
    struct Told: Sendable, Hashable {
        var peer: SiteName
        /// Nil when the peer says that it knows exactly our keys.
        var fault: String?
    }

    /// Tells every peer this site's keys; `completion` gets what each said, by name.
    func announce(_ completion: @escaping @Sendable ([Told]) -> Void) {
        let names = book.peers.map(\.name)
        guard !names.isEmpty else { return completion([]) }
        let keys = self.keys.with { $0 }
        let body = PeerAnnouncement.body(from: site, keys)
        let results = Guarded<[Told]>([])
        for name in names {
            client.post(name, "/federation/v1/keys", body: body, deadline: Self.patience) { reply in
                let told = Told(peer: name, fault: Self.fault(reply, keys))
                let all = results.with { results in
                    results.append(told)
                    return results.count == names.count ? results : nil
                }
                if let all { completion(all.sorted { $0.peer < $1.peer }) }
            }
        }
    }

    private static func fault(_ reply: PeerReply, _ keys: PeerKeys) -> String? {
        switch reply {
        case .noAnswer(let none): return none.detail
        case .answered(200, let body, _):
            return PeerAnnouncement.keys(in: body) == keys.publicKeys ? nil : "it answered with other keys"
        case .answered(let status, let body, _):
            return (try? JSONValue.parse(body))?["detail"]?.stringValue ?? "it answered with status \(status)"
        }
    }
}
