import Glibc
import HTTP
import Site

/// What it costs one thread that sites sign for each other: the curve alone, and a whole request as it travels.
enum SignatureBench {
    /// Bytes of a request's body: some fifty short messages of one batch.
    static let bodyBytes = 32 << 10
    private static let seconds = 0.5

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        guard let key = Ed25519.PrivateKey(seed: RandomBytes.make(Ed25519.keyBytes)) else {
            preconditionFailure("32 random bytes are a key.")
        }
        let base = RandomBytes.make(400)
        let signature = key.signature(over: base)
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: bodyBytes)
        let now = Int64(time(nil))
        let signed = signedRequest(body, key, now)
        let figures: [(String, String, () -> Bool)] = [
            ("peers.ed25519", "signatures/s, over 400 bytes", { !key.signature(over: base).isEmpty }),
            ("peers.ed25519", "verifications/s, over 400 bytes", { key.publicKey.verifies(signature, over: base) }),
            ("peers.request", "signed/s", { signedRequest(body, key, now).field("signature") != nil }),
            ("peers.request", "verified/s", { isBelieved(signed, body, key.publicKey, now) }),
        ]
        let input = "a request of \(bodyBytes >> 10) KiB with digest and signature, one thread"
        return try figures.map { name, unit, action in
            BenchResult(
                bench: name, input: name == "peers.request" ? input : "the curve alone, one thread", unit: unit,
                values: try (0..<options.runs).map { _ in try rate(action) })
        }
    }

    private static func rate(_ action: () -> Bool) throws -> Double {
        var count = 0
        let start = Stopwatch.seconds
        while Stopwatch.seconds < start + seconds {
            guard action() else { throw CommandFailure(.software, "a signature is not believed") }
            count += 1
        }
        return Double(count) / (Stopwatch.seconds - start)
    }

    private static let uri = "http://127.0.0.1:8080/federation/v1/messages"
    private static let type = HTTPField("Content-Type", "application/json")

    private static func signedRequest(_ body: [UInt8], _ key: Ed25519.PrivateKey, _ now: Int64) -> SignedMessage {
        let fields = PeerSignature.fields(body: body, incarnation: now) + [type]
        let unsigned = SignedMessage(method: "POST", targetURI: uri, fields: fields)
        return SignedMessage(
            method: "POST", targetURI: uri, fields: fields + PeerSignature.sign(unsigned, key: key, now: now))
    }

    private static func isBelieved(
        _ message: SignedMessage, _ body: [UInt8], _ key: Ed25519.PublicKey, _ now: Int64
    ) -> Bool {
        do throws(SignatureFault) {
            let presented = try PeerSignature.presented(message, by: PeerSignature.request)
            try PeerSignature.request.check(presented.parameters, at: now)
            try MessageSignature.verify(presented, message: message, key: key)
            try ContentDigest.check(message.field(ContentDigest.fieldName), body: body)
            return true
        } catch {
            return false
        }
    }
}
