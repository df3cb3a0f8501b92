import COpenSSL
package import Configuration
import HTTP

/// A secret shared with a provider, and what can be done with it. It can be neither compared nor printed.
package struct SignatureKey: Sendable {
    /// The keyed hashes providers sign with (RFC 2104).
    package enum Algorithm: Hashable, Sendable {
        case hmacSHA1
        case hmacSHA256
    }

    private let secret: Secret

    /// Any length is allowed; RFC 2104 §3 advises at least the hash's own (20 or 32 bytes).
    package init(_ secret: Secret) {
        self.secret = secret
    }

    /// The code over exactly these bytes.
    package func code(over message: [UInt8], by algorithm: Algorithm) -> AuthenticationCode {
        let digest = algorithm == .hmacSHA1 ? EVP_sha1() : EVP_sha256()
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let made = secret.withBytes { key in
            HMAC(digest, key.baseAddress, Int32(key.count), message, message.count, &code, &length) != nil
        }
        // Only exhausted memory can fail here, and a code that was not made must never be compared.
        precondition(made, "libcrypto could not make a keyed hash.")
        return AuthenticationCode(Array(code.prefix(Int(length))))
    }
}

/// A keyed hash somebody must match. Not `Equatable`: `==` would tell by its time how much of a guess was right.
package struct AuthenticationCode: Sendable {
    private let bytes: [UInt8]

    fileprivate init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// To be sent; never to be compared.
    package var base64: String { Base64.encode(bytes) }

    /// Whether `presented` is this code in base64, letter for letter. The time taken depends on lengths alone.
    package func isWritten(base64 presented: some Sequence<UInt8>) -> Bool {
        ConstantTime.areEqual(Array(base64.utf8), Array(presented))
    }
}
