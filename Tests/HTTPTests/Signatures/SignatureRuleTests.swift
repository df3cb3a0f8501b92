import HTTP
import Testing

@Suite("Signature rules")
struct SignatureRuleTests {
    static let rule = SignatureRule(
        components: ["@method", "@target-uri", "content-digest"], tag: "test", lifetimeMax: 60, skewMax: 60)
    static let now: Int64 = 1_700_000_000
    let key = Ed25519.PrivateKey(seed: Array(repeating: 7, count: 32))!
    let body = Array("{}".utf8)

    private func request(_ uri: String = "https://b.example/x", digestOf body: [UInt8]) -> SignedMessage {
        SignedMessage(
            method: "POST", targetURI: uri, fields: [HTTPField("Content-Digest", ContentDigest.value(of: body))])
    }

    private func signed(
        _ message: SignedMessage, components: [SignatureComponent] = rule.components, created: Int64 = now,
        expires: Int64 = now + 60, nonce: String = "n", tag: String = "test"
    ) throws -> SignatureFields.Presented {
        let parameters = SignatureParameters(
            components: components, created: created, expires: expires, keyID: "k", nonce: nonce, tag: tag)
        let fields = try MessageSignature.fields(label: "s", parameters: parameters, message: message, key: key)
        return try SignatureFields.read(input: fields[0].value, signature: fields[1].value)[0]
    }

    @Test("What one side signs by the rule the other accepts by it")
    func accepted() throws {
        let message = request(digestOf: body)
        let presented = try signed(message)
        let picked = try Self.rule.pick(from: [presented])
        try Self.rule.check(picked.parameters, at: Self.now)
        try MessageSignature.verify(picked, message: message, key: key.publicKey)
        try ContentDigest.check(message.field("content-digest"), body: body)
    }

    @Test("A component left out is refused, whichever it is", arguments: 0..<3)
    func leftOut(index: Int) throws {
        var components = Self.rule.components
        components.remove(at: index)
        let presented = try signed(request(digestOf: body), components: components)
        #expect(throws: SignatureFault.self) { try Self.rule.check(presented.parameters, at: Self.now) }
    }

    @Test(
        "Only a signature of about now is accepted",
        arguments: [
            (0, 60, true), (60, 60, true), (61, 60, false), (-60, 0, true), (-120, 60, true), (-121, 60, false),
            (0, 61, false), (0, -1, false), (-61, 0, false), (-2_000_000_000, 60, false),
        ] as [(Int64, Int64, Bool)])
    func times(created: Int64, lifetime: Int64, isFine: Bool) throws {
        let presented = try signed(
            request(digestOf: body), created: Self.now + created, expires: Self.now + created + lifetime)
        let isTaken = (try? Self.rule.check(presented.parameters, at: Self.now)) != nil
        #expect(isTaken == isFine)
    }

    @Test("A message for another address, by another method or with another body does not match")
    func otherMessage() throws {
        let presented = try signed(request(digestOf: body))
        for other in [
            request("https://c.example/x", digestOf: body), request("https://b.example/y", digestOf: body),
            request(digestOf: Array("{ }".utf8)),
            SignedMessage(
                method: "PUT", targetURI: "https://b.example/x",
                fields: [HTTPField("Content-Digest", ContentDigest.value(of: body))]),
        ] {
            #expect(throws: SignatureFault.wrong) {
                try MessageSignature.verify(presented, message: other, key: key.publicKey)
            }
        }
        #expect(throws: SignatureFault.self) {
            try ContentDigest.check(ContentDigest.value(of: body), body: Array("{ }".utf8))
        }
    }

    @Test("Another key, a cut signature and a flipped bit do not match")
    func otherKey() throws {
        let message = request(digestOf: body)
        let presented = try signed(message)
        let stranger = Ed25519.PrivateKey(seed: Array(repeating: 8, count: 32))!
        #expect(throws: SignatureFault.wrong) {
            try MessageSignature.verify(presented, message: message, key: stranger.publicKey)
        }
        let base = try SignatureBase.bytes(of: presented.parameters, message: message)
        #expect(!key.publicKey.verifies(Array(presented.signature.dropLast()), over: base))
        for bit in 0..<512 {
            var flipped = presented.signature
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verifies(flipped, over: base))
        }
    }

    @Test("Of two signatures with the tag none is believed, and one with another tag is not looked at")
    func tags() throws {
        let mine = try signed(request(digestOf: body))
        let other = try signed(request(digestOf: body), tag: "other")
        #expect(try Self.rule.pick(from: [other, mine]) == mine)
        #expect(throws: SignatureFault.self) { try Self.rule.pick(from: [mine, mine]) }
        #expect(throws: SignatureFault.missing) { try Self.rule.pick(from: [other]) }
    }

    @Test("A response is bound to the very request, its signature included")
    func response() throws {
        let parameters = SignatureParameters(
            components: [
                "@status", .ofRequest("@method"), .ofRequest("@target-uri"), .ofRequest("signature", key: "s"),
            ], created: Self.now, expires: Self.now + 60, keyID: "k", nonce: "n", tag: "test")
        func asked(_ signature: String) -> SignedMessage {
            SignedMessage(
                method: "POST", targetURI: "https://b.example/x", fields: [HTTPField("Signature", "s=:\(signature):")])
        }
        let answer = SignedMessage(status: 200, fields: [])
        let fields = try MessageSignature.fields(
            label: "s", parameters: parameters, message: answer, request: asked("AAAA"), key: key)
        let presented = try SignatureFields.read(input: fields[0].value, signature: fields[1].value)[0]
        try MessageSignature.verify(presented, message: answer, request: asked("AAAA"), key: key.publicKey)
        for (message, request) in [
            (answer, asked("AAAB")), (SignedMessage(status: 409, fields: []), asked("AAAA")),
        ] {
            #expect(throws: SignatureFault.wrong) {
                try MessageSignature.verify(presented, message: message, request: request, key: key.publicKey)
            }
        }
        #expect(throws: SignatureFault.self) {
            try MessageSignature.verify(presented, message: answer, key: key.publicKey)
        }
    }

    @Test("A field's lines are joined without the blanks around them; a line end can never enter a base")
    func fieldLines() throws {
        let message = SignedMessage(
            method: "GET", targetURI: "http://a/?",
            fields: [
                HTTPField("X", " a\t"), HTTPField("x", "b "), HTTPField("Y", "1\n\"@method\": PUT"),
                HTTPField("Z", "é"),
            ])
        #expect(message.field("x") == "a, b")
        for name in ["y", "z"] {
            let parameters = SignatureParameters(components: [SignatureComponent(name)], parameters: [])
            #expect(throws: SignatureFault.self) { try SignatureBase.bytes(of: parameters, message: message) }
        }
    }

    @Test(
        "What this room does not know how to write is refused, not skipped",
        arguments: [
            "\"x\";sf", "\"x\";bs", "\"x\";tr", "\"@status\"", "\"@foo\"", "\"absent\"", "\"@method\";req",
            "\"x\";key=1",
            "\"@query-param\"", "\"@method\";name=\"a\"", "\"x\";req",
        ])
    func unknownComponents(component: String) throws {
        let message = SignedMessage(method: "GET", targetURI: "http://a/?a=1", fields: [HTTPField("X", "1")])
        let parameters = try SignatureFields.inputs("s=(\(component))")[0].parameters
        #expect(throws: SignatureFault.self) { try SignatureBase.bytes(of: parameters, message: message) }
    }

    @Test("Content-Digest is that of RFC 9530, Appendix B")
    func contentDigest() throws {
        let body = Array("{\"hello\": \"world\"}\n".utf8)
        let value = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        #expect(ContentDigest.value(of: body) == value)
        try ContentDigest.check("sha-512=:AAAA:, \(value)", body: body)
        for field in [nil, "", "sha-512=:AAAA:", "sha-256=:AAAA:", "sha-256=x", value + ", sha-256=:AAAA:"] {
            #expect(throws: SignatureFault.self) { try ContentDigest.check(field, body: body) }
        }
    }

    @Test("Keys are written and read as one text, and nothing else is one")
    func keys() throws {
        let text = key.publicKey.text
        #expect(Ed25519.PublicKey(text: text) == key.publicKey)
        #expect(key.publicKey.fingerprint.utf8.count == 64)
        for wrong in ["", "ed25519:", String(text.dropLast()), "rsa:" + text.dropFirst(8), text + " ", "ed25519:AAAA"] {
            #expect(Ed25519.PublicKey(text: wrong) == nil)
        }
        #expect(Ed25519.PrivateKey(seed: [1]) == nil)
    }
}
