import HTTP
import JSON
import Site

/// Brings a contact to a site: a text as its provider would, or any other channel's through the API.
enum SendCommand {
    static let command = Command(
        name: "send", summary: "Bring a contact to a site",
        description: [
            "send sms posts what the provider posts, signed with the account's auth token from the configuration, to the account's "
                + "webhook, and prints what the site answered. --repeat posts the same MessageSid again: the site keeps it once.",
            "send CHANNEL, for any other channel that agents take, posts to /v1/interactions with an integrator's token "
                + "(tokens/shop beside the configuration unless --token-file says otherwise) and prints the interaction's number.",
        ],
        options: SiteAccess.options + smsOptions + contactOptions,
        operands: [
            .init(name: "CHANNEL", summary: "sms, or another channel such as callback."),
            .init(name: "TEXT", isRequired: false, isRest: true, summary: "What the customer says."),
        ],
        exits: [
            (.ok, "the site has it"), (.data, "the site refused it, and says why"),
            (.unavailable, "no site answered, or it takes nothing now: send it again"),
            (.noPermission, "the token or the signature was refused"),
        ],
        examples: [
            "interflow send sms --from +4915112345678 'Wo ist mein Paket?'",
            "interflow send sms --from +4915112345678 --repeat 3 --sid SM00000000000000000000000000000001 Hallo",
            "interflow send callback --from +4915112345678 --queue billing --skill billing=3 --head-start 30s 'Bitte um Rückruf'",
        ], run: run)

    private static let smsOptions: [Command.Option] = [
        .init(name: "from", value: "ADDRESS", summary: "The customer; +4915112345678 unless told."),
        .init(name: "to", value: "ADDRESS", summary: "Our address; for sms the account's number unless told."),
        .init(
            name: "account", value: "NAME", summary: "sms: the account in channels; the only SMS account unless told."),
        .init(name: "media", value: "URL", summary: "sms: an attachment; may be given ten times."),
        .init(name: "sid", value: "SID", summary: "sms: the MessageSid; a new one unless told."),
        .init(name: "repeat", value: "N", summary: "Send it so many times under the same MessageSid or key."),
    ]

    private static let contactOptions: [Command.Option] = [
        .init(name: "key", value: "KEY", summary: "The idempotency key; a new one unless told."),
        .init(name: "queue", value: "NAME", summary: "A queue instead of the plan's choice."),
        .init(name: "skill", value: "NAME=LEVEL", summary: "A skill needed beside the queue's; may be repeated."),
        .init(
            name: "head-start", value: "TIME",
            summary: "Priority: how much earlier it counts as having come, such as 30s or 2m."),
        .init(name: "subject", value: "TEXT", summary: "Its subject."),
        .init(name: "attribute", value: "NAME=VALUE", summary: "Something known about it; may be repeated."),
    ]

    static let defaultCustomer = "+4915112345678"
    private static let smsOnly = ["account", "media", "sid"]

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let isSMS = invocation.operands[0] == "sms"
        let misplaced = isSMS ? contactOptions.map(\.name) : smsOnly
        if let name = misplaced.first(where: { !invocation.all($0).isEmpty }) {
            throw CommandFailure(.usage, "--\(name) is \(isSMS ? "not for sms" : "for sms only")")
        }
        return isSMS ? try SMSSending.run(invocation) : try ContactSending.run(invocation)
    }

    /// Sends a request so many times as `--repeat` says, and prints what `words` makes of each answer.
    static func send(
        _ request: ClientRequest, _ invocation: Invocation, _ access: SiteAccess,
        words: (ClientResponse) throws -> String
    ) throws -> ExitCode {
        let count = try invocation.integer("repeat", in: 1...1000) ?? 1
        for _ in 0..<count {
            let response = try access.perform(request)
            Terminal.say(try words(response))
        }
        return .ok
    }
}

extension SiteAccess {
    /// Sends and waits, with failures as commands tell them. A client to each call: commands make few.
    func perform(_ request: ClientRequest) throws -> ClientResponse {
        do throws(ClientFailure) {
            let client = try HTTPClient(clientConfiguration)
            defer { client.shutdown() }
            return try client.perform(request)
        } catch {
            throw failure(error)
        }
    }
}
