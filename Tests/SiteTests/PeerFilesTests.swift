import Configuration
import Foundation
import HTTP
import InteractionModel
import Support
import Testing
import Threads

@testable import Site

@Suite("What a site keeps of itself and its peers")
final class PeerFilesTests {
    let folder: String

    init() throws { folder = try Files.temporaryFolder("peers") }

    deinit { Files.remove(folder) }

    private func load(journalLast: Int64 = 0, now: Int64 = 1_000_000) throws -> PeerIdentity {
        try PeerIdentity.load(folder: folder, journalLast: journalLast, now: now)
    }

    private func mode(_ name: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)"))?[.posixPermissions] as? Int) ?? 0
    }

    // MARK: Incarnation and key

    @Test("Both are made at the first start and never change by themselves; nobody else may read them")
    func firstStart() throws {
        let first = try load()
        #expect(first.incarnation == 1_000_000)
        for (last, now) in [(3, 2_000_000), (3, 1), (5_000, 3_000_000)] as [(Int64, Int64)] {
            let again = try load(journalLast: last, now: now)
            #expect(again.incarnation == first.incarnation)
            #expect(again.keys.current.publicKey == first.keys.current.publicKey)
        }
        #expect(mode("peer.key") == 0o600)
        #expect(mode("incarnation") == 0o600)
    }

    @Test("A journal that ends before it once did is refused until somebody says that it was restored")
    func restored() throws {
        let first = try load(journalLast: 50)
        first.remember(journalLast: 100)
        #expect(throws: PeerIdentity.Failure.self) { try load(journalLast: 99) }
        let second = try Incarnation.begin(folder: folder, journalLast: 99, now: 500)
        #expect(second.number == first.incarnation + 1, "a clock that went back does not bring an old number back")
        #expect(second.sequence == 100 + 1 << 30, "beyond all that the lost life can have written")
        #expect(throws: PeerIdentity.Failure.self, "it has not leapt") { try load(journalLast: 99) }
        #expect(try load(journalLast: second.sequence + 1).incarnation == second.number)
        #expect(try Incarnation.begin(folder: folder, journalLast: 99, now: 9_000_000).number == 9_000_000)
        // The same backup once more, a year later: above the first restored life too.
        let year: Int64 = 1_800_000_000_000
        #expect(try Incarnation.begin(folder: folder, journalLast: 99, now: year).sequence == year - 1_767_225_600_000)
    }

    @Test("A folder restored without one of the two is refused, and says what to do")
    func partlyRestored() throws {
        _ = try load()
        try FileManager.default.removeItem(atPath: "\(folder)/incarnation")
        let noNumber = #expect(throws: PeerIdentity.Failure.self) { try load() }
        #expect(noNumber?.description.contains("interflow journal restored") == true)
        _ = try Incarnation.begin(folder: folder, journalLast: 0, now: 2)
        try FileManager.default.removeItem(atPath: "\(folder)/peer.key")
        #expect(throws: PeerIdentity.Failure.self) { try load() }
    }

    @Test("A key that others may read, a key cut short and an incarnation nobody understands are refused")
    func damaged() throws {
        _ = try load()
        chmod("\(folder)/peer.key", 0o640)
        #expect(throws: PeerIdentity.Failure.self) { try load() }
        try Files.write("short", to: "\(folder)/peer.key")
        #expect(throws: PeerIdentity.Failure.self) { try load() }
        try FileManager.default.removeItem(atPath: "\(folder)/peer.key")
        try FileManager.default.removeItem(atPath: "\(folder)/incarnation")
        _ = try load()
        for text in ["", "7", "incarnation: x\nsequence: 1\n", "incarnation: 1\n", "sequence: 1\nincarnation: 1\n"] {
            try Files.write(text, to: "\(folder)/incarnation")
            #expect(throws: PeerIdentity.Failure.self) { try load() }
        }
    }

    @Test("The next key waits beside the old one over restarts, and takes its place for good")
    func nextKey() throws {
        var keys = try load().keys
        try keys.makeNext(folder: folder)
        let next = try #require(keys.next).publicKey
        try keys.makeNext(folder: folder)
        #expect(keys.next?.publicKey == next)
        #expect(mode("peer.key.next") == 0o600)
        var later = try load().keys
        #expect(later.publicKeys == [keys.current.publicKey, next])
        try later.takeNext(folder: folder)
        #expect(try load().keys.publicKeys == [next])
    }

    // MARK: Peers

    private static func key(_ byte: UInt8) -> Ed25519.PublicKey {
        Ed25519.PrivateKey(seed: Array(repeating: byte, count: 32))!.publicKey
    }

    private static func entry(_ name: String, _ byte: UInt8) -> ManagedPeers.Entry {
        .init(
            name: name, url: "https://\(name).example/", keys: [key(byte)],
            tlsPins: ["sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="])
    }

    private func configuration(_ peers: String = "") throws -> SiteConfiguration {
        let text = "site: berlin\ndata: data\nqueues: { support: {} }\ndefaultQueue: support\n\(peers)"
        return try ConfigurationFile.read(SiteConfiguration.self, bytes: Array(text.utf8), file: "interflow.yaml").root
    }

    private func add(_ entry: ManagedPeers.Entry, beside peers: String = "") throws {
        try ManagedPeers.add(entry, folder: folder, beside: try configuration(peers), own: try load().keys)
    }

    private func all(_ peers: String = "") throws -> [Peer] {
        try ManagedPeers.read(folder: folder).peers(
            with: try configuration(peers).peers, site: "berlin", ownKeys: try load().keys.publicKeys)
    }

    @Test("What is added is read again the same, is nobody else's to read, and can be removed")
    func managed() throws {
        try add(Self.entry("munich", 1))
        try add(Self.entry("hamburg", 2))
        let peers = try all()
        #expect(Set(peers.map(\.name.rawValue)) == ["munich", "hamburg"])
        let munich = try #require(peers.first { $0.name == SiteName("munich") })
        #expect(munich.keys == [Self.key(1)])
        #expect(munich.uri("/x") == "https://munich.example/x")
        #expect(munich.trust == .pins(Self.entry("munich", 1).tlsPins))
        #expect(mode("peers.yaml") == 0o600)
        #expect(try ManagedPeers.remove("munich", folder: folder))
        #expect(try !ManagedPeers.remove("munich", folder: folder))
        #expect(try all().map(\.name.rawValue) == ["hamburg"])
    }

    @Test("A peer in both places is refused by naming both; so are this site itself, a name twice, and a key twice")
    func conflicts() throws {
        let yaml = "peers: { munich: { url: https://m.example, keys: [\"\(Self.key(9).text)\"] } }\n"
        try add(Self.entry("munich", 1))
        let failure = #expect(throws: ConfigurationError.self) { try all(yaml) }
        #expect(failure?.description.contains("interflow.yaml, line 5") == true)
        #expect(failure?.description.contains("\(folder)/peers.yaml:3") == true)
        for (entry, peers) in [
            (Self.entry("munich", 2), ""), (Self.entry("hamburg", 1), ""), (Self.entry("berlin", 3), ""),
            (Self.entry("hamburg", 9), yaml.replacing("munich", with: "frankfurt")),
        ] {
            #expect(throws: (any Error).self) { try add(entry, beside: peers) }
        }
        var own = Self.entry("hamburg", 4)
        own.keys = [try load().keys.current.publicKey]
        #expect(throws: ConfigurationError.self) { try add(own) }
        #expect(try all().map(\.name.rawValue) == ["munich"])
    }

    @Test(
        "An entry that is no peer is refused before anything is written",
        arguments: ["http://munich.example", "https://munich.example/?a=1", "munich", "https://m\"x"])
    func invalid(url: String) throws {
        var entry = Self.entry("munich", 1)
        entry.url = url
        #expect(throws: (any Error).self) { try add(entry) }
        #expect(!Files.exists("\(folder)/peers.yaml"))
    }

    @Test("Announced keys count until somebody writes others")
    func learned() throws {
        try add(Self.entry("munich", 1))
        try ManagedPeers.learn(try all()[0], keys: [Self.key(1), Self.key(2)], folder: folder)
        #expect(try all()[0].keys == [Self.key(1), Self.key(2)])
        try ManagedPeers.learn(try all()[0], keys: [Self.key(2)], folder: folder)
        #expect(try all()[0].keys == [Self.key(2)])
        _ = try ManagedPeers.remove("munich", folder: folder)
        try add(Self.entry("munich", 3))
        #expect(try all()[0].keys == [Self.key(3)])

        func yaml(_ byte: UInt8) -> String {
            "peers: { hamburg: { url: https://h.example, keys: [\"\(Self.key(byte).text)\"] } }\n"
        }
        let hamburg = try #require(try all(yaml(4)).first { $0.name == SiteName("hamburg") })
        try ManagedPeers.learn(hamburg, keys: [Self.key(5)], folder: folder)
        #expect(try all(yaml(4)).first { !$0.isManaged }?.keys == [Self.key(5)])
        #expect(try all(yaml(6)).first { !$0.isManaged }?.keys == [Self.key(6)])
    }

    @Test("A desk learns what a peer announces, over a restart, and nothing that is another site's")
    func desk() throws {
        let identity = try load()
        let munich = try PeerBench("munich", identity: identity, folder: folder)
        let (berlin, hamburg) = (try PeerBench("berlin"), try PeerBench("hamburg"))
        try munich.knows([berlin, hamburg])
        let peer = try #require(munich.desk.book.peer(berlin.name))
        for foreign in [hamburg.key.publicKey, munich.key.publicKey] {
            #expect(throws: PeerDesk.ForeignKey.self) {
                try munich.desk.learn([berlin.key.publicKey, foreign], from: peer)
            }
        }
        try munich.desk.learn([berlin.key.publicKey, Self.key(1)], from: peer)
        #expect(munich.desk.book.peer(keyID: Self.key(1).fingerprint)?.peer.name == berlin.name)
        try munich.knows([berlin])
        #expect(munich.desk.book.peer(berlin.name)?.keys.count == 2)
    }

    @Test("A book that cannot be read leaves the old one in force")
    func brokenBook() throws {
        let munich = try PeerBench("munich", identity: try load(), folder: folder)
        let berlin = try PeerBench("berlin")
        try munich.knows([berlin])
        let changes = Guarded(0)
        munich.desk.book.whenChanged { _ in changes.with { $0 += 1 } }
        try Files.write("peers: [", to: "\(folder)/peers.yaml")
        #expect(throws: ConfigurationError.self) { try munich.knows([]) }
        #expect(munich.desk.book.peer(berlin.name) != nil)
        #expect(changes.with { $0 } == 0)
        try Files.write("peers: {}", to: "\(folder)/peers.yaml")
        try munich.desk.reload()
        #expect(munich.desk.book.peer(berlin.name) != nil)
        #expect(changes.with { $0 } == 1)
    }

    @Test("Fingerprints are spoken in groups of four, and typed with whatever stands between them")
    func fingerprints() {
        let print = Self.key(1).fingerprint
        let spoken = Fingerprint.spoken(print)
        #expect(spoken.split(separator: " ").count == 16)
        for typed in [spoken, print.uppercased(), spoken.replacing(" ", with: ":"), "  \(spoken)\n"] {
            #expect(Fingerprint.typed(typed) == print)
        }
        #expect(Fingerprint.typed("no digits") == nil)
    }
}
