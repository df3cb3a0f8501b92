internal import COpenSSL
internal import Glibc

/// What an attempt to move bytes came to.
enum TransferResult {
    case bytes(Int)
    case wouldBlock
    /// The peer sends no more.
    case end
    case failed
}

/// TLS on one connection, used by its loop only.
final class TLSSession {
    enum Handshake {
        case done, underWay, failed
    }

    private let pointer: OpaquePointer

    init?(_ context: TLSContext, descriptor: Int32) {
        guard let session = SSL_new(context.pointer) else { return nil }
        pointer = session
        SSL_set_fd(session, descriptor)
        SSL_set_accept_state(session)
    }

    deinit { SSL_free(pointer) }

    func shakeHands() -> Handshake {
        ERR_clear_error()
        let result = SSL_do_handshake(pointer)
        if result == 1 { return .done }
        let wantsMore = [SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE].contains(SSL_get_error(pointer, result))
        return wantsMore ? .underWay : .failed
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> TransferResult {
        ERR_clear_error()
        let count = SSL_read(pointer, buffer.baseAddress, Int32(clamping: buffer.count))
        return count > 0 ? .bytes(Int(count)) : result(of: count)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> TransferResult {
        ERR_clear_error()
        let count = SSL_write(pointer, bytes.baseAddress, Int32(clamping: min(bytes.count, 1 << 20)))
        return count > 0 ? .bytes(Int(count)) : result(of: count)
    }

    private func result(of count: Int32) -> TransferResult {
        switch SSL_get_error(pointer, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: .wouldBlock
        case SSL_ERROR_ZERO_RETURN: .end
        default: .failed
        }
    }

    /// Decrypted bytes wait that the kernel does not know of.
    var hasPendingInput: Bool { SSL_has_pending(pointer) == 1 }

    /// Tells the peer that no more comes. Its answer is not awaited.
    func sayGoodbye() {
        ERR_clear_error()
        _ = SSL_shutdown(pointer)
    }

    /// SHA-256 of the certificate the client showed, in lower-case hexadecimal.
    var clientCertificateFingerprint: String? {
        guard let certificate = SSL_get1_peer_certificate(pointer) else { return nil }
        defer { X509_free(certificate) }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return nil }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest[..<Int(length)].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
