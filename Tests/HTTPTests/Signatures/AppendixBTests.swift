import COpenSSL
import HTTP
import Testing

/// The vectors of RFC 9421, Appendix B.
@Suite("Appendix B")
struct AppendixBTests {
    static let created = ";created=1618884473"
    static let digest =
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"

    /// B.2: the request all of them are about.
    static let request = SignedMessage(
        method: "POST", targetURI: "https://example.com/foo?param=Value&Pet=dog",
        fields: [
            HTTPField("Host", "example.com"), HTTPField("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            HTTPField("Content-Type", "application/json"), HTTPField("Content-Digest", digest),
            HTTPField("Content-Length", "18"),
        ])

    /// B.2: its response.
    static let response = SignedMessage(
        status: 200,
        fields: [
            HTTPField("Date", "Tue, 20 Apr 2021 02:07:56 GMT"), HTTPField("Content-Type", "application/json"),
            HTTPField(
                "Content-Digest",
                "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:"),
            HTTPField("Content-Length", "23"),
        ])

    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let key: Key
        let message: SignedMessage
        let input: String
        let base: String
        let signature: String
        var testDescription: String { name }
    }

    enum Key: Sendable {
        case rsaPSS, p256, secret, ed25519
    }

    static let minimal = Vector(
        name: "B.2.1", key: .rsaPSS, message: request,
        input: #"();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd""#,
        base: "",
        signature:
            "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXa"
            + "JMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O"
            + "6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bL"
            + "hdxO5Nyt8C8ssinQ98Xw9Q==")
    static let selective = Vector(
        name: "B.2.2", key: .rsaPSS, message: request,
        input: #"("@authority" "content-digest" "@query-param";name="Pet")"#
            + #";created=1618884473;keyid="test-key-rsa-pss";tag="header-example""#,
        base: """
            "@authority": example.com
            "content-digest": \(digest)
            "@query-param";name="Pet": dog

            """,
        signature:
            "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB"
            + "4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh6"
            + "2s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUE"
            + "b0rQl3/XaVe4bXTugEjHSw==")
    static let full = Vector(
        name: "B.2.3", key: .rsaPSS, message: request,
        input: #"("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length")"#
            + #";created=1618884473;keyid="test-key-rsa-pss""#,
        base: """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@query": ?param=Value&Pet=dog
            "@authority": example.com
            "content-type": application/json
            "content-digest": \(digest)
            "content-length": 18

            """,
        signature:
            "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768Zr"
            + "CUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9"
            + "o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZA"
            + "FL2FUo5fTIztsDZKEgM4cUA==")
    static let ofResponse = Vector(
        name: "B.2.4", key: .p256, message: response,
        input:
            #"("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256""#,
        base: """
            "@status": 200
            "content-type": application/json
            "content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:
            "content-length": 23

            """,
        signature: "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==")
    static let withSecret = Vector(
        name: "B.2.5", key: .secret, message: request,
        input: #"("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
        base: """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@authority": example.com
            "content-type": application/json

            """, signature: "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=")
    static let withEd25519 = Vector(
        name: "B.2.6", key: .ed25519, message: request,
        input: #"("date" "@method" "@path" "@authority" "content-type" "content-length")"#
            + #";created=1618884473;keyid="test-key-ed25519""#,
        base: """
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@method": POST
            "@path": /foo
            "@authority": example.com
            "content-type": application/json
            "content-length": 18

            """, signature: "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")

    static let vectors = [minimal, selective, full, ofResponse, withSecret, withEd25519]

    @Test(
        "Each vector's signature base is the RFC's, and its input is written again as it was read", arguments: vectors)
    func bases(vector: Vector) throws {
        let presented = try presented(vector)
        #expect(presented.parameters.text == vector.input)
        let base = try SignatureBase.bytes(of: presented.parameters, message: vector.message)
        #expect(String(decoding: base, as: UTF8.self) == "\(vector.base)\"@signature-params\": \(vector.input)")
    }

    @Test("Each vector's published signature verifies over our base, and over no other", arguments: vectors)
    func signatures(vector: Vector) throws {
        let presented = try presented(vector)
        var base = try SignatureBase.bytes(of: presented.parameters, message: vector.message)
        #expect(verifies(presented.signature, over: base, by: vector.key))
        base[base.count / 2] ^= 1
        #expect(!verifies(presented.signature, over: base, by: vector.key))
    }

    @Test("Our Ed25519 signature of B.2.6 is the published one")
    func signing() throws {
        let vector = Self.withEd25519
        let key = try #require(Ed25519.PrivateKey(seed: Self.seed))
        #expect(key.publicKey.text == "ed25519:JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
        let parameters = try presented(vector).parameters
        let fields = try MessageSignature.fields(
            label: "sig-b26", parameters: parameters, message: vector.message, key: key)
        #expect(
            fields == [
                HTTPField("Signature-Input", "sig-b26=\(vector.input)"),
                HTTPField("Signature", "sig-b26=:\(vector.signature):"),
            ])
    }

    // MARK: The appendix's keys

    static let seed = Base64.decode("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=") ?? []
    static let publicKeys: [Key: String] = [
        .rsaPSS:
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8"
            + "ct+Lh1GH45x28Rw3Ry53mm+oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1Fp"
            + "WgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4a"
            + "OT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI2wIDAQAB",
        .p256:
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdl"
            + "dkkDXZCnTNnoXQ==",
        .ed25519: "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
    ]
    static let secret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="

    private func presented(_ vector: Vector) throws -> SignatureFields.Presented {
        try #require(
            SignatureFields.read(input: "sig=\(vector.input)", signature: "sig=:\(vector.signature):").first)
    }

    private func verifies(_ signature: [UInt8], over base: [UInt8], by key: Key) -> Bool {
        switch key {
        case .secret:
            let secret = Base64.decode(Self.secret) ?? []
            var code = [UInt8](repeating: 0, count: 32)
            HMAC(EVP_sha256(), secret, Int32(secret.count), base, base.count, &code, nil)
            return code == signature
        case .ed25519:
            return Ed25519.PublicKey(text: "ed25519:JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")?
                .verifies(signature, over: base) == true
        case .p256: return verifies(Self.der(signature), over: base, by: key, EVP_sha256())
        case .rsaPSS: return verifies(signature, over: base, by: key, EVP_sha512())
        }
    }

    private func verifies(_ signature: [UInt8], over base: [UInt8], by key: Key, _ hash: OpaquePointer?) -> Bool {
        let der = Base64.decode(Self.publicKeys[key] ?? "") ?? []
        return der.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            let parsed = d2i_PUBKEY(nil, &start, bytes.count)
            let context = EVP_MD_CTX_new()
            defer {
                EVP_MD_CTX_free(context)
                EVP_PKEY_free(parsed)
            }
            var options: OpaquePointer?
            guard EVP_DigestVerifyInit(context, &options, hash, nil, parsed) == 1 else { return false }
            if key == .rsaPSS {
                EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING)
                EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 64)
            }
            return EVP_DigestVerify(context, signature, signature.count, base, base.count) == 1
        }
    }

    /// Two numbers side by side, as RFC 9421 §3.3.4 has them, as the sequence that libcrypto reads.
    private static func der(_ signature: [UInt8]) -> [UInt8] {
        let numbers = [signature.prefix(32), signature.suffix(32)].flatMap { half in
            let bare = Array(half.drop { $0 == 0 })
            let number = (bare.first ?? 0) < 0x80 ? bare : [0] + bare
            return [0x02, UInt8(number.count)] + number
        }
        return [0x30, UInt8(numbers.count)] + numbers
    }
}
