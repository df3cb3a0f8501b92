import COpenSSL
import Threads

/// HMAC-SHA-256 under one key, for every thread.
///
/// Finding an algorithm by its name costs OpenSSL 3 more than a short text's digest does: the one-shot `HMAC` took 2.2 µs,
/// of which the digest is 0.5. So the algorithm is fetched and the key prepared once, and contexts are used again.
final class KeyedHash: @unchecked Sendable {  // `prepared` is only read after `init`; `spare` is behind a lock.
    static let digestBytes = 32

    private let prepared: OpaquePointer
    /// Contexts nobody uses at the moment: as many as threads have asked at once.
    private let spare = Guarded<[OpaquePointer]>([])

    init(key: [UInt8]) {
        var name = Array("SHA256".utf8CString)
        let algorithm = EVP_MAC_fetch(nil, "HMAC", nil)
        let made = EVP_MAC_CTX_new(algorithm)
        EVP_MAC_free(algorithm)
        let isPrepared = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string("digest", name.baseAddress, 0), OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_init(made, key, key.count, parameters) == 1
        }
        guard let made, isPrepared else {
            preconditionFailure("OpenSSL must have HMAC-SHA-256; check its configuration for disabled algorithms.")
        }
        prepared = made
    }

    deinit {
        EVP_MAC_CTX_free(prepared)
        spare.with { $0.forEach { EVP_MAC_CTX_free($0) } }
    }

    func digest(of text: [UInt8]) -> [UInt8] {
        let context = spare.with { $0.popLast() } ?? EVP_MAC_CTX_dup(prepared)
        defer { if let context { spare.with { $0.append(context) } } }
        return [UInt8](unsafeUninitializedCapacity: Self.digestBytes) { digest, count in
            // No key: begins again with the one prepared.
            let isDone =
                EVP_MAC_init(context, nil, 0, nil) == 1 && EVP_MAC_update(context, text, text.count) == 1
                && EVP_MAC_final(context, digest.baseAddress, &count, digest.count) == 1
            precondition(
                isDone, "A pseudonym that cannot be made must not be replaced by another; is memory exhausted?")
        }
    }
}
