import Configuration
import Glibc
import HTTP
import JSON
import Site

/// Where a running site is and who asks: what every command that speaks with one shares.
struct SiteAccess: Sendable {
    /// Absolute, without a slash at its end.
    let url: String
    let token: String
    /// What the token is called in complaints: its file.
    let tokenFile: String
    /// A PEM file of authorities trusted beside the system's.
    let authorities: String?

    static let options: [Command.Option] = [.config, .url, .tokenFile, .authorities]

    /// Answers are small; a page of the log is the largest.
    private static let answerBytesMax = 16 << 20

    init(url: String, token: String, tokenFile: String, authorities: String? = nil) {
        self.url = url
        self.token = token
        self.tokenFile = tokenFile
        self.authorities = authorities
    }

    /// What the command line says, and for the rest what stands beside the configuration.
    init(_ invocation: Invocation, identity: String) throws {
        url = try invocation["url"].map(SiteAddress.checked) ?? SiteAddress.ofConfiguration(invocation)
        tokenFile = try TokenFile.path(invocation, identity: identity)
        token = try TokenFile.read(tokenFile)
        authorities = invocation["authorities"]
    }

    var clientConfiguration: ClientConfiguration {
        var configuration = ClientConfiguration(version: Site.release, addressPolicy: .operatorsOwn)
        configuration.extraAuthoritiesFile = authorities
        return configuration
    }

    func request(_ method: String, _ target: String, headers: [ClientField] = []) -> ClientRequest {
        var request = ClientRequest(method, url + target, headers: headers, authorization: .bearer(token))
        request.responseBodyMax = Self.answerBytesMax
        return request
    }

    func webSocket(_ target: String) -> WebSocketClient.Request {
        var request = WebSocketClient.Request("ws" + url.dropFirst(4) + target)
        request.authorization = .bearer(token)
        return request
    }

    // MARK: What went wrong, and what to do next

    func failure(_ failure: ClientFailure) -> CommandFailure {
        CommandFailure(
            .unavailable,
            "\(TerminalText.safe(failure.publicText)) (\(TerminalText.safe(url)))\n\(advice(failure.reason))")
    }

    private func advice(_ reason: ClientFailure.Reason) -> String {
        switch reason {
        case .untrusted: "Name the authority of its certificate with --authorities FILE, and its host name with --url."
        case .invalidRequest: "Look at --url: it must be http:// or https://, a host and a port."
        default: "Is the site running there? Start it with interflow serve, or name another with --url."
        }
    }

    /// What an answer other than 2xx means.
    func refusal(_ response: ClientResponse) -> CommandFailure {
        let words = SiteProblem(response)
        switch response.status {
        case 401:
            return CommandFailure(
                .noPermission,
                "the site does not know the token in \(TerminalText.safe(tokenFile))\n"
                    + "Name another with --token-file, or make one with interflow token.")
        case 403: return CommandFailure(.noPermission, "the site refused: \(words.text)")
        case 429, 500...: return CommandFailure(.unavailable, "the site takes nothing now: \(words.text)\nTry again.")
        default: return CommandFailure(.data, "the site refused: \(words.text)")
        }
    }
}

/// A problem as the site words it (RFC 9457), safe for a terminal.
struct SiteProblem: Equatable {
    let text: String

    init(_ response: ClientResponse) {
        let value = (try? JSONValue.parse(response.body)) ?? .null
        let detail = value["detail"]?.stringValue ?? value["title"]?.stringValue
        let fields = (value["errors"]?.arrayValue ?? []).compactMap { error -> String? in
            guard let field = error["field"]?.stringValue, let reason = error["reason"]?.stringValue else { return nil }
            return "\n  \(TerminalText.safe(field)): \(TerminalText.safe(reason))"
        }
        text = (detail.map(TerminalText.safe) ?? "status \(response.status)") + fields.joined()
    }
}
