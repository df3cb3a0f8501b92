import Foundation
import HTTP
import Support
import Testing

@testable import Site

/// Peers whose certificates are their own.
@Suite("Peers over TLS", .timeLimit(.minutes(1)))
final class PeerTLSTests {
    let folder: String

    init() throws { folder = try Files.temporaryFolder("tls") }

    deinit { Files.remove(folder) }

    private func certificate(_ name: String) throws -> TLSOptions {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return TLSOptions(certificateFile: "\(folder)/\(name).pem", keyFile: "\(folder)/\(name).key")
    }

    @Test("A peer with a certificate of its own is reached by its pin; without the pin nothing is sent to it")
    func pinned() throws {
        let munich = try PeerBench("munich", tls: try certificate("munich"))
        let berlin = try PeerBench("berlin")
        _ = try certificate("other")
        try munich.knows([berlin])
        let pin = try #require(TLSPin.of(certificateFile: "\(folder)/munich.pem"))
        let other = try #require(TLSPin.of(certificateFile: "\(folder)/other.pem"))
        for (pins, reason) in [([], .untrusted), ([other], .untrusted), ([pin], nil), ([other, pin], nil)]
            as [([String], NoAnswer.Reason?)]
        {
            try berlin.knows([munich], pins: pins)
            let reply = berlin.ask(munich)
            #expect(reply.reason == reason)
            if case .noAnswer(let none) = reply { #expect(!none.wasSent) }
        }
        #expect(munich.noted.count == 2)
    }

    @Test("The right certificate and another site's key is no peer")
    func rightCertificateOtherKey() throws {
        let munich = try PeerBench("munich", tls: try certificate("munich"))
        let (berlin, stranger) = (try PeerBench("berlin"), try PeerBench("munich"))
        try munich.knows([berlin])
        let pin = try #require(TLSPin.of(certificateFile: "\(folder)/munich.pem"))
        let wrong = [(name: "munich", url: munich.url, keys: [stranger.key.publicKey], pins: [pin])]
        try berlin.desk.reload(configured: try PeerBench.sections(PeerBench.yaml(wrong)))
        #expect(berlin.ask(munich).reason == .badSignature)
    }
}
