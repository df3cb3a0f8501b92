package import ChannelKit
package import HTTP
import JSON

/// Reads what became of a request to send: again, and when, or never.
///
/// Twilio knows no idempotency key for messages, so a message whose outcome is unknown may reach the customer twice.
/// That is the price of never losing one, and `DeliveryFailure.outcome` says it.
package enum SMSSendResult {
    package static func reading(
        _ result: Result<ClientResponse, ClientFailure>
    ) -> Result<SentReceipt, DeliveryFailure> {
        switch result {
        case .success(let response): reading(response)
        // Accepted, though the rest of the answer was lost: sending again would say it twice.
        case .failure(let failure) where (200...299).contains(failure.status ?? 0): .success(SentReceipt())
        case .failure(let failure): .failure(.from(failure))
        }
    }

    private static func reading(_ response: ClientResponse) -> Result<SentReceipt, DeliveryFailure> {
        let body = try? JSONValue.parse(response.body)
        guard !(200...299).contains(response.status) else {
            return .success(SentReceipt(providerReference: body?["sid"]?.stringValue))
        }
        let code = body?["code"]?.integerValue
        let cause = cause(status: response.status, code: code, message: body?["message"]?.stringValue)
        return .failure(DeliveryFailure.passing(response, cause: cause) ?? refusal(code, cause: cause))
    }

    /// Twilio, "Error and Warning Dictionary", read in November 2026.
    private static func refusal(_ code: Int64?, cause: String) -> DeliveryFailure {
        switch code {
        case 21611:
            .again(.throttled, text: "Too many texts wait at the provider; it is tried again.", cause: cause)
        case 21610:
            .never(.unsubscribed, text: "The customer has asked not to be written to.", cause: cause)
        case 21211, 21214, 21217, 21408, 21608, 21612, 21614, 21635:
            .never(.recipientRefused, text: "This number cannot be reached by text; use another way.", cause: cause)
        case 21602, 21605, 21617, 21619, 21620, 21623:
            .never(
                .contentRefused, text: "The provider refuses what the text says or carries; change it.", cause: cause)
        case 20404, 21212, 21603, 21606, 21659, 21660, 21703:
            .never(
                .misconfigured, text: "Our own number is not accepted; an administrator must look at it.", cause: cause)
        default: .never(.refused, text: "The provider refuses this text.", cause: cause)
        }
    }

    /// Code and words for the log. Twilio repeats the number it was given: long digits become `#`.
    private static func cause(status: Int, code: Int64?, message: String?) -> String {
        var text = "Twilio \(status)"
        if let code { text += ", code \(code)" }
        guard let message else { return text }
        let visible = message.unicodeScalars.prefix(200).filter { $0.properties.generalCategory != .control }
        return text + ": " + DigitMask.masked(String(String.UnicodeScalarView(visible)))
    }
}
