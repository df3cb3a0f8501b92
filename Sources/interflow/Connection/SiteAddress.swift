import Configuration
import Site

/// The address under which a command reaches a site.
enum SiteAddress {
    /// A URL as somebody typed it.
    static func checked(_ text: String) throws -> String {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw CommandFailure(.usage, "--url must begin with http:// or https://, not \(TerminalText.safe(text))")
        }
        return url
    }

    /// The first address of the configuration, as this machine reaches it.
    static func ofConfiguration(_ invocation: Invocation) throws -> String {
        let (path, loaded) = try ConfigurationLookup.load(invocation, files: .assumed)
        let configuration = loaded.root
        guard let url = url(of: configuration.listen[0], isTLS: configuration.tls != nil) else {
            throw CommandFailure(
                .usage, "\(path) lets the system choose the port; name the site's address with --url")
        }
        return url
    }

    /// Nil when the port is not known. A site that listens on every address is reached on this machine's own.
    static func url(of address: ListenAddress, isTLS: Bool) -> String? {
        guard address.port != 0 else { return nil }
        let host =
            switch address.host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "[::1]"
            default: address.isIPv6 ? "[\(address.host)]" : address.host
            }
        return "\(isTLS ? "https" : "http")://\(host):\(address.port)"
    }
}
