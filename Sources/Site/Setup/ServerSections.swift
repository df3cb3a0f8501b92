package import Configuration

/// One identity.
package struct IdentitySection: ConfigurationSection {
    static let role = Key("role", .one(of: Role.self), "What it may do.")
    static let tokenHash = Key("tokenHash", .tokenHash, "The hash of its token; interflow token makes both.")

    package static let keys: KeyList = [role, tokenHash]

    package let role: Role
    package let tokenHash: TokenHash

    package init(reading section: SectionReader) {
        role = section[Self.role]
        tokenHash = section[Self.tokenHash]
    }
}

/// The server's certificate.
package struct TLSSection: ConfigurationSection {
    static let certificate = Key("certificate", .readableFile, "PEM file with the certificate and its chain.")
    static let key = Key("key", .readableFile, "PEM file with the private key, mode 600.")
    static let clientAuthorities = Key(
        optional: "clientAuthorities", .readableFile,
        "PEM file with the authorities whose client certificates are taken; without it none is asked for.")

    package static let keys: KeyList = [certificate, key, clientAuthorities]

    package let certificate: FilePath
    package let key: FilePath
    package let clientAuthorities: FilePath?

    package init(reading section: SectionReader) {
        certificate = section[Self.certificate]
        key = section[Self.key]
        clientAuthorities = section[Self.clientAuthorities]
    }
}

/// Bounds of the server.
package struct LimitsSection: ConfigurationSection {
    static let httpThreads = Key("httpThreads", .integer(in: 1...64), default: 2, "Threads that serve HTTP.")
    static let connectionsMax = Key(
        "connectionsMax", .integer(in: 16...1_000_000), default: 10_000, "Connections at once; beyond it 503.")
    static let connectionsPerAddressMax = Key(
        "connectionsPerAddressMax", .integer(in: 1...1_000_000), default: 50,
        "Connections at once from one address; this machine's own are free of it.")
    static let inboxMax = Key(
        "inboxMax", .integer(in: 64...1_000_000), default: 20_000,
        "Requests that wait for the journal; beyond it 503 before anything is kept.")

    package static let keys: KeyList = [httpThreads, connectionsMax, connectionsPerAddressMax, inboxMax]

    package let httpThreads: Int
    package let connectionsMax: Int
    package let connectionsPerAddressMax: Int
    package let inboxMax: Int

    package init(reading section: SectionReader) {
        httpThreads = section[Self.httpThreads]
        connectionsMax = section[Self.connectionsMax]
        connectionsPerAddressMax = section[Self.connectionsPerAddressMax]
        inboxMax = section[Self.inboxMax]
    }
}
