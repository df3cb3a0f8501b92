import ChannelKit
import Configuration
import Glibc
import HTTP
import InteractionModel
import JSON
import SMS
import Site
import Synchronization

/// The customer's side of the sample site: takes the texts that the site sends, as the provider would, and shows them.
enum PhoneCommand {
    static let command = Command(
        name: "phone", summary: "Pretend to be the SMS provider and show the texts that arrive",
        description: [
            "Listens where the account's apiBase points, which must be on this machine, answers as Twilio's Messages API does, "
                + "prints each text, and reports it as delivered with a signed callback. For trying a site out: it delivers nothing."
        ],
        options: [
            .config,
            .init(
                name: "account", value: "NAME", summary: "The account in channels; the only SMS account unless told."),
        ], examples: ["interflow phone"], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let (_, loaded) = try ConfigurationLookup.load(invocation)
        let (_, account) = try smsAccount(loaded.root, named: invocation["account"])
        let (host, port) = try address(account)
        let client: HTTPClient
        do throws(ClientFailure) {
            client = try HTTPClient(ClientConfiguration(version: Site.release, addressPolicy: .operatorsOwn))
        } catch {
            throw CommandFailure(.software, error.publicText)
        }
        let handset = Handset(account: account, client: client)
        let server = HTTPServer(.init(listeners: [Listener(address: host, port: port)]), handler: handset)
        do throws(ServerFailure) {
            try server.start()
        } catch {
            throw CommandFailure(.unavailable, "\(error)")
        }
        Terminal.say("Texts sent through \(account.apiBase) are shown here. End with ^C.")
        while true { pause() }
    }

    /// The SMS account of that name, or the first one.
    static func smsAccount(_ site: SiteConfiguration, named name: String?) throws -> (String, SMSConfiguration) {
        let accounts = site.channels.filter { $0.value.choice == SMSAdapter.channel.rawValue }
        let chosen = name.map { name in accounts.first { $0.name == name } } ?? accounts.first
        guard let chosen, let section = chosen.value.section as? SMSConfiguration else {
            let names = accounts.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                .usage,
                names.isEmpty ? "the configuration has no SMS account" : "name one of the SMS accounts: \(names)")
        }
        return (chosen.name, section)
    }

    private static func address(_ account: SMSConfiguration) throws -> (String, UInt16) {
        guard let base = try? WebAddress(account.apiBase), base.isLoopback, let port = base.port else {
            throw CommandFailure(
                .usage,
                "the account's apiBase is \(account.apiBase): phone only answers for an address of this machine with a port"
            )
        }
        return (base.host == "localhost" ? "127.0.0.1" : base.host, port)
    }
}

/// Answers the site's requests and shows what they hold.
private final class Handset: HTTPHandler, Sendable {
    private let account: SMSConfiguration
    private let client: HTTPClient
    private let count = Atomic<Int>(0)

    init(account: SMSConfiguration, client: HTTPClient) {
        self.account = account
        self.client = client
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        guard request.method == .post, request.path.hasSuffix("/Messages.json"), let form = try? Form(request.body),
            let to = form["To"], let text = form["Body"]
        else { return responder.send(HTTPResponse(Problem(status: 400, detail: "This is no message."))) }
        let number = String(count.wrappingAdd(1, ordering: .relaxed).newValue, radix: 16)
        let sid = "SM" + String(repeating: "0", count: 32 - number.count) + number
        Terminal.say(TerminalText.safe("\(WallTime.now.localClock)  \(form["From"] ?? "the service") → \(to): \(text)"))
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("sid", sid)
        writer.field("status", "queued")
        writer.endObject()
        responder.send(HTTPResponse(status: 201, contentType: "application/json", body: writer.bytes))
        if let callback = form["StatusCallback"] { report(sid, to, callback) }
    }

    private func report(_ sid: String, _ to: String, _ callback: String) {
        let parameters = [
            Form.Pair("MessageSid", sid), Form.Pair("AccountSid", account.accountSid),
            Form.Pair("MessageStatus", "delivered"), Form.Pair("To", to),
        ]
        let signed = SMSRequest.sign(parameters, url: callback, key: SignatureKey(account.authToken))
        var request = ClientRequest("POST", callback)
        request.headers = signed.headers.filter { $0.name != "Content-Type" }.map { ClientField($0.name, $0.value) }
        request.body = .bytes(signed.body, contentType: "application/x-www-form-urlencoded; charset=UTF-8")
        client.send(request) { result in
            if case .failure(let failure) = result {
                Terminal.complain("the delivery report was not taken: \(failure.publicText)")
            }
        }
    }
}
