package import Configuration
import HTTP
package import InteractionModel
package import Threads

/// Everything a site has for its peers: who they are, what lets them in, and what asks them.
package final class PeerDesk: Sendable {
    package let site: SiteName
    /// This site's, unchanged while it runs.
    package let incarnation: Int64
    package let book = PeerBook()
    package let gate: PeerGate
    package let client: PeerClient
    /// How long ago a peer's summary came; nil for never. Whoever keeps the directory sets it.
    package let summaryAge = Guarded<@Sendable (SiteName) -> Span?>({ _ in nil })
    let counters = PeerCounters()
    let keys: Guarded<PeerKeys>
    let identityRate: AskingRate
    private let clock: SiteClock
    private let folder: String?
    private let http: HTTPClient
    private let configured: Guarded<[Named<PeerSection>]>
    /// Held by whoever writes keys or peers, and reads them back.
    private let writing = Guarded(())

    /// - Throws: `ConfigurationError` for peers that cannot be, `ClientFailure`.
    init(
        site: SiteName, identity: PeerIdentity, configured: [Named<PeerSection>], release: String,
        clock: SiteClock, diary: Diary
    ) throws {
        self.site = site
        incarnation = identity.incarnation
        folder = identity.folder
        keys = Guarded(identity.keys)
        self.configured = Guarded(configured)
        self.clock = clock
        identityRate = AskingRate(perSecond: 20, atOnce: 20) { clock.now().milliseconds }
        let seconds: @Sendable () -> Int64 = { clock.wall().milliseconds / 1000 }
        http = try HTTPClient(ClientConfiguration(version: release, addressPolicy: .operatorsOwn))
        gate = PeerGate(
            site: site, incarnation: incarnation, book: book, keys: keys, counters: counters, diary: diary,
            clock: seconds)
        client = PeerClient(
            site: site, incarnation: incarnation, book: book, keys: keys, http: http, counters: counters, clock: seconds
        )
        try readAgain()
    }

    /// Wall time in milliseconds.
    func wall() -> Int64 { clock.wall().milliseconds }

    /// Milliseconds of a clock that nobody sets.
    func steady() -> Int64 { clock.now().milliseconds }

    /// The incarnation a peer last signed with; nil before it was heard of.
    package func incarnation(of peer: SiteName) -> Int64? { counters.incarnation(of: peer) }

    /// No request goes out any more; what is under way is answered with `.shutDown`.
    func shutdown() { http.shutdown() }

    // MARK: Who is trusted

    /// Takes in what the configuration and the file of managed peers say now; all of it or nothing.
    /// - Parameter configured: nil when only the file may have changed.
    package func reload(configured: [Named<PeerSection>]? = nil) throws(ConfigurationError) {
        try writing.locked { () throws(ConfigurationError) in try replace(configured: configured) }
    }

    private func replace(configured: [Named<PeerSection>]?) throws(ConfigurationError) {
        if let configured {
            let before = self.configured.with { $0 }
            self.configured.with { $0 = configured }
            do throws(ConfigurationError) {
                try readAgain()
            } catch {
                self.configured.with { $0 = before }
                throw error
            }
        } else {
            try readAgain()
        }
    }

    private func readAgain() throws(ConfigurationError) {
        let managed = try folder.map { (folder) throws(ConfigurationError) in try ManagedPeers.read(folder: folder) }
        let own = keys.with { $0.publicKeys }
        let peers = try (managed ?? .none).peers(
            with: configured.with { $0 }, site: site.rawValue, ownKeys: own)
        book.replace(with: peers)
    }

    /// A key that was announced belongs to another peer, or to this site.
    struct ForeignKey: Error {}

    /// Keeps the keys that `peer` announced with one this site knew.
    /// - Throws: `ForeignKey`, `ConfigurationError`, `AtomicFile.Failure`; the old keys then stay.
    func learn(_ announced: [Ed25519.PublicKey], from peer: Peer) throws {
        try writing.locked {
            for key in announced {
                guard book.peer(keyID: key.fingerprint).map({ $0.peer.name == peer.name }) ?? true,
                    !keys.with({ $0.publicKeys.contains(key) })
                else { throw ForeignKey() }
            }
            guard let folder else { return }
            try ManagedPeers.learn(peer, keys: announced, folder: folder)
            try readAgain()
        }
    }

    // MARK: Changing this site's key

    func makeNextKey() throws { try writing.locked { try keys.with { try $0.makeNext(folder: folder) } } }

    func takeNextKey() throws { try writing.locked { try keys.with { try $0.takeNext(folder: folder) } } }
}
