import CCurl
import Glibc

/// What every libcurl handle of this room has in common: the options that make it safe.
enum ClientCurl {
    /// Set up once per process, before any thread uses libcurl. False when it cannot be.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Sets the options all our connections share; false when libcurl refused one, and then the handle is not to be used.
    static func secure(_ handle: UnsafeMutableRawPointer, url: ClientURL, configuration: ClientConfiguration) -> Bool {
        var options = Options(handle)
        // No signals: a resolver's alarm would go to the whole process.
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_PROTOCOLS_STR, configuration.plainTextAllowed ? "https,http" : "https")
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_MAXREDIRS, 0)
        options.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        // The environment's proxy would be the address that the guard sees.
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // HTTP/2 would share one connection's fate, and its windows, among many requests; nobody we call needs it.
        options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        options.set(CURLOPT_TCP_KEEPALIVE, 1)
        // A name server that does not answer must not hold the thread when the transfer is given up (libcurl would join
        // its resolver thread); the resolver thread then ends and frees itself.
        options.set(CURLOPT_QUICK_EXIT, 1)
        options.trust(configuration.extraAuthoritiesFile)
        options.set(CURLOPT_URL, url.text)
        return options.areSet
    }

    /// Sets options one after the other and remembers whether all were taken.
    struct Options {
        let handle: UnsafeMutableRawPointer
        private(set) var areSet = true

        init(_ handle: UnsafeMutableRawPointer) {
            self.handle = handle
        }

        mutating func set(_ option: CURLoption, _ value: Int) {
            check(interflow_curl_set_long(handle, option, value))
        }

        mutating func set(_ option: CURLoption, _ value: String) {
            check(interflow_curl_set_text(handle, option, value))
        }

        mutating func check(_ code: CURLcode) {
            areSet = areSet && code == CURLE_OK
        }

        /// Without the bundle file libcurl looks certificates up in the system's directory one by one, where with it
        /// every new connection would parse all of them (libcurl 7.88 caches them only where there is no directory).
        mutating func trust(_ extraAuthoritiesFile: String?) {
            if let extraAuthoritiesFile {
                set(CURLOPT_CAINFO, extraAuthoritiesFile)
            } else if ClientCurl.hasAuthoritiesDirectory {
                check(interflow_curl_set_text(handle, CURLOPT_CAINFO, nil))
            }
        }
    }

    private static let hasAuthoritiesDirectory: Bool = {
        guard let directory = interflow_curl_version()?.pointee.capath else { return false }
        // Debian's ca-certificates fills it with links named by hash; a bare bundle without them must still be found.
        guard let entries = opendir(directory) else { return false }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 }.suffix(2) }
            if name.elementsEqual(".0".utf8) { return true }
        }
        return false
    }()

    /// Refuses, or opens, the socket libcurl asks for; the address is the one it will connect to.
    static func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>, policy: AddressPolicy) -> curl_socket_t? {
        guard policy.permits(bytes(of: address)) else { return nil }
        let cloexec = Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, address.pointee.socktype | cloexec, address.pointee.protocol)
    }

    /// The address in network order: 4 bytes, 16 bytes, or none for a family that is not the internet's.
    private static func bytes(of address: UnsafeMutablePointer<curl_sockaddr>) -> [UInt8] {
        // curl_sockaddr.addr is declared as a sockaddr but as long as its addrlen says, so it is read through its
        // place in the struct and not as a copied member.
        let place = UnsafeRawPointer(address) + MemoryLayout<curl_sockaddr>.offset(of: \.addr)!
        switch address.pointee.family {
        case AF_INET:
            return withUnsafeBytes(of: place.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case AF_INET6:
            return withUnsafeBytes(of: place.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default:
            return []
        }
    }

    /// libcurl's code in our words.
    static func reason(_ code: CURLcode) -> ClientFailure.Reason {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_COULDNT_CONNECT: .unreachable
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_ENGINE_INITFAILED:
            .untrusted
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND,
            CURLE_ABORTED_BY_CALLBACK:
            .cut
        case CURLE_URL_MALFORMAT: .invalidRequest
        // Of the answer's protocol: the URL's was checked before.
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .malformedResponse
        default: .exhausted
        }
    }
}
