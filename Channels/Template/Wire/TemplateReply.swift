package import ChannelKit
package import HTTP
package import InteractionModel
import JSON

/// Writes a reply as the request that carries it, and reads what became of it. Pure.
package enum TemplateReply {
    /// The request for `message`. Its `webhook-id` is the same over every resend, so the receiver can drop repetitions.
    package static func request(
        for message: OutboundMessage, account: AccountName, url: String, key: SignatureKey, now: Timestamp
    ) -> ClientRequest {
        let body = body(of: message)
        let headers = StandardWebhook.headers(id: "\(account)-\(message.id)", at: now, body: body, key: key)
        return ClientRequest(
            "POST", url, headers: headers.map { ClientField($0.name, $0.value) },
            body: .bytes(body, contentType: "application/json"))
    }

    /// Again, and when, or never.
    package static func result(
        _ result: Result<ClientResponse, ClientFailure>
    ) -> Result<SentReceipt, DeliveryFailure> {
        switch result {
        case .success(let response) where (200...299).contains(response.status): .success(SentReceipt())
        case .success(let response):
            .failure(
                .passing(response, cause: "status \(response.status)")
                    ?? .never(.refused, text: "The receiver refuses this message.", cause: "status \(response.status)"))
        case .failure(let failure): .failure(.from(failure))
        }
    }

    private static func body(of message: OutboundMessage) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("message", message.id.number)
        writer.field("to", message.to)
        writer.field("from", message.from)
        writer.field("thread", message.thread)
        writer.field("subject", message.content.subject)
        writer.field("text", message.content.text)
        writer.key("media")
        writer.beginArray()
        for media in message.content.media {
            writer.beginObject()
            writer.field("url", media.url)
            writer.field("contentType", media.contentType)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
