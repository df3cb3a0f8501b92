import Configuration
package import HTTP
package import InteractionModel
import Threads

/// The peers this site trusts now, by name and by key.
package final class PeerBook: Sendable {
    private struct Page {
        var peers: [Peer] = []
        var byName: [SiteName: Peer] = [:]  // Looked up only.
        var byKey: [String: Peer] = [:]  // Looked up only.
        var listeners: [@Sendable ([Peer]) -> Void] = []
    }

    private let page: Guarded<Page>

    package init(_ peers: [Peer] = []) {
        page = Guarded(Page())
        replace(with: peers)
    }

    /// By name.
    package var peers: [Peer] { page.with { $0.peers } }

    package func peer(_ name: SiteName) -> Peer? { page.with { $0.byName[name] } }

    /// The peer who may sign with this key: where a request comes from.
    package func peer(keyID: String) -> (peer: Peer, key: Ed25519.PublicKey)? {
        page.with { $0.byKey[keyID] }.flatMap { peer in peer.key(keyID).map { (peer, $0) } }
    }

    /// Calls `body` after each change, on the thread that made it; it must not change the book itself.
    package func whenChanged(_ body: @escaping @Sendable ([Peer]) -> Void) {
        page.with { $0.listeners.append(body) }
    }

    /// From now on these are all. What a removed peer has under way is answered or refused by the next look into the book.
    func replace(with peers: [Peer]) {
        let sorted = peers.sorted { $0.name < $1.name }
        let listeners = page.with { page in
            page.peers = sorted
            page.byName = Dictionary(sorted.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            page.byKey = Dictionary(
                sorted.flatMap { peer in peer.keys.map { ($0.fingerprint, peer) } },
                uniquingKeysWith: { first, _ in first })
            return page.listeners
        }
        for listener in listeners { listener(sorted) }
    }
}
