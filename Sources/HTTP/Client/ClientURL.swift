import CCurl

/// An absolute URL taken apart by libcurl's own parser, so that what is checked is what will be used.
struct ClientURL: Sendable, Hashable {
    /// Normalised by libcurl: `http://0x7f.1/` has become `http://127.0.0.1/`.
    let text: String
    let isEncrypted: Bool
    /// An IPv6 address keeps its brackets.
    let host: String
    let port: String
    /// Path and query; never empty.
    let target: String

    /// What a log may say: no path, no query.
    var origin: String { "\(isEncrypted ? "https" : "http")://\(host):\(port)" }

    /// Whether `port` is the one its scheme implies and the `Host` field may leave out.
    var portIsImplied: Bool { port == (isEncrypted ? "443" : "80") }

    init(_ url: String, plainTextAllowed: Bool) throws(ClientFailure) {
        func refuse(_ why: String) -> ClientFailure { ClientFailure(.invalidRequest, .notSent, cause: "url: \(why)") }
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw refuse("must be visible ASCII; percent-encode everything else")
        }
        guard let parser = curl_url() else { throw ClientFailure(.exhausted, .notSent, cause: "curl_url") }
        defer { curl_url_cleanup(parser) }
        let code = curl_url_set(parser, CURLUPART_URL, url, Flags.disallowUser)
        guard code != CURLUE_USER_NOT_ALLOWED else {
            throw refuse("must not hold user or password; use the request's authorization")
        }
        guard code == CURLUE_OK, let text = Self.part(CURLUPART_URL, of: parser),
            let scheme = Self.part(CURLUPART_SCHEME, of: parser), let host = Self.part(CURLUPART_HOST, of: parser),
            let port = Self.part(CURLUPART_PORT, of: parser), let path = Self.part(CURLUPART_PATH, of: parser)
        else { throw refuse("not an absolute http or https URL (\(String(cString: curl_url_strerror(code))))") }
        guard scheme == "https" || scheme == "http" else { throw refuse("the scheme must be https or http") }
        guard scheme == "https" || plainTextAllowed else { throw refuse("the scheme must be https here") }
        self.text = text
        self.isEncrypted = scheme == "https"
        self.host = host
        self.port = port
        self.target = Self.part(CURLUPART_QUERY, of: parser).map { "\(path)?\($0)" } ?? path
    }

    private static func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parser, part, &text, part == CURLUPART_PORT ? Flags.defaultPort : 0) == CURLUE_OK,
            let text
        else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// urlapi.h defines these as shifted constants, which Swift does not import.
    private enum Flags {
        static let defaultPort: UInt32 = 1 << 0
        static let disallowUser: UInt32 = 1 << 5
    }
}
