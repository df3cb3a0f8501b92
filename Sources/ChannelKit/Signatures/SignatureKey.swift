import COpenSSL

/// A secret shared with a provider, and what can be done with it. It can be neither compared nor printed.
package struct SignatureKey: Sendable {
    /// The keyed hashes providers sign with (RFC 2104).
    package enum Algorithm: Hashable, Sendable {
        case hmacSHA1
        case hmacSHA256
    }

    private let secret: [UInt8]

    /// Any length is allowed; RFC 2104 §3 advises at least the hash's own (20 or 32 bytes).
    package init(_ secret: some Sequence<UInt8>) {
        self.secret = Array(secret)
    }

    /// The code over exactly these bytes.
    package func code(over message: some Collection<UInt8>, by algorithm: Algorithm) -> AuthenticationCode {
        let message = Array(message)
        let digest = algorithm == .hmacSHA1 ? EVP_sha1() : EVP_sha256()
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let made = HMAC(digest, secret, Int32(secret.count), message, message.count, &code, &length)
        // Only a missing digest or exhausted memory can fail here; a code of no bytes would match nothing but a bug.
        precondition(made != nil && length >= 20, "libcrypto could not make a keyed hash.")
        return AuthenticationCode(Array(code.prefix(Int(length))))
    }
}

extension SignatureKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
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
    package func isWritten(base64 presented: some Collection<UInt8>) -> Bool {
        ConstantTime.areEqual(Array(base64.utf8), Array(presented))
    }
}
