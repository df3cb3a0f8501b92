import HTTP
import InteractionModel
import JSON
import Threads

/// What sites ask one another about themselves.
extension API {
    var federationOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/federation/v1/identity", access: .anyone, id: "identity",
                summary:
                    "Who this site says it is. Proves nothing: people compare fingerprints before they believe it.",
                responses: [(200, "Name and keys.", nil), (429, "Asked too often; try again.", nil)],
                perform: tellIdentity),
            .federation(
                "/federation/v1/ping", id: "peerPing", summary: "Whether both sites know each other, and their clocks.",
                responses: [(200, "They do.", nil)], perform: ping),
            .federation(
                "/federation/v1/keys", id: "peerKeys",
                summary: "The sender's keys from now on, announced with one that is known.",
                responses: [
                    (200, "They are known now.", nil), (409, "A key is another site's.", nil),
                    (503, "They could not be kept; try again.", nil),
                ], perform: takeKeys),
        ]
    }

    private func tellIdentity(_ call: Call) {
        guard peers.identityRate.takes() else {
            return call.refuse(429, "too-often", "Ask again in a second.", headers: [HTTPField("Retry-After", "1")])
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("site", site.rawValue)
        writer.field("release", release)
        writer.field("incarnation", peers.incarnation)
        writer.field("keys", peers.keys.with { $0.publicKeys.map(\.text) })
        writer.endObject()
        call.answer(200, json: writer.bytes)
    }

    private func ping(_ call: PeerCall) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("site", site.rawValue)
        writer.field("release", release)
        writer.field("at", peers.wall())
        writer.endObject()
        call.answer(200, json: writer.bytes)
    }

    private func takeKeys(_ call: PeerCall) {
        guard let keys = PeerAnnouncement.keys(in: call.body), keys.contains(call.key) else {
            return call.refuse(
                400, "invalid-request", "keys holds one or two keys, and the one that signed this is among them.")
        }
        // Keeping them waits for the disk, which this thread may not.
        let isStarted = WorkThread.start { [peers, diary] in
            do {
                if keys != call.peer.keys {
                    try peers.learn(keys, from: call.peer)
                    let prints = keys.map { Fingerprint.spoken($0.fingerprint) }.joined(separator: " and ")
                    diary.note("\(call.peer.name) announced its keys: \(prints)")
                }
                call.answer(200, json: PeerAnnouncement.answer(knowing: keys))
            } catch is PeerDesk.ForeignKey {
                diary.alarm("\(call.peer.name) announced a key of another site; nothing was changed")
                call.refuse(409, "foreign-key", "One of these keys is another site's.")
            } catch {
                diary.alarm("keys that \(call.peer.name) announced could not be kept: \(error)")
                call.refuse(503, "not-kept", "The keys could not be kept; announce them again.")
            }
        }
        if !isStarted { call.refuse(503, "not-kept", "There is no thread to keep them; announce them again.") }
    }
}

/// The announcement of a site's keys and what is answered to it.
enum PeerAnnouncement {
    static func body(from site: SiteName, _ keys: PeerKeys) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("from", site.rawValue)
        writer.field("keys", keys.publicKeys.map(\.text))
        writer.endObject()
        return writer.bytes
    }

    static func answer(knowing keys: [Ed25519.PublicKey]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("keys", keys.map(\.text))
        writer.endObject()
        return writer.bytes
    }

    /// Nil unless there are one or two different keys and nothing else among them.
    static func keys(in body: [UInt8]) -> [Ed25519.PublicKey]? {
        guard let texts = (try? JSONValue.parse(body))?["keys"]?.arrayValue, (1...2).contains(texts.count) else {
            return nil
        }
        let keys = texts.compactMap { $0.stringValue.flatMap { Ed25519.PublicKey(text: $0) } }
        return keys.count == texts.count && Set(keys).count == keys.count ? keys : nil
    }
}
