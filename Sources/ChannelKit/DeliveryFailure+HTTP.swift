package import HTTP
package import InteractionModel

/// What HTTP itself says about a failure, the same for every provider.
extension DeliveryFailure {
    /// How long nothing is tried when somebody must act first.
    package static let operatorPause = Span.minutes(15)
    /// The longest pause a provider may ask for; a longer one is read as this.
    package static let retryAfterMax = Span.hours(24)

    /// There was no whole answer.
    package static func from(_ failure: ClientFailure) -> DeliveryFailure {
        let outcome: Outcome = failure.delivery == .notSent ? .notSent : .unknown
        return switch failure.reason {
        case .invalidRequest, .addressForbidden, .untrusted:
            .again(
                after: operatorPause, .misconfigured, outcome: outcome, text: failure.publicText, cause: failure.cause)
        default:
            .again(.providerUnavailable, outcome: outcome, text: failure.publicText, cause: failure.cause)
        }
    }

    /// The answer was a failure that may pass; nil for a 2xx and for the 4xx only the provider can explain.
    ///
    /// `cause` is for the log: the provider's code and words, without content and addresses.
    package static func passing(_ response: ClientResponse, cause: String) -> DeliveryFailure? {
        switch response.status {
        case 429:
            .again(
                after: retryAfter(response), .throttled,
                text: "The provider asks for a slower pace; it is tried again.", cause: cause)
        case 401, 403:
            .again(
                after: operatorPause, .credentialsRefused,
                text: "The provider refuses this account; an administrator must look at it.", cause: cause)
        case 100..<200, 300..<400:
            .again(
                after: operatorPause, .misconfigured,
                text: "The provider's address answers from elsewhere; an administrator must look at it.", cause: cause)
        case 408, 500...:
            // A gateway may answer 5xx for a request that got through.
            .again(
                after: retryAfter(response), .providerUnavailable, outcome: .unknown,
                text: "The provider is not working; it is tried again.", cause: cause)
        default: nil
        }
    }

    /// `Retry-After` in seconds (RFC 9110 §10.2.3); a date is not honoured, because the clocks may differ.
    package static func retryAfter(_ response: ClientResponse) -> Span? {
        guard let text = response.header("Retry-After"), let seconds = Int64(text), seconds >= 0 else { return nil }
        return min(Span.seconds(min(seconds, 1 << 32)), retryAfterMax)
    }
}
