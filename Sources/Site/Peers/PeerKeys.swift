package import HTTP

/// The keys a site signs with for its peers: the one in use and, while it is being changed, the next.
package struct PeerKeys: Sendable {
    package static let fileName = "peer.key"
    package static let nextFileName = "peer.key.next"

    package private(set) var current: Ed25519.PrivateKey
    package private(set) var next: Ed25519.PrivateKey?

    init(current: Ed25519.PrivateKey, next: Ed25519.PrivateKey? = nil) {
        self.current = current
        self.next = next
    }

    static func path(in folder: String) -> String { "\(folder)/\(fileName)" }
    static func nextPath(in folder: String) -> String { "\(folder)/\(nextFileName)" }

    init(folder: String, seed: [UInt8]) throws {
        current = Self.key(seed)
        next = try KeyFile.read(Self.nextPath(in: folder)).map(Self.key)
    }

    /// Those a running or stopped site has; nil where there is none yet.
    package static func read(folder: String) throws -> PeerKeys? {
        guard let seed = try KeyFile.read(path(in: folder)) else { return nil }
        return try PeerKeys(folder: folder, seed: seed)
    }

    private static func key(_ seed: [UInt8]) -> Ed25519.PrivateKey {
        guard let key = Ed25519.PrivateKey(seed: seed) else { preconditionFailure("A key file holds 32 bytes.") }
        return key
    }

    /// What peers must know of us.
    package var publicKeys: [Ed25519.PublicKey] { [current.publicKey] + (next.map { [$0.publicKey] } ?? []) }

    /// Makes the key that shall follow; the same one again when there is one already.
    mutating func makeNext(folder: String?) throws {
        guard next == nil else { return }
        next = Self.key(try folder.map { try KeyFile.make(Self.nextPath(in: $0)) } ?? RandomBytes.make(32))
    }

    /// The next key becomes the one in use; the old one is gone for good.
    mutating func takeNext(folder: String?) throws {
        guard let next else { return }
        if let folder { try AtomicFile.move(Self.nextPath(in: folder), over: Self.path(in: folder)) }
        current = next
        self.next = nil
    }
}

/// How people compare keys: 64 hexadecimal digits in groups of four, easily read aloud.
package enum Fingerprint {
    package static func groups(_ fingerprint: String) -> [String] {
        let digits = Array(fingerprint)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
    }

    package static func spoken(_ fingerprint: String) -> String { groups(fingerprint).joined(separator: " ") }

    /// What somebody typed, without the blanks, colons and dashes people put between groups; nil when something else
    /// than hexadecimal digits is left.
    package static func typed(_ text: String) -> String? {
        let digits = text.lowercased().filter { !" :-\t".contains($0) && !$0.isNewline }
        return digits.allSatisfy { "0123456789abcdef".contains($0) } ? digits : nil
    }
}
