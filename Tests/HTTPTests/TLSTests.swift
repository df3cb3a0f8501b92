import COpenSSL
import Foundation
import Testing

@testable import HTTP

/// Certificates made for one test by the openssl command, in a folder of its own.
struct Certificates {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "interflow-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A self-signed certificate; returns its SHA-256 as the server tells it.
    @discardableResult
    func make(_ name: String) throws -> String {
        _ = try Self.openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=\(name)", "-keyout", path("\(name).key"), "-out", path("\(name).pem"))
        let text = try Self.openssl("x509", "-in", path("\(name).pem"), "-noout", "-fingerprint", "-sha256")
        let digits = text.split(separator: "=").last ?? ""
        return digits.replacing(":", with: "").trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    static func openssl(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    func options(_ name: String, clients: TLSOptions.ClientCertificates = .notAsked) -> TLSOptions {
        TLSOptions(
            certificateFile: path("\(name).pem"), keyFile: path("\(name).key"), clientCertificates: clients)
    }
}

/// A blocking TLS client.
private final class TLSClient {
    struct Failure: Error {}

    private let connection: RawConnection
    private let context: OpaquePointer
    private let session: OpaquePointer

    init(
        port: UInt16, certificate: (pem: String, key: String)? = nil, maximum: Int32 = TLS1_3_VERSION,
        ciphers: String? = nil
    ) throws {
        connection = try RawConnection(port: port)
        context = SSL_CTX_new(TLS_client_method())
        if let certificate {
            SSL_CTX_use_certificate_file(context, certificate.pem, SSL_FILETYPE_PEM)
            SSL_CTX_use_PrivateKey_file(context, certificate.key, SSL_FILETYPE_PEM)
        }
        _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(maximum), nil)
        // Lets the client offer what a careful server must refuse.
        SSL_CTX_set_security_level(context, 0)
        if let ciphers { SSL_CTX_set_cipher_list(context, ciphers) }
        session = SSL_new(context)
        SSL_set_fd(session, connection.descriptor)
        guard SSL_connect(session) == 1 else { throw Failure() }
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    var version: String { String(cString: SSL_get_version(session)) }

    var serverName: String {
        guard let certificate = SSL_get1_peer_certificate(session) else { return "" }
        defer { X509_free(certificate) }
        var text = [CChar](repeating: 0, count: 64)
        let count = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, &text, 64)
        return String(decoding: text.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Sends a request and reads until its answer's body ends in a full stop.
    func ask(_ text: String) throws -> String {
        let request = Array(text.utf8)
        guard SSL_write(session, request, Int32(request.count)) == request.count else { throw Failure() }
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: ".") {
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = SSL_read(session, &chunk, Int32(chunk.count))
            guard count > 0 else { throw Failure() }
            answer += chunk[..<Int(count)]
        }
        return String(decoding: answer, as: UTF8.self)
    }
}

@Suite("TLS")
struct TLSTests {
    private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    /// Answers `scheme fingerprint.`
    private static let handler = ClosureHandler { request, responder in
        let text = "\(request.isSecure) \(request.clientCertificateFingerprint ?? "none") \(request.body.count)."
        responder.send(HTTPResponse(status: 200, contentType: "text/plain", body: text))
    }

    private static func server(_ options: TLSOptions) throws -> TestServer {
        try TestServer(handler) { $0.listeners = [Listener(address: "127.0.0.1", port: 0, tls: options)] }
    }

    @Test("1.3 and 1.2 are spoken, on one connection again and again, and bodies of any size arrive")
    func versions() throws {
        let certificates = try Certificates()
        try certificates.make("a")
        let server = try Self.server(certificates.options("a"))
        for (maximum, name) in [(TLS1_3_VERSION, "TLSv1.3"), (TLS1_2_VERSION, "TLSv1.2")] {
            let client = try TLSClient(port: server.port, maximum: maximum)
            #expect(client.version == name)
            for count in [0, 100_000, 3] {
                let body = String(repeating: "x", count: count)
                let answer = try client.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(count)\r\n\r\n\(body)")
                #expect(answer.hasSuffix("true none \(count)."))
            }
        }
    }

    @Test("1.1, and 1.2 without forward secrecy, get no connection")
    func tooOld() throws {
        let certificates = try Certificates()
        try certificates.make("a")
        let server = try Self.server(certificates.options("a"))
        #expect(throws: TLSClient.Failure.self) { try TLSClient(port: server.port, maximum: TLS1_1_VERSION) }
        #expect(throws: TLSClient.Failure.self) {
            try TLSClient(port: server.port, maximum: TLS1_2_VERSION, ciphers: "AES128-GCM-SHA256")
        }
        #expect(server.counts(.tlsHandshake, 2))
    }

    @Test("New certificates are used by new connections, and open ones are not disturbed")
    func reload() throws {
        let certificates = try Certificates()
        try certificates.make("a")
        let server = try Self.server(certificates.options("a"))
        let old = try TLSClient(port: server.port)
        #expect(old.serverName == "a")
        try certificates.make("b")
        for kind in ["pem", "key"] {
            try FileManager.default.removeItem(atPath: certificates.path("a.\(kind)"))
            try FileManager.default.copyItem(
                atPath: certificates.path("b.\(kind)"), toPath: certificates.path("a.\(kind)"))
        }
        try server.server.reloadCertificates()
        #expect(try TLSClient(port: server.port).serverName == "b")
        #expect(try old.ask(Self.get).hasSuffix("true none 0."))
        try Data("broken".utf8).write(to: URL(filePath: certificates.path("a.pem")))
        let failure = #expect(throws: ServerFailure.self) { try server.server.reloadCertificates() }
        #expect(failure?.description.contains(certificates.path("a.pem")) == true)
        #expect(try TLSClient(port: server.port).serverName == "b")
    }

    @Test("A client's certificate is told by its fingerprint; without one the connection is made all the same")
    func pinned() throws {
        let certificates = try Certificates()
        try certificates.make("a")
        let fingerprint = try certificates.make("peer")
        let server = try Self.server(certificates.options("a", clients: .pinnedByCaller))
        let known = try TLSClient(
            port: server.port, certificate: (certificates.path("peer.pem"), certificates.path("peer.key")))
        #expect(try known.ask(Self.get).hasSuffix("true \(fingerprint) 0."))
        #expect(try TLSClient(port: server.port).ask(Self.get).hasSuffix("true none 0."))
    }

    @Test("A client's certificate that the authorities did not issue fails the connection")
    func verified() throws {
        let certificates = try Certificates()
        for name in ["a", "good", "bad"] { try certificates.make(name) }
        let server = try Self.server(
            certificates.options("a", clients: .verified(authoritiesFile: certificates.path("good.pem"))))
        let good = try TLSClient(
            port: server.port, certificate: (certificates.path("good.pem"), certificates.path("good.key")))
        #expect(try good.ask(Self.get).contains("200 OK"))
        // In TLS 1.3 a client learns only with its first answer that it was refused.
        #expect(throws: TLSClient.Failure.self) {
            let bad = try TLSClient(
                port: server.port, certificate: (certificates.path("bad.pem"), certificates.path("bad.key")))
            _ = try bad.ask(Self.get)
        }
    }

    @Test("Plain HTTP on a TLS port is no request")
    func plain() throws {
        let certificates = try Certificates()
        try certificates.make("a")
        let server = try Self.server(certificates.options("a"))
        let connection = try server.connect()
        connection.send(Self.get)
        #expect(connection.readToEnd()?.contains("HTTP/1.1") == false)
        #expect(server.counts(.tlsHandshake))
        #expect(server.server.statistics.requests == 0)
    }

    @Test("A key that does not fit its certificate fails the start and says which files")
    func mismatch() throws {
        let certificates = try Certificates()
        for name in ["a", "b"] { try certificates.make(name) }
        var options = certificates.options("a")
        options.keyFile = certificates.path("b.key")
        let failure = #expect(throws: ServerFailure.self) { try Self.server(options) }
        #expect(failure?.kind == .certificate)
        #expect(failure?.description.contains(options.keyFile) == true)
        options.keyFile = certificates.path("missing.key")
        #expect(throws: ServerFailure.self) { try Self.server(options) }
    }
}
