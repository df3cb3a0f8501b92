package import ChannelKit
import HTTP
package import InteractionModel

/// Reads what Twilio posts when a text arrives (Twilio, "Messaging Webhooks").
package struct SMSInbound: Sendable {
    /// Attachments in one text; Twilio's own limit.
    package static let mediaMax = 10
    /// Loose facts kept of one text; further ones are dropped. Twilio sends about 25.
    package static let attributesMax = 64
    /// The attribute that points an agent to a stop word in an ordinary message.
    package static let stopMention = "possible-opt-out"
    /// A longer loose fact is dropped.
    package static let attributeBytesMax = 1024
    /// A longer text is refused: sixteen times what Twilio carries.
    package static let bodyBytesMax = 32 << 10

    private let channel: ChannelName
    private let account: AccountName
    private let configuration: SMSConfiguration

    package init(channel: ChannelName, account: AccountName, configuration: SMSConfiguration) {
        self.channel = channel
        self.account = account
        self.configuration = configuration
    }

    /// The event, or the first field that keeps it from being one.
    package func event(from parameters: SMSParameters) throws(FieldFault) -> ContactEvent {
        let sid = try parameters.identifier("MessageSid")
        try SMSInbound.checkAccount(parameters, is: configuration.accountSid)
        let from = try parameters.required("From", bytesMax: SMSAddress.bytesMax)
        let to = try parameters.required("To", bytesMax: SMSAddress.bytesMax)
        let media = try media(in: parameters)
        let body = try text(in: parameters, isOptional: !media.isEmpty)
        let kind = try kind(of: parameters, text: body)
        return ContactEvent(
            key: try SMSInbound.key([channel.rawValue, account.rawValue, sid]), channel: channel, account: account,
            kind: kind, from: try SMSAddress.canonical(from, field: "From"),
            to: try SMSAddress.canonical(to, field: "To"), content: MessageContent(text: body, media: media),
            attributes: attributes(in: parameters) + mention(in: body, kind: kind), signature: .verified,
            confirmation: confirmation(of: kind))
    }

    /// A signature made with this account's key does not say that the event is this account's.
    static func checkAccount(_ parameters: SMSParameters, is accountSid: String) throws(FieldFault) {
        guard try parameters.identifier("AccountSid") == accountSid else {
            throw FieldFault("AccountSid", "is not the account of this webhook", counting: .wrongAccount)
        }
    }

    static func key(_ parts: [String]) throws(FieldFault) -> IdempotencyKey {
        guard let key = IdempotencyKey(parts.joined(separator: ":")) else {
            throw FieldFault("MessageSid", "makes a key longer than \(IdempotencyKey.bytesMax) bytes")
        }
        return key
    }

    private func text(in parameters: SMSParameters, isOptional: Bool) throws(FieldFault) -> String {
        guard let text = try parameters.optional("Body") else {
            if isOptional { return "" }
            throw FieldFault("Body", "is missing")
        }
        guard text.utf8.count <= SMSInbound.bodyBytesMax else {
            throw FieldFault("Body", "is longer than \(SMSInbound.bodyBytesMax) bytes")
        }
        return text
    }

    private func media(in parameters: SMSParameters) throws(FieldFault) -> [MediaReference] {
        let written = try parameters.optional("NumMedia") ?? "0"
        guard let count = Int(written), (0...SMSInbound.mediaMax).contains(count) else {
            throw FieldFault("NumMedia", "must be a number from 0 to \(SMSInbound.mediaMax)")
        }
        var media: [MediaReference] = []
        for number in 0..<count {
            let url = try parameters.required("MediaUrl\(number)", bytesMax: 2048)
            media.append(
                MediaReference(url: url, contentType: try parameters.optional("MediaContentType\(number)") ?? ""))
        }
        return media
    }

    /// Twilio's own classification wins where the account has one (Advanced Opt-Out): its words are configured there.
    private func kind(of parameters: SMSParameters, text: String) throws(FieldFault) -> ContactEvent.Kind {
        let match = configuration.keywords.match(text)
        guard let meaning = try meaning(toTwilio: parameters) ?? match?.meaning else { return .message }
        let word = match?.word ?? meaning.rawValue.uppercased()
        return switch meaning {
        case .stop: .optOut(keyword: word)
        case .start: .optIn(keyword: word)
        case .help: .help(keyword: word)
        }
    }

    private func meaning(toTwilio parameters: SMSParameters) throws(FieldFault) -> Keywords.Meaning? {
        switch try parameters.optional("OptOutType")?.uppercased() {
        case "STOP": .stop
        case "START": .start
        case "HELP": .help
        default: nil
        }
    }

    /// Goes out by the site's outbox and not in the webhook's answer: there it is kept, and sent once.
    private func confirmation(of kind: ContactEvent.Kind) -> String? {
        switch kind {
        case .message: nil
        case .optOut: configuration.stopReply
        case .optIn: configuration.startReply
        case .help: configuration.helpReply
        }
    }

    private func mention(in text: String, kind: ContactEvent.Kind) -> [Attribute] {
        guard kind == .message, let word = configuration.keywords.mention(in: text) else { return [] }
        return [Attribute(SMSInbound.stopMention, word)]
    }

    private func attributes(in parameters: SMSParameters) -> [Attribute] {
        let kept = parameters.pairs.lazy.filter { pair in
            !pair.value.isEmpty && pair.value.utf8.count <= SMSInbound.attributeBytesMax && pair.name.utf8.count <= 64
                && !SMSInbound.read.contains(pair.name) && !pair.name.hasPrefix("Media")
        }
        return kept.prefix(SMSInbound.attributesMax).map { Attribute($0.name, $0.value) }
    }

    /// What the event already says, or what only names the request.
    private static let read: Set<String> = [
        "MessageSid", "SmsSid", "SmsMessageSid", "AccountSid", "ApiVersion", "From", "To", "Body", "NumMedia",
    ]
}
