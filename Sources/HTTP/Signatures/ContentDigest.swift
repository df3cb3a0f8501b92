internal import COpenSSL

/// The field `Content-Digest` (RFC 9530 §2) with SHA-256: what ties a body to the signature over its fields.
package enum ContentDigest {
    package static let fieldName = "content-digest"

    package static func value(of body: [UInt8]) -> String { "sha-256=:\(Base64.encode(SHA256Hash.of(body))):" }

    /// Digests by other algorithms beside it are ignored; without SHA-256 nothing is proven.
    package static func check(_ field: String?, body: [UInt8]) throws(SignatureFault) {
        guard let field else { throw .contentDigest("there is no Content-Digest") }
        let members: [(label: String, bytes: [UInt8])]
        do throws(SignatureFault) {
            members = try SignatureFields.signatures(field)
        } catch {
            throw .contentDigest("Content-Digest cannot be read")
        }
        guard let digest = members.first(where: { $0.label == "sha-256" }) else {
            throw .contentDigest("Content-Digest has no sha-256")
        }
        guard digest.bytes == SHA256Hash.of(body) else { throw .contentDigest("the body has another digest") }
    }
}

/// SHA-256 (FIPS 180-4).
package enum SHA256Hash {
    package static let byteCount = 32

    /// Fetched once: the one-shot function looks it up by name at every call, under a lock that all threads share.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)  // Never changed, never freed.

    package static func of(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, algorithm, nil) == 1
        precondition(isDone, "OpenSSL must have SHA-256; is memory exhausted?")
        return digest
    }
}
