package import Configuration
package import HTTP
package import InteractionModel

/// A site of the network that this site trusts.
package struct Peer: Sendable, Hashable {
    package let name: SiteName
    package let url: WebAddress
    /// One, or two while the peer changes its key.
    package let keys: [Ed25519.PublicKey]
    package let tlsPins: [String]
    package let certificate: ClientCertificate?
    /// The keys that stand in a file somebody wrote; `keys` may be newer, for the peer announced them.
    package let writtenKeys: [Ed25519.PublicKey]
    /// Whether `interflow peer add` wrote it; else it stands in the configuration.
    package let isManaged: Bool

    init(_ entry: Named<PeerSection>, keys: [Ed25519.PublicKey]? = nil, isManaged: Bool) {
        let section = entry.value
        name = SiteName(entry.name)
        url = section.url
        self.keys = keys ?? section.publicKeys
        tlsPins = section.tlsPins
        certificate = section.clientCertificate.map {
            ClientCertificate(certificateFile: $0.certificate.resolved, keyFile: $0.key.resolved)
        }
        writtenKeys = section.publicKeys
        self.isManaged = isManaged
    }

    package var trust: ClientTrust { tlsPins.isEmpty ? .authorities : .pins(tlsPins) }

    /// The address of one of its operations, as it is signed.
    package func uri(_ path: String) -> String { Self.base(url.text) + path }

    func key(_ keyID: String) -> Ed25519.PublicKey? { keys.first { $0.fingerprint == keyID } }

    /// A URL as both sides write it when they sign: no slash at the end, and the host in small letters without the
    /// scheme's own port.
    static func base(_ url: String) -> String {
        let target = TargetURI(url)
        let path = target.path.hasSuffix("/") ? String(target.path.dropLast()) : target.path
        return "\(target.scheme)://\(target.authority)\(path)"
    }
}
