internal import COpenSSL

/// Ed25519 (RFC 8032) by OpenSSL's libcrypto.
package enum Ed25519 {
    package static let keyBytes = 32
    package static let signatureBytes = 64

    /// OpenSSL's key, which it counts itself. Unchecked, because nothing changes one after it was made, and OpenSSL lets
    /// threads share it for signing and verifying.
    fileprivate final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) { self.pointer = pointer }

        deinit { EVP_PKEY_free(pointer) }
    }

    /// A key that signs. It can be neither compared nor printed, and OpenSSL wipes it.
    package struct PrivateKey: Sendable {
        private let handle: Handle
        package let publicKey: PublicKey

        /// Nil unless `seed` is 32 bytes (RFC 8032 §5.1.5).
        package init?(seed: [UInt8]) {
            guard seed.count == keyBytes,
                let pointer = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            else { return nil }
            handle = Handle(pointer)
            var raw = [UInt8](repeating: 0, count: keyBytes)
            var count = raw.count
            guard EVP_PKEY_get_raw_public_key(pointer, &raw, &count) == 1, let key = PublicKey(raw) else { return nil }
            publicKey = key
        }

        package func signature(over message: [UInt8]) -> [UInt8] {
            var signature = [UInt8](repeating: 0, count: signatureBytes)
            var count = signature.count
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            let isDone =
                EVP_DigestSignInit(context, nil, nil, nil, handle.pointer) == 1
                && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
            // Only exhausted memory can fail here, and nothing may go out unsigned.
            precondition(isDone && count == signatureBytes, "libcrypto could not sign.")
            return signature
        }
    }

    /// A key that verifies.
    package struct PublicKey: Sendable, Hashable {
        package let bytes: [UInt8]
        /// SHA-256 of the raw key in lower-case hexadecimal: what people compare, and the `keyid` in signatures.
        package let fingerprint: String
        private let handle: Handle

        /// Nil unless there are 32 bytes.
        package init?(_ bytes: [UInt8]) {
            guard bytes.count == keyBytes,
                let pointer = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            else { return nil }
            self.bytes = bytes
            handle = Handle(pointer)
            let digits = Array("0123456789abcdef".utf8)
            fingerprint = String(
                decoding: SHA256Hash.of(bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }

        /// Whether this key's owner signed exactly `message`.
        package func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
            guard signature.count == signatureBytes else { return false }
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestVerifyInit(context, nil, nil, nil, handle.pointer) == 1 else { return false }
            let verdict = EVP_DigestVerify(context, signature, signature.count, message, message.count)
            if verdict != 1 { ERR_clear_error() }
            return verdict == 1
        }

        package static func == (one: Self, other: Self) -> Bool { one.bytes == other.bytes }

        package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
    }
}

extension Ed25519.PublicKey {
    private static let prefix = "ed25519:"

    /// `ed25519:` and the raw key in base64, as configurations hold it.
    package var text: String { Self.prefix + Base64.encode(bytes) }

    package init?(text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Base64.decode(String(text.dropFirst(Self.prefix.count))) else {
            return nil
        }
        self.init(bytes)
    }
}
