/// One address a server listens on.
package struct Listener: Sendable, Hashable {
    /// A numeric IPv4 or IPv6 address: `127.0.0.1`, `0.0.0.0`, `::1`, `::`. An IPv6 listener takes IPv6 only.
    package var address: String
    /// 0 asks the kernel for a free port; `HTTPServer.boundAddresses` tells which.
    package var port: UInt16
    /// Plain HTTP when nil.
    package var tls: TLSOptions?

    package init(address: String, port: UInt16, tls: TLSOptions? = nil) {
        self.address = address
        self.port = port
        self.tls = tls
    }
}

/// How a listener speaks TLS: 1.3, or 1.2 with forward secrecy.
package struct TLSOptions: Sendable, Hashable {
    /// PEM file with the server's certificate and its chain, leaf first.
    package var certificateFile: String
    /// PEM file with the private key of the leaf.
    package var keyFile: String
    package var clientCertificates: ClientCertificates

    /// Whether clients are asked for a certificate. None of the choices demands one: a handler decides by the
    /// request's fingerprint.
    package enum ClientCertificates: Sendable, Hashable {
        case notAsked
        /// A certificate that these authorities (PEM file) did not issue fails the handshake.
        case verified(authoritiesFile: String)
        /// Any certificate passes, self-signed and expired ones too: the caller pins its fingerprint.
        case pinnedByCaller
    }

    package init(
        certificateFile: String, keyFile: String, clientCertificates: ClientCertificates = .notAsked
    ) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.clientCertificates = clientCertificates
    }
}

/// An address a server does listen on.
package struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    package let address: String
    package let port: UInt16
    package let isSecure: Bool

    package var description: String {
        let host = address.utf8.contains(Byte.colon) ? "[\(address)]" : address
        return "\(isSecure ? "https" : "http")://\(host):\(port)"
    }
}
