import Configuration
import HTTP
import InteractionModel
import JSON
import Threads

/// What operators see of the peers, and do about them.
extension API {
    var peerOperations: [Operation] {
        let name = Operation.Parameter(name: "name", place: .path, isRequired: true, text: "The peer's name.")
        return [
            Operation(
                method: .get, path: "/v1/peers", access: .roles([.admin, .supervisor, .auditor]), id: "listPeers",
                summary: "The peers, their keys' fingerprints, and when they were last heard of.",
                responses: [(200, "The peers.", Schemas.list)], perform: listPeers),
            Operation(
                method: .post, path: "/v1/peers/reload", access: .roles([.admin]), id: "reloadPeers",
                summary: "Reads the configuration's peers and the managed ones again.",
                responses: [(200, "They are in force.", nil), (409, "They are wrong; the old ones stay.", nil)],
                perform: reloadPeers),
            Operation(
                method: .post, path: "/v1/peers/{name}/ping", access: .roles([.admin, .supervisor]), id: "pingPeer",
                summary: "Asks a peer, signed, and says what came of it.", parameters: [name],
                responses: [(200, "What came of it.", nil), (404, "There is no such peer.", nil)], perform: pingPeer),
            Operation(
                method: .post, path: "/v1/peers/rotation", access: .roles([.admin]), id: "rotateKey",
                summary: "Changes this site's key, step by step, and announces it to every peer.",
                parameters: [
                    .init(
                        name: "step", place: .query, isRequired: true,
                        text: "next: make the next key; finish: sign with it; announce: tell again.",
                        schema: ["enum": ["next", "finish", "announce"]])
                ],
                responses: [
                    (200, "Which keys there are now, and which peers know them.", nil),
                    (400, "No such step.", nil), (409, "There is no next key, or a peer does not know it.", nil),
                    (503, "The key could not be kept.", nil),
                ], perform: rotateKey),
        ]
    }

    private func listPeers(_ call: Call) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("site", site.rawValue)
        writer.field("incarnation", peers.incarnation)
        writer.field("fingerprints", peers.keys.with { $0.publicKeys.map(\.fingerprint) })
        if let waitingFor = exchange.restorer.waitingFor { write(restoringFrom: waitingFor, to: &writer) }
        writer.key("peers")
        writer.beginArray()
        let age = peers.summaryAge.with { $0 }
        for peer in peers.book.peers {
            writer.beginObject()
            writer.field("name", peer.name.rawValue)
            writer.field("url", peer.url.text)
            writer.field("fingerprints", peer.keys.map(\.fingerprint))
            writer.field("isPinned", !peer.tlsPins.isEmpty)
            writer.field("isManaged", peer.isManaged)
            writer.field("incarnation", peers.incarnation(of: peer.name))
            writer.field("summaryAge", age(peer.name)?.milliseconds)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        call.answer(200, json: writer.bytes)
    }

    private func reloadPeers(_ call: Call) {
        do throws(ConfigurationError) {
            try peers.reload(configured: try plans.file?.peers())
            call.answer(200, json: Array(#"{"peers":\#(peers.book.peers.count)}"#.utf8))
        } catch {
            call.refuse(409, "peers-wrong", "The old peers stay: \(error)")
        }
    }

    private func pingPeer(_ call: Call) {
        let name = SiteName(call.arguments[0])
        guard peers.book.peer(name) != nil else {
            return call.refuse(404, "no-peer", "There is no such peer; interflow peer add makes one known.")
        }
        peers.ping(name) { call.answer(200, json: $0.json) }
    }

    // MARK: Changing the key

    private func rotateKey(_ call: Call) {
        guard let step = (try? Form(call.request.query))?["step"], ["next", "finish", "announce"].contains(step) else {
            return call.refuse(400, "invalid-request", "step is next, finish or announce.")
        }
        let isStarted = WorkThread.start { [self] in
            do {
                if step == "next" { try peers.makeNextKey() }
                guard step == "finish" else { return announce(call) }
                guard peers.keys.with({ $0.next }) != nil else {
                    return call.refuse(409, "no-next-key", "There is no next key; make one with step=next.")
                }
                peers.announce { [self] results in finish(call, results) }
            } catch {
                call.refuse(503, "not-kept", "\(error)")
            }
        }
        if !isStarted { call.refuse(503, "overloaded", "There is no thread for it; try again.") }
    }

    /// Nobody signs with a key that a peer does not know: its answers would mean nothing there.
    private func finish(_ call: Call, _ results: [PeerDesk.Told]) {
        let deaf = results.filter { $0.fault != nil }.map(\.peer.rawValue)
        guard deaf.isEmpty else {
            return call.refuse(
                409, "next-key-unknown",
                "Nothing was changed: \(deaf.joined(separator: ", ")) did not say that the next key is known there.")
        }
        // The client's thread, which calls this, must not wait for the disk.
        let isStarted = WorkThread.start { [self] in
            do {
                try peers.takeNextKey()
                diary.note("the key of this site was changed")
                announce(call)
            } catch {
                call.refuse(503, "not-kept", "\(error)")
            }
        }
        if !isStarted { call.refuse(503, "overloaded", "There is no thread for it; try again.") }
    }

    private func announce(_ call: Call) {
        peers.announce { [peers] results in
            var writer = JSONWriter()
            writer.beginObject()
            writer.field("fingerprints", peers.keys.with { $0.publicKeys.map(\.fingerprint) })
            writer.key("peers")
            writer.beginArray()
            for told in results {
                writer.beginObject()
                writer.field("name", told.peer.rawValue)
                writer.field("knows", told.fault == nil)
                writer.field("reason", told.fault)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
            call.answer(200, json: writer.bytes)
        }
    }
}
