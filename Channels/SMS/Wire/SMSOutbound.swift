package import ChannelKit
import Configuration
package import HTTP
import InteractionModel

/// Writes what Twilio is asked to send (Twilio, "Message resource: create").
package struct SMSOutbound: Sendable {
    /// Characters in one text; Twilio refuses longer ones (error 21617).
    package static let charactersMax = 1600

    private let account: SMSConfiguration
    private let statusURL: String

    /// `statusURL`: our own webhook for what becomes of the messages.
    package init(account: SMSConfiguration, statusURL: String) {
        self.account = account
        self.statusURL = statusURL
    }

    /// The request, or why there can be none for this message.
    package func request(for message: OutboundMessage) throws(DeliveryFailure) -> ClientRequest {
        try check(message.content)
        var fields = [
            ClientField("To", message.to), try sender(of: message), ClientField("Body", message.content.text),
        ]
        fields += message.content.media.map { ClientField("MediaUrl", $0.url) }
        fields.append(ClientField("StatusCallback", "\(statusURL)?\(SMSStatus.messageParameter)=\(message.id)"))
        let token = account.authToken.withBytes { String(decoding: $0, as: UTF8.self) }
        return ClientRequest(
            "POST", "\(account.apiBase)/2010-04-01/Accounts/\(account.accountSid)/Messages.json",
            headers: [ClientField("Accept", "application/json")], body: .form(fields),
            authorization: .basic(user: account.accountSid, password: token))
    }

    private func check(_ content: MessageContent) throws(DeliveryFailure) {
        guard content.text.unicodeScalars.count <= SMSOutbound.charactersMax else {
            throw .never(
                .contentRefused, text: "The text is longer than \(SMSOutbound.charactersMax) characters; shorten it.",
                cause: "\(content.text.unicodeScalars.count) characters")
        }
        guard content.media.count <= SMSInbound.mediaMax else {
            throw .never(
                .contentRefused, text: "A text carries at most \(SMSInbound.mediaMax) attachments; send fewer.",
                cause: "\(content.media.count) attachments")
        }
        guard !content.text.isEmpty || !content.media.isEmpty else {
            throw .never(.contentRefused, text: "The text is empty; write something.", cause: "no text, no attachment")
        }
    }

    /// A messaging service picks the number itself; otherwise the number the customer wrote to answers.
    private func sender(of message: OutboundMessage) throws(DeliveryFailure) -> ClientField {
        if let service = account.messagingServiceSid { return ClientField("MessagingServiceSid", service) }
        guard let from = message.from ?? account.from else {
            throw .never(
                .misconfigured, text: "This account has no number of its own to write from; ask an administrator.",
                cause: "neither from nor messagingServiceSid is configured, and the message answers nothing")
        }
        return ClientField("From", from)
    }
}
