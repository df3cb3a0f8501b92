package import ChannelKit
import HTTP
package import InteractionModel

/// Reads what Twilio posts about a message it took from us (Twilio, "Outbound Message Status in Status Callbacks").
package enum SMSStatus: Hashable, Sendable {
    case report(DeliveryReport)
    /// A step on the way that changes nothing: acknowledged and forgotten.
    case underWay
    /// A status this version does not know: acknowledged, because asking for it again would not explain it.
    case unknown

    /// The query's parameter that carries our own message's number there and back.
    package static let messageParameter = "message"

    package static func reading(
        _ parameters: SMSParameters, query: String?, channel: ChannelName, account: AccountName, accountSid: String
    ) throws(FieldFault) -> SMSStatus {
        let sid = try parameters.identifier("MessageSid")
        try SMSInbound.checkAccount(parameters, is: accountSid)
        // COMPAT(Twilio, 2026): both names are sent; only the older one by some products.
        let older = try parameters.optional("SmsStatus")
        guard let word = try parameters.optional("MessageStatus") ?? older, word.utf8.count <= 64 else {
            throw FieldFault("MessageStatus", "is missing or longer than 64 bytes")
        }
        let message = try message(in: query)
        switch meaning(of: word) {
        case .status(let status):
            let key = try SMSInbound.key([channel.rawValue, account.rawValue, sid, status.rawValue])
            let detail = try detail(word, code: parameters.optional("ErrorCode"))
            return .report(DeliveryReport(key: key, message: message, status: status, detail: detail))
        case .underWay: return .underWay
        case .unknown: return .unknown
        }
    }

    private enum Meaning {
        case status(DeliveryStatus)
        case underWay
        case unknown
    }

    private static func meaning(of word: String) -> Meaning {
        switch word {
        case "sent": .status(.sent)
        case "delivered": .status(.delivered)
        case "read": .status(.read)
        case "undelivered", "failed", "canceled": .status(.failed)
        case "accepted", "scheduled", "queued", "sending", "receiving", "received", "partially_delivered": .underWay
        default: .unknown
        }
    }

    private static func message(in query: String?) throws(FieldFault) -> MessageID {
        guard let text = (try? Form(query))?[messageParameter] else {
            throw FieldFault("The URL's \(messageParameter)", "is missing")
        }
        guard let number = Int64(text), number > 0, "\(number)" == text else {
            throw FieldFault("The URL's \(messageParameter)", "must be a message's number")
        }
        return MessageID(number)
    }

    /// The provider's word, and its error code where it gave one: `undelivered (30003)`.
    private static func detail(_ word: String, code: String?) -> String {
        guard let code, !code.isEmpty, code.utf8.count <= 16, code.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return word
        }
        return "\(word) (\(code))"
    }
}
