import CCurl

/// Whom a request believes over TLS. There is no way to believe everybody.
package enum ClientTrust: Sendable, Hashable {
    /// An authority of the system (or of `extraAuthoritiesFile`) vouches for the URL's host name.
    case authorities
    /// Whoever owns one of these public keys, instead of authorities, names and dates: for peers whose key was told
    /// beforehand. Each `sha256//` and the base64 of SHA-256 over the certificate's SubjectPublicKeyInfo, as in
    /// RFC 7469 §2.4. Only for `https`; none, or one that is not of this form, is `.invalidRequest`.
    case pins([String])

    package static let pinsMax = 8

    /// Whether `text` has the form of a pin.
    package static func isPin(_ text: String) -> Bool {
        let prefix = "sha256//"
        return text.hasPrefix(prefix) && Base64.decode(String(text.dropFirst(prefix.count)))?.count == 32
    }

    func check(_ url: ClientURL) throws(ClientFailure) {
        guard case .pins(let pins) = self else { return }
        guard (1...Self.pinsMax).contains(pins.count), pins.allSatisfy(Self.isPin) else {
            throw ClientPreparedRequest.refuse("trust", "pins are sha256// and base64, at most \(Self.pinsMax)")
        }
        guard url.isEncrypted else { throw ClientPreparedRequest.refuse("trust", "only https has keys to pin") }
    }

    /// After the options that every handle has. libcurl compares pins and certificates before it uses a kept-alive
    /// connection again, so none is used under a milder rule than it was opened with.
    func set(_ options: inout ClientCurl.Options) {
        guard case .pins(let pins) = self else { return }
        // libcurl checks the pin whatever the two options below say; they ask for an authority and a name, which a
        // certificate that somebody signed for themselves does not have.
        options.set(CURLOPT_PINNEDPUBLICKEY, pins.joined(separator: ";"))
        options.set(CURLOPT_SSL_VERIFYPEER, 0)
        options.set(CURLOPT_SSL_VERIFYHOST, 0)
        // Sessions are kept by host and port: one begun under another rule must not spare the certificate.
        options.set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    }
}

/// A certificate and its key for those who ask clients to show one, in PEM files.
package struct ClientCertificate: Sendable, Hashable {
    package var certificateFile: String
    package var keyFile: String

    package init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    func set(_ options: inout ClientCurl.Options) {
        options.set(CURLOPT_SSLCERT, certificateFile)
        options.set(CURLOPT_SSLKEY, keyFile)
    }
}
