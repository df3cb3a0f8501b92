import HTTP
import Testing
import Threads

@testable import Site

/// Everything a stranger, an eavesdropper or a peer who means harm may send; over real sockets.
@Suite("The gate for peers", .timeLimit(.minutes(1)))
struct PeerGateTests {
    let berlin: PeerBench
    let munich: PeerBench
    let hamburg: PeerBench

    /// Munich knows both others; hamburg knows berlin.
    init() throws {
        berlin = try PeerBench("berlin")
        munich = try PeerBench("munich")
        hamburg = try PeerBench("hamburg")
        try munich.knows([berlin, hamburg])
        try hamburg.knows([berlin])
        try berlin.knows([munich, hamburg])
    }

    /// Nothing happened at munich, and it counted why.
    private func refuses(_ answer: String, _ expected: String, _ reason: PeerRefusal.Reason) {
        #expect(answer == expected)
        #expect(munich.noted.isEmpty)
        #expect(munich.refused(reason) == 1)
    }

    @Test("What a peer signs for this site is let in, and nothing about it is counted as refused")
    func admitted() throws {
        #expect(try HandmadeRequest(berlin, to: munich).send() == "200 ")
        #expect(munich.noted == [#"berlin {"from":"berlin"}"#])
        #expect(munich.desk.counters.current.refused.isEmpty)
        #expect(munich.desk.incarnation(of: berlin.name) == 7)
    }

    @Test("A key that nobody made known is refused")
    func unknownKey() throws {
        let stranger = try PeerBench("berlin")
        refuses(try HandmadeRequest(stranger, to: munich).send(), "401 peer-unknown-key", .unknownKey)
    }

    @Test("Another peer's key does not pass for this one's")
    func otherPeersKey() throws {
        var request = HandmadeRequest(berlin, to: munich)
        request.key = hamburg.key
        refuses(try request.send(), "401 peer-bad-signature", .badSignature)
    }

    @Test("A peer cannot speak for another: who it is comes from the key")
    func otherName() throws {
        var request = HandmadeRequest(hamburg, to: munich)
        request.body = berlin.body()
        refuses(try request.send(), "403 peer-wrong-sender", .wrongSender)
    }

    @Test("What was signed for another site is refused here, unchanged and replayed")
    func otherDestination() throws {
        var request = HandmadeRequest(berlin, to: munich)
        request.uri = hamburg.url + PeerBench.path
        refuses(try request.send(to: munich.url), "401 peer-bad-signature", .badSignature)
        #expect(try request.send() == "200 ")
        #expect(try HandmadeRequest(berlin, to: munich).send() == "200 ")
    }

    @Test("By a name that is not this site's nothing is let in")
    func otherHost() throws {
        var request = HandmadeRequest(berlin, to: munich)
        request.uri = munich.url.replacing("127.0.0.1", with: "localhost") + PeerBench.path
        refuses(try request.send(), "403 peer-wrong-destination", .wrongDestination)
    }

    @Test("The same request a second time is refused")
    func replay() throws {
        let request = HandmadeRequest(berlin, to: munich)
        #expect(try request.send() == "200 ")
        #expect(try request.send() == "401 peer-replayed")
        #expect(munich.noted.count == 1)
    }

    @Test("Another body under a valid signature is refused, also with its own digest")
    func swappedBody() throws {
        let request = HandmadeRequest(berlin, to: munich)
        let other = berlin.body(#","more":1"#)
        refuses(try request.send(body: other), "401 peer-digest", .digest)
        let answer = try request.send(body: other) { fields in
            fields.map {
                $0.name == "Content-Digest" ? HTTPField($0.name, ContentDigest.value(of: other)) : $0
            }
        }
        refuses(answer, "401 peer-bad-signature", .badSignature)
    }

    @Test("Another method, another path, another incarnation and another content type are refused")
    func swappedParts() throws {
        let request = HandmadeRequest(berlin, to: munich)
        let answer = try request.send { fields in
            fields.map { $0.name == "Interflow-Incarnation" ? HTTPField($0.name, "8") : $0 }
        }
        #expect(answer == "401 peer-bad-signature")
        var path = request
        path.uri = munich.url + PeerBench.path + "?x=1"
        #expect(try path.send(to: munich.url) == "401 peer-bad-signature")
        #expect(munich.noted.isEmpty)
    }

    @Test("What is too old, from the future, or good for too long is refused", arguments: [-200, 200, 61] as [Int64])
    func times(shift: Int64) throws {
        var request = HandmadeRequest(berlin, to: munich)
        if shift == 61 { request.lifetime = 61 } else { request.created += shift }
        let isTime = shift != 61
        refuses(
            try request.send(), isTime ? "401 peer-time" : "401 peer-insufficient", isTime ? .time : .insufficient)
    }

    @Test("A component that is not covered is refused, whichever", arguments: PeerSignature.request.components)
    func missingComponent(component: SignatureComponent) throws {
        var request = HandmadeRequest(berlin, to: munich)
        request.components.removeAll { $0 == component }
        refuses(try request.send(), "401 peer-insufficient", .insufficient)
    }

    @Test("Without a signature, with half of one, or with one for something else, nobody is let in")
    func unsigned() throws {
        let request = HandmadeRequest(berlin, to: munich)
        #expect(try request.send { $0.filter { !$0.name.hasPrefix("Signature") } } == "401 peer-unsigned")
        #expect(try request.send { $0.filter { $0.name != "Signature" } } == "401 peer-unsigned")
        #expect(try request.send { $0.filter { $0.name != "Signature-Input" } } == "401 peer-unsigned")
        var tagged = request
        tagged.tag = "something-else"
        #expect(try tagged.send() == "401 peer-unsigned")
        #expect(
            try request.send { $0.map { $0.name == "Signature" ? HTTPField("Signature", "peer=:AA") : $0 } }
                == "401 peer-malformed")
        #expect(munich.noted.isEmpty)
    }

    @Test("A body that is no JSON object of the sender is refused", arguments: ["", "[]", "{}", #"{"from":1}"#, "x"])
    func content(body: String) throws {
        var request = HandmadeRequest(berlin, to: munich)
        request.body = Array(body.utf8)
        refuses(try request.send(), "400 peer-content", .content)
    }

    @Test("A peer's two keys both count while it changes them, and a removed peer is refused at once")
    func changes() throws {
        try berlin.desk.makeNextKey()
        try munich.knows([berlin, hamburg])
        #expect(try HandmadeRequest(berlin, to: munich).send() == "200 ")
        var next = HandmadeRequest(berlin, to: munich)
        next.key = try #require(berlin.desk.keys.with { $0.next })
        next.keyID = next.key.publicKey.fingerprint
        #expect(try next.send() == "200 ")
        try munich.knows([hamburg])
        #expect(try HandmadeRequest(berlin, to: munich).send() == "401 peer-unknown-key")
        #expect(munich.noted.count == 2)
    }

    @Test("Random damage to any signed field lets nobody in, and traps nothing")
    func damage() throws {
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<150 {
            let answer = try HandmadeRequest(berlin, to: munich).send { fields in
                var fields = fields.filter { $0.name != "Content-Type" }
                let index = fields.indices.randomElement(using: &dice)!
                var bytes = Array(fields[index].value.utf8)
                let place = bytes.indices.randomElement(using: &dice)!
                let old = bytes[place]
                repeat { bytes[place] = UInt8.random(in: 0x21...0x7e, using: &dice) } while bytes[place] == old
                fields[index] = HTTPField(fields[index].name, String(decoding: bytes, as: UTF8.self))
                return fields
            }
            #expect(answer.hasPrefix("401"), "\(answer)")
        }
        #expect(munich.noted.isEmpty)
    }

    @Test("Nonces are forgotten only when their signatures have expired, and what they cost is bounded")
    func nonces() {
        let memory = Guarded(NonceMemory())
        func isNew(_ nonce: Int, at now: Int64) -> Bool {
            let presented = try? SignatureFields.read(
                input: "peer=();keyid=\"k\";nonce=\"\(nonce)\"", signature: "peer=:AA==:")
            return memory.with { memory in presented.map { memory.isNew($0[0], at: now) } } ?? false
        }
        #expect(isNew(1, at: 1000))
        for seconds in [0, 100, 179, 180, 181] as [Int64] { #expect(!isNew(1, at: 1000 + seconds)) }
        #expect(isNew(1, at: 2000))
        for nonce in 0..<NonceMemory.generationMax { _ = isNew(nonce + 10, at: 2001) }
        #expect(!isNew(NonceMemory.generationMax + 9, at: 2002))
    }
}
