import ChannelKit
import Configuration
import HTTP
import Testing

struct SignatureTests {
    @Test(
        "Keyed hashes are those of RFC 2202 and RFC 4231",
        arguments: [
            ("Jefe", "what do ya want for nothing?", SignatureKey.Algorithm.hmacSHA1, "7/zfauXrL6LSdBbV8YTfnCWafHk="),
            (
                "Jefe", "what do ya want for nothing?", .hmacSHA256,
                "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
            ),
        ])
    func codes(key: String, message: String, algorithm: SignatureKey.Algorithm, expected: String) {
        let code = SignatureKey(Secret(key.utf8)).code(over: Array(message.utf8), by: algorithm)
        #expect(code.base64 == expected)
        #expect(code.isWritten(base64: expected.utf8))
        #expect(!code.isWritten(base64: expected.dropLast().utf8))
        #expect(!code.isWritten(base64: "".utf8))
        #expect(!code.isWritten(base64: expected.lowercased().utf8))
    }

    @Test("A key tells nothing about itself, however it is printed")
    func silence() {
        let key = SignatureKey(Secret("swordfish".utf8))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains("swordfish"))
    }

    @Test(
        "Base64 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("\u{0}ÿ", "AMO/"),
        ])
    func base64(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test(
        "What no encoder writes is not decoded",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9", "====", "Zg==Zg==", "Zm-_", "=Zg=",
        ])
    func notBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("A digest is that of FIPS 180-4")
    func digest() {
        #expect(
            SHA256Digest.hexadecimal(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256Digest.hexadecimal(of: [])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
