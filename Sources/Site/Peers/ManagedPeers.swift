package import Configuration
package import HTTP
import Glibc
import InteractionModel

/// The peers that `interflow peer add` wrote, and the keys that peers announced: a file beside the journal.
package struct ManagedPeers: ConfigurationSection {
    package static let fileName = "peers.yaml"
    /// Peers of a network; more is a mistake.
    package static let countMax = 256

    static let peers = Key(
        "peers", .named(.section(PeerSection.self), count: 0...countMax), default: [], "Peers by name.")
    static let learned = Key(
        "learned", .named(.section(LearnedKeys.self), count: 0...countMax), default: [],
        "Keys that peers announced, signed with a key this site knew.")

    package static let keys: KeyList = [peers, learned]

    package private(set) var peers: [Named<PeerSection>] = []
    package private(set) var learned: [Named<LearnedKeys>] = []

    package init(reading section: SectionReader) {
        peers = section[Self.peers]
        learned = section[Self.learned]
    }

    private init() {}

    static let none = ManagedPeers()

    /// What a peer's keys became after somebody wrote them down.
    package struct LearnedKeys: ConfigurationSection {
        static let written = Key("written", .list(of: .peerKey, count: 1...2), "The keys that stood in the file then.")
        static let announced = Key("keys", .list(of: .peerKey, count: 1...2), "The peer's keys since.")

        package static let keys: KeyList = [written, announced]

        package let written: [Ed25519.PublicKey]
        package let announced: [Ed25519.PublicKey]

        package init(reading section: SectionReader) {
            written = section[Self.written]
            announced = section[Self.announced]
        }
    }

    // MARK: The file

    package static func path(in folder: String) -> String { "\(folder)/\(fileName)" }

    /// - Throws: `ConfigurationError` that names file and line. A file that is not there holds nothing.
    package static func read(folder: String) throws(ConfigurationError) -> ManagedPeers {
        let path = path(in: folder)
        guard access(path, F_OK) == 0 || errno != ENOENT else { return ManagedPeers() }
        return try ConfigurationFile.load(ManagedPeers.self, from: path).root
    }

    /// A peer as it is written into the file.
    package struct Entry: Sendable, Hashable {
        package var name: String
        package var url: String
        package var keys: [Ed25519.PublicKey]
        package var tlsPins: [String]

        package init(name: String, url: String, keys: [Ed25519.PublicKey], tlsPins: [String]) {
            self.name = name
            self.url = url
            self.keys = keys
            self.tlsPins = tlsPins
        }
    }

    /// What the file says, free to be changed. Client certificates stand in the configuration only.
    struct Draft {
        var entries: [Entry]
        var learned: [(name: String, written: [Ed25519.PublicKey], announced: [Ed25519.PublicKey])]

        var text: String {
            var lines = [
                "# Written by interflow; change it with interflow peer.", "peers:" + (entries.isEmpty ? " {}" : ""),
            ]
            for entry in entries.sorted(by: { $0.name < $1.name }) {
                lines.append("  \(Self.quoted(entry.name)):")
                lines.append("    url: \(Self.quoted(entry.url))")
                lines.append("    keys: \(Self.list(entry.keys.map(\.text)))")
                if !entry.tlsPins.isEmpty { lines.append("    tlsPins: \(Self.list(entry.tlsPins))") }
            }
            lines.append("learned:" + (learned.isEmpty ? " {}" : ""))
            for one in learned.sorted(by: { $0.name < $1.name }) {
                lines.append("  \(Self.quoted(one.name)):")
                lines.append("    written: \(Self.list(one.written.map(\.text)))")
                lines.append("    keys: \(Self.list(one.announced.map(\.text)))")
            }
            return lines.joined(separator: "\n") + "\n"
        }

        /// Names, URLs, keys and pins hold neither quotes nor backslashes.
        private static func quoted(_ text: String) -> String { "\"\(text)\"" }
        private static func list(_ texts: [String]) -> String {
            "[\(texts.map(quoted).joined(separator: ", "))]"
        }
    }

    /// Reads the file, lets `body` change it, and writes it, while nobody else does.
    static func change(folder: String, _ body: (inout Draft) throws -> Void) throws {
        let lock = open("\(folder)/\(fileName).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw AtomicFile.Failure(
                description: "cannot lock \(path(in: folder)): \(String(cString: strerror(errno)))")
        }
        defer { close(lock) }
        let now = try read(folder: folder)
        var draft = Draft(
            entries: now.peers.map {
                Entry(
                    name: $0.name, url: $0.value.url.text, keys: $0.value.publicKeys, tlsPins: $0.value.tlsPins)
            }, learned: now.learned.map { ($0.name, $0.value.written, $0.value.announced) })
        try body(&draft)
        try AtomicFile.write(draft.text, to: path(in: folder))
    }

    /// Writes a peer, if it can be one beside those that are known.
    /// - Throws: `ConfigurationError` that names both places, or what is wrong with the entry.
    package static func add(
        _ entry: Entry, folder: String, beside configuration: SiteConfiguration, own: PeerKeys
    ) throws {
        try change(folder: folder) { draft in
            guard !draft.entries.contains(where: { $0.name == entry.name }) else {
                throw AtomicFile.Failure(
                    description: "\(entry.name) is a peer already; interflow peer remove forgets it")
            }
            draft.entries.append(entry)
            draft.learned.removeAll { $0.name == entry.name }
            let read = try ConfigurationFile.read(
                ManagedPeers.self, bytes: Array(draft.text.utf8), file: path(in: folder)
            ).root
            _ = try read.peers(with: configuration.peers, site: configuration.site, ownKeys: own.publicKeys)
        }
    }

    /// Forgets a peer; false when the file has none of that name.
    package static func remove(_ name: String, folder: String) throws -> Bool {
        var isFound = false
        try change(folder: folder) { draft in
            isFound = draft.entries.contains { $0.name == name }
            draft.entries.removeAll { $0.name == name }
            draft.learned.removeAll { $0.name == name }
        }
        return isFound
    }

    /// Keeps what `peer` announced.
    static func learn(_ peer: Peer, keys: [Ed25519.PublicKey], folder: String) throws {
        try change(folder: folder) { draft in
            draft.learned.removeAll { $0.name == peer.name.rawValue }
            if keys != peer.writtenKeys { draft.learned.append((peer.name.rawValue, peer.writtenKeys, keys)) }
        }
    }

    // MARK: Together with the configuration

    /// All peers, of the configuration and of this file.
    ///
    /// Announced keys count only while the keys they followed still stand in the file: whoever writes other keys has the
    /// last word.
    /// - Throws: `ConfigurationError` for a name or a key that stands twice, naming both places, and for this site's own.
    package func peers(
        with configured: [Named<PeerSection>], site: String, ownKeys: [Ed25519.PublicKey]
    ) throws(ConfigurationError) -> [Peer] {
        var complaints: [Complaint] = []
        for entry in peers {
            if let other = configured.first(where: { $0.name == entry.name }) {
                complaints.append(
                    Complaint(
                        at: entry.place, "stands in \(other.place.file), line \(other.place.line), too",
                        hint: "keep one; interflow peer remove \(entry.name) takes this one away"))
            }
        }
        let all = configured.map { ($0, false) } + peers.map { ($0, true) }
        var owners = Dictionary(ownKeys.map { ($0.fingerprint, "this site") }, uniquingKeysWith: { first, _ in first })
        var result: [Peer] = []
        for (entry, isManaged) in all {
            let peer = Peer(entry, keys: announced(for: entry), isManaged: isManaged)
            if entry.name == site { complaints.append(Complaint(at: entry.place, "is this site itself")) }
            for key in peer.keys {
                if let owner = owners.updateValue(entry.name, forKey: key.fingerprint) {
                    complaints.append(Complaint(at: entry.place, "has the same key as \(owner)"))
                }
            }
            result.append(peer)
        }
        guard complaints.isEmpty else { throw ConfigurationError(complaints) }
        return result
    }

    private func announced(for entry: Named<PeerSection>) -> [Ed25519.PublicKey]? {
        learned.first { $0.name == entry.name && $0.value.written == entry.value.publicKeys }?.value.announced
    }
}
