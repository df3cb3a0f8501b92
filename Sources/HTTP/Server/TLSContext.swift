internal import COpenSSL

/// One listener's certificate, key and rules. A reload makes a new one; connections keep the one they began with.
///
/// Unchecked, because the pointer is OpenSSL's: an SSL_CTX is counted and safe to share once it is configured.
final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ options: TLSOptions) throws(ServerFailure) {
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw ServerFailure(.resources, "OpenSSL could not make a TLS context: \(Self.takeReason())")
        }
        pointer = context
        setRules()
        try load(options)
        try askForClientCertificates(options.clientCertificates)
    }

    deinit { SSL_CTX_free(pointer) }

    /// Mozilla's intermediate profile: every suite has forward secrecy and authenticated encryption.
    private static let ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"

    private func setRules() {
        _ = SSL_CTX_ctrl(pointer, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        // The bits of SSL_CTX_set_mode and SSL_OP_…, which are macros: writes may be partial and come from a buffer
        // that moved, and idle connections give their buffers back.
        let mode = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
        _ = SSL_CTX_ctrl(pointer, SSL_CTRL_MODE, Int(mode), nil)
        SSL_CTX_set_options(pointer, interflow_ssl_options())
        SSL_CTX_set_cipher_list(pointer, Self.ciphers)
        // Without a context of its own OpenSSL refuses to resume sessions that carried a client certificate.
        let name = Array("interflow".utf8)
        SSL_CTX_set_session_id_context(pointer, name, UInt32(name.count))
        // HTTP/1.1 and nothing else: a client that insists on h2 learns it in the handshake.
        SSL_CTX_set_alpn_select_cb(
            pointer,
            { _, chosen, chosenLength, offered, offeredLength, _ in
                interflow_alpn_select_http11(chosen, chosenLength, offered, offeredLength)
            }, nil)
    }

    private func load(_ options: TLSOptions) throws(ServerFailure) {
        ERR_clear_error()
        guard SSL_CTX_use_certificate_chain_file(pointer, options.certificateFile) == 1 else {
            throw Self.failure("certificate", options.certificateFile)
        }
        guard SSL_CTX_use_PrivateKey_file(pointer, options.keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw Self.failure("private key", options.keyFile)
        }
        guard SSL_CTX_check_private_key(pointer) == 1 else {
            throw ServerFailure(
                .certificate,
                "the private key in \(options.keyFile) does not belong to the certificate in \(options.certificateFile); "
                    + "give the key the certificate was made with")
        }
    }

    private func askForClientCertificates(_ choice: TLSOptions.ClientCertificates) throws(ServerFailure) {
        switch choice {
        case .notAsked: return
        case .verified(let file):
            guard SSL_CTX_load_verify_locations(pointer, file, nil) == 1 else {
                throw Self.failure("client authorities", file)
            }
            SSL_CTX_set_client_CA_list(pointer, SSL_load_client_CA_file(file))
            SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
        case .pinnedByCaller:
            // Possession of the key is proven by the handshake; whose key it is, the caller knows.
            SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER) { _, _ in 1 }
        }
    }

    private static func failure(_ what: String, _ file: String) -> ServerFailure {
        ServerFailure(
            .certificate,
            "cannot read the \(what) from \(file): \(takeReason()); give a PEM file that this process may read")
    }

    private static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return "no reason given" }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            ERR_error_string_n(code, text.baseAddress, text.count)
            return String(cString: text.baseAddress!)
        }
    }
}
