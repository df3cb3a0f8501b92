internal import COpenSSL

/// What others may pin of a server's certificate: its public key, which stays when the certificate is renewed.
package enum TLSPin {
    /// `sha256//` and the base64 of SHA-256 over the SubjectPublicKeyInfo (RFC 7469 §2.4) of the first certificate in a
    /// PEM file; nil when there is none to read.
    package static func of(certificateFile: String) -> String? {
        defer { ERR_clear_error() }
        guard let file = BIO_new_file(certificateFile, "r") else { return nil }
        defer { BIO_free(file) }
        guard let certificate = PEM_read_bio_X509(file, nil, nil, nil) else { return nil }
        defer { X509_free(certificate) }
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = Int(i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded))
        guard count > 0, let encoded else { return nil }
        defer { CRYPTO_free(encoded, #file, #line) }
        return "sha256//\(Base64.encode(SHA256Hash.of(Array(UnsafeBufferPointer(start: encoded, count: count)))))"
    }
}
