import ChannelKit
import Configuration
import HTTP
import InteractionModel
import SMS
import Site

/// A customer's text, as the provider posts it.
enum SMSSending {
    static func run(_ invocation: Invocation) throws -> ExitCode {
        let (path, loaded) = try ConfigurationLookup.load(invocation)
        let (name, account) = try PhoneCommand.smsAccount(loaded.root, named: invocation["account"])
        let target = Webhook(SMSAdapter.channel, AccountName(name)).path
        // Signed for the public URL, which is what the site checks, and sent to where it is reached from here.
        let signed = SMSRequest.sign(
            try parameters(invocation, account), url: (account.publicURL ?? loaded.root.publicAddress) + target,
            key: SignatureKey(account.authToken))
        let url = try invocation["url"].map(SiteAddress.checked) ?? SiteAddress.ofConfiguration(invocation)
        let access = SiteAccess(url: url, token: "", tokenFile: path, authorities: invocation["authorities"])
        return try SendCommand.send(request(signed, to: url + target), invocation, access) { response in
            try words(response, account: name)
        }
    }

    static func parameters(_ invocation: Invocation, _ account: SMSConfiguration) throws -> [Form.Pair] {
        let sid = invocation["sid"] ?? "SM" + Hexadecimal.text(RandomBytes.make(16))
        guard let to = invocation["to"] ?? account.from else {
            throw CommandFailure(.usage, "the account has no number of its own; say which was texted with --to")
        }
        let content = MessageContent(
            text: invocation.operands.dropFirst().joined(separator: " "),
            media: invocation.all("media").map { MediaReference(url: $0, contentType: contentType(of: $0)) })
        guard content.media.count <= 10 else { throw CommandFailure(.usage, "a text has at most ten attachments") }
        return SMSRequest.parameters(
            sid: sid, accountSid: account.accountSid, from: invocation["from"] ?? SendCommand.defaultCustomer, to: to,
            content: content)
    }

    private static func request(_ signed: SMSRequest, to url: String) -> ClientRequest {
        var request = ClientRequest("POST", url)
        let type = signed.headers.first { $0.name == "Content-Type" }?.value ?? "application/x-www-form-urlencoded"
        request.headers = signed.headers.filter { $0.name != "Content-Type" }.map { ClientField($0.name, $0.value) }
        request.body = .bytes(signed.body, contentType: type)
        return request
    }

    /// By its name, as a provider would declare it.
    private static func contentType(of url: String) -> String {
        let types = [".png": "image/png", ".gif": "image/gif", ".pdf": "application/pdf", ".mp4": "video/mp4"]
        return types.first { url.lowercased().hasSuffix($0.key) }?.value ?? "image/jpeg"
    }

    private static func words(_ response: ClientResponse, account: String) throws -> String {
        switch response.status {
        case 200..<300:
            let answer = TerminalText.lines(String(decoding: response.body, as: UTF8.self))
            return "the site has it (\(response.status)): \(answer)"
        case 401, 403:
            throw CommandFailure(
                .noPermission,
                "the site refused the signature of account \(account): it uses another auth token or public URL than this "
                    + "configuration\nRestart it after a change, or name its configuration with --config.")
        case 404:
            throw CommandFailure(
                .data, "the site has no SMS account \(account)\nRestart it after a change of the configuration.")
        default: throw SiteAccess(url: "", token: "", tokenFile: "").refusal(response)
        }
    }
}
