import ChannelContract
import ChannelKit
import Configuration
import HTTP
import SMS
import Testing

/// Twilio's answers for the token 0123456789abcdef0123456789abcdef, made with its own Python library.
struct SMSSignatureTests {
    struct Vector: Sendable, CustomStringConvertible {
        let name: String
        let url: String
        let payload: SMSSignature.Payload
        let signature: String
        var algorithm = SignatureKey.Algorithm.hmacSHA1

        var description: String { name }
    }

    static let text: [Form.Pair] = [
        .init("MessageSid", "SM00000000000000000000000000000001"),
        .init("AccountSid", "AC00000000000000000000000000000000"), .init("From", "+4915112345678"),
        .init("To", "+4930900000"), .init("Body", "Hallo, wo ist mein Paket?"), .init("NumMedia", "0"),
        .init("NumSegments", "1"),
    ]
    static let unicode = text.map { $0.name == "Body" ? .init("Body", "Grüße 👋 & mehr") : $0 } + [.init("ToCity", "")]
    static let url = "https://if.example.test/hooks/twilio/sms"
    static let json = Array(#"{"EventType":"onMessageAdded","Body":"hi"}"#.utf8)

    static let vectors = [
        Vector(name: "plain form", url: url, payload: .form(text), signature: "E5PB+o81PePcHkABL/SdFplRgJw="),
        Vector(
            name: "query, unicode, empty value", url: url + "?site=a&x=1%202", payload: .form(unicode),
            signature: "AbpPIRf8S49tyhi83S/k5s1fOTo="),
        Vector(
            name: "explicit port", url: "https://if.example.test:8443/hooks/twilio/sms", payload: .form(text),
            signature: "hzKKh24WsaJpREWgYDzV54gF0zw="),
        Vector(
            name: "repeated parameter", url: url,
            payload: .form([
                .init("MediaUrl", "https://m/2"), .init("MediaUrl", "https://m/1"), .init("MediaUrl", "https://m/2"),
                .init("From", "+1"),
            ]), signature: "IMibTruUSmf8+w5fKcQ1vyuN49I="),
        Vector(
            name: "JSON body",
            url: url + "?bodySHA256=48d78f5c5b957756ad675de989a4c474ed4c834a1deb77a42671d7723240bcb4",
            payload: .bytes(json), signature: "boGiBagkGmwGKV9uJvfuyG9MUBI="),
        Vector(
            name: "SHA-256", url: url, payload: .form(text),
            signature: "GJACDvoQf0KdMXW7D+OK7t5W7PCuzvq2M7ipuYZHHvc=", algorithm: .hmacSHA256),
    ]

    @Test("A signature made by Twilio's library is right, and ours is the same", arguments: vectors)
    func vector(vector: Vector) {
        let key = SMSDriver.key(.current)
        let code = SMSSignature.code(url: vector.url, payload: vector.payload, key: key, algorithm: vector.algorithm)
        #expect(code.base64 == vector.signature)
        #expect(isValid(vector.signature, vector.url, vector.payload, vector.algorithm))
    }

    @Test("The right signature for something else is wrong", arguments: vectors)
    func elsewhere(vector: Vector) {
        let others = SMSSignatureTests.vectors.filter { $0.name != vector.name }
        let accepted = others.filter { isValid(vector.signature, $0.url, $0.payload, $0.algorithm) }
        // The same text once with and once without a port: that much is tolerated.
        #expect(accepted.map(\.name) == (vector.name == "plain form" ? ["explicit port"] : []))
    }

    @Test("A changed JSON body is refused though the URL's signature is right")
    func changedBody() {
        let vector = SMSSignatureTests.vectors[4]
        #expect(!isValid(vector.signature, vector.url, .bytes(SMSSignatureTests.json + [0x20]), .hmacSHA1))
    }

    @Test(
        "A port that the scheme implies may be signed or not; another port may be left out of the signature",
        arguments: [
            ("https://a.test/x", "https://a.test:443/x", true), ("https://a.test:443/x", "https://a.test/x", true),
            ("http://a.test/x?y=:1", "http://a.test:80/x?y=:1", true),
            ("https://a.test:8443/x", "https://a.test/x", true), ("https://a.test/x", "https://a.test:8443/x", false),
            ("https://a.test:8443/x", "https://a.test:443/x", false), ("https://[::1]/x", "https://[::1]:443/x", true),
            ("https://[::1]:99/x", "https://[::1]/x", true), ("https://a.test/x", "http://a.test/x", false),
        ])
    func ports(called: String, signed: String, isValid expected: Bool) {
        let code = SMSSignature.code(
            url: signed, payload: .form([]), key: SMSDriver.key(.current), algorithm: .hmacSHA1)
        #expect(isValid(code.base64, called, .form([]), .hmacSHA1) == expected)
    }

    @Test(
        "The settings header names the algorithm, and an unknown one is nobody's",
        arguments: [
            (nil, SignatureKey.Algorithm.hmacSHA1), ("", .hmacSHA1), ("key=abc", .hmacSHA1),
            ("key=abc,algorithm=HMAC_SHA256", .hmacSHA256), ("algorithm = hmac_sha256 , key=abc", .hmacSHA256),
            ("algorithm=HMAC_SHA1", .hmacSHA1), ("algorithm=HMAC_MD5", nil), ("algorithm=none", nil),
        ] as [(String?, SignatureKey.Algorithm?)])
    func algorithms(settings: String?, expected: SignatureKey.Algorithm?) {
        #expect(SMSSignature.algorithm(settings: settings) == expected)
    }

    @Test("What the helper signs is what the adapter takes, in either form")
    func helper() throws {
        let key = SMSDriver.key(.current)
        let form = SMSRequest.sign(
            SMSSignatureTests.unicode, url: SMSSignatureTests.url, key: key, algorithm: .hmacSHA256)
        let json = SMSRequest.sign(json: SMSSignatureTests.json, url: SMSSignatureTests.url + "?a=1", key: key)
        for signed in [form, json] {
            let target = String(signed.url.dropFirst("https://if.example.test".count))
            let request = try HTTPRequest("POST", target, headers: signed.headers, body: signed.body)
            let algorithm = SMSSignature.algorithm(settings: request.header(SMSSignature.settingsHeader))
            let payload = try #require(SMSSignature.Payload(of: request))
            let signature = try #require(request.header(SMSSignature.header))
            #expect(isValid(signature, signed.url, payload, try #require(algorithm)))
        }
    }

    private func isValid(
        _ signature: String, _ url: String, _ payload: SMSSignature.Payload, _ algorithm: SignatureKey.Algorithm
    ) -> Bool {
        SMSSignature.isValid(
            signature, url: url, payload: payload, keys: [SMSDriver.key(.stranger), SMSDriver.key(.current)],
            algorithm: algorithm)
    }
}
