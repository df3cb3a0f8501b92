import Configuration

extension SMSConfiguration {
    enum Keys {
        static let accountSid = Key(
            "accountSid", .sid("AC"), "The account's name at Twilio; events about any other are refused.")
        static let authToken = Key(
            "authToken", .secret, "The account's auth token: signs the webhooks and authorises what is sent.")
        static let previousAuthToken = Key(
            optional: "previousAuthToken", .secret,
            "The token before the last change; its signatures are accepted too until the key is removed.")
        static let sharedKey = Key(
            optional: "sharedKey", .secret,
            "A key of Twilio's that signs webhooks in the auth token's place (HMAC_SHA256).")
        static let publicURL = Key(
            optional: "publicURL", .url(),
            "Where Twilio reaches this site for this account, when it is not the site's own public URL.")
        static let from = Key(
            optional: "from", .smsSender, example: "+4930900000",
            "Writes messages that answer nothing: a number, a short code or an alphanumeric sender.")
        static let messagingServiceSid = Key(
            optional: "messagingServiceSid", .sid("MG"), "A messaging service that picks the sending number itself.")
        static let apiBase = Key(
            "apiBase", .url(), default: twilio, "The provider's API, for a regional edge or a compatible provider.")
        static let stopReply = Key(
            optional: "stopReply", .reply, example: "You will get no more messages. Reply START to undo.",
            "Confirms a STOP; leave it out where Twilio answers itself.")
        static let startReply = Key(
            optional: "startReply", .reply, example: "Welcome back.",
            "Confirms a START; leave it out where Twilio answers itself.")
        static let helpReply = Key(
            optional: "helpReply", .reply, example: "Example Ltd, help@example.com. Reply STOP to end.",
            "Answers HELP; leave it out where Twilio answers itself.")
        static let stopKeywords = Key(
            "stopKeywords", .words, default: [], example: ["STOPP", "ABMELDEN"],
            "Words beside STOP, UNSUBSCRIBE and the like; those cannot be taken away.")
        static let startKeywords = Key(
            "startKeywords", .words, default: [], example: ["YES", "ANMELDEN"],
            "Words beside START and UNSTOP. YES is none until it is named here: it is a common answer.")
        static let helpKeywords = Key(
            "helpKeywords", .words, default: [], example: ["HILFE"], "Words beside HELP and INFO.")

        private static var twilio: WebAddress {
            do throws(Refusal) {
                return try WebAddress("https://api.twilio.com")
            } catch {
                preconditionFailure("Twilio's own address must be a URL: \(error.reason)")
            }
        }
    }
}

extension ValueType where Value == String {
    /// Twilio's way of naming things: two letters and 32 letters or digits.
    fileprivate static func sid(_ prefix: String) -> ValueType {
        let description =
            "a name such as \(prefix)0123456789abcdef0123456789abcdef (\(prefix), then 32 letters or digits)"
        return scalar(description, example: prefix + String(repeating: "0", count: 32), text: { $0 }) {
            (written) throws(Refusal) in
            let rest = written.dropFirst(2)
            guard written.hasPrefix(prefix), rest.utf8.count == 32,
                rest.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
            else { throw Refusal("must be \(description)") }
            return written
        }
    }

    fileprivate static var smsSender: ValueType {
        let description = "a number such as +4930900000, a short code, or 1 to 11 letters and digits"
        return scalar(description, example: "+4930900000", text: { $0 }) { (written) throws(Refusal) in
            let isName =
                (1...11).contains(written.utf8.count)
                && written.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") }
            guard isName || PhoneNumber(written) != nil else { throw Refusal("must be \(description)") }
            return written
        }
    }

    fileprivate static var reply: ValueType { .text(bytes: 1...1600) }
}

extension ValueType where Value == [String] {
    fileprivate static var words: ValueType { .list(of: .string(bytes: 1...64), count: 0...50) }
}
