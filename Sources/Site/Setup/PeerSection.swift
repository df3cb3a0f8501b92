package import Configuration
package import HTTP

/// One peer: a site of the network, where it is reached, and how it proves who it is.
package struct PeerSection: ConfigurationSection {
    static let url = Key("url", .url(), "Where this site reaches the peer; the peer must know itself by this name.")
    static let publicKeys = Key(
        "keys", .list(of: .peerKey, count: 1...2),
        "Its keys, as its interflow peer identity prints them; two while it changes them.")
    static let tlsPins = Key(
        "tlsPins", .list(of: .tlsPin, count: 0...ClientTrust.pinsMax), default: [],
        "Public keys of its certificate that are believed instead of authorities and names.")
    static let clientCertificate = Key(
        optional: "clientCertificate", .section(ClientCertificateSection.self), staysCommented: true,
        "The certificate this site shows where the peer asks for one.")

    package static let keys: KeyList = [url, publicKeys, tlsPins, clientCertificate]

    package let url: WebAddress
    package let publicKeys: [Ed25519.PublicKey]
    package let tlsPins: [String]
    package let clientCertificate: ClientCertificateSection?

    package init(reading section: SectionReader) {
        url = section[Self.url]
        publicKeys = section[Self.publicKeys]
        tlsPins = section[Self.tlsPins]
        clientCertificate = section[Self.clientCertificate]
    }

    package static func check(_ section: inout SectionReader) {
        guard let url = section.ifSound(url), let pins = section.ifSound(tlsPins) else { return }
        if !pins.isEmpty, url.scheme != "https" {
            section.complain(at: tlsPins, and: self.url, "pins a key where nothing is encrypted", hint: "use https://")
        }
        if url.target.contains("?") { section.complain(at: self.url, "must not hold a query", hint: nil) }
    }
}

/// A certificate this site shows to a peer.
package struct ClientCertificateSection: ConfigurationSection {
    static let certificate = Key("certificate", .readableFile, "PEM file with the certificate and its chain.")
    static let key = Key("key", .readableFile, "PEM file with the private key, mode 600.")

    package static let keys: KeyList = [certificate, key]

    package let certificate: FilePath
    package let key: FilePath

    package init(reading section: SectionReader) {
        certificate = section[Self.certificate]
        key = section[Self.key]
    }
}

extension ValueType where Value == Ed25519.PublicKey {
    /// `ed25519:` and the raw public key in base64.
    package static var peerKey: ValueType {
        scalar(
            "a public key, ed25519: and base64", example: "ed25519:JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
            text: { $0.text },
            parse: { (written) throws(Configuration.Refusal) in
                guard let key = Ed25519.PublicKey(text: written) else {
                    throw Configuration.Refusal(
                        "must be ed25519: and 32 bytes in base64", hint: "interflow peer identity prints it there")
                }
                return key
            })
    }
}

extension ValueType where Value == String {
    /// `sha256//` and base64 (RFC 7469 §2.4).
    package static var tlsPin: ValueType {
        scalar(
            "a pin of a public key, sha256// and base64",
            example: "sha256//" + String(repeating: "A", count: 43) + "=", text: { $0 },
            parse: { (written) throws(Configuration.Refusal) in
                guard ClientTrust.isPin(written) else {
                    throw Configuration.Refusal(
                        "must be sha256// and 32 bytes in base64", hint: "interflow peer identity prints it there")
                }
                return written
            })
    }
}
