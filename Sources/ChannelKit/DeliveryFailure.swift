package import InteractionModel

/// Why a message was not handed over, as an answer to the router's only question: again, and when, or never.
package struct DeliveryFailure: Error, Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Try again: not before `after`, or when the site's own schedule says so.
        case again(after: Span?)
        /// The same message to the same recipient will fail each time.
        case never
    }

    /// Whether the provider may have taken the message all the same.
    package enum Outcome: String, Hashable, Sendable {
        case notSent
        /// Sending again may deliver it twice where the provider does not recognise repetitions.
        case unknown
    }

    /// Closed, so each case can be a metric's label and have a rule of its own.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// No connection, no answer in time, or a failure on the provider's side.
        case providerUnavailable = "provider-unavailable"
        /// The provider asks for a slower pace.
        case throttled
        /// The provider refuses our credentials or the account: nothing will be sent until somebody acts. Raise an alarm.
        case credentialsRefused = "credentials-refused"
        /// The account's configuration cannot work: nothing will be sent until somebody acts. Raise an alarm.
        case misconfigured
        /// The recipient told the provider to stop. The core must suppress the recipient.
        case unsubscribed
        /// The recipient's address cannot be written to.
        case recipientRefused = "recipient-refused"
        /// The provider refuses what the message says or carries.
        case contentRefused = "content-refused"
        /// The provider refuses the request for a reason not named above.
        case refused
    }

    package let verdict: Verdict
    package let outcome: Outcome
    package let reason: Reason
    /// For agents: says what to do next, and holds no address, credential or text of the provider.
    package let text: String
    /// For the log: the provider's code and words, or the connection's failure. Never content.
    package let cause: String

    /// A failure that may pass.
    package static func again(
        after pause: Span? = nil, _ reason: Reason, outcome: Outcome = .notSent, text: String, cause: String
    ) -> DeliveryFailure {
        DeliveryFailure(verdict: .again(after: pause), outcome: outcome, reason: reason, text: text, cause: cause)
    }

    /// A failure that lasts. Its outcome is always known: the provider said no, or was not asked.
    package static func never(_ reason: Reason, text: String, cause: String) -> DeliveryFailure {
        DeliveryFailure(verdict: .never, outcome: .notSent, reason: reason, text: text, cause: cause)
    }

    /// Whether the core must stop writing to the recipient until the recipient opts in again.
    package var suppressesRecipient: Bool { reason == .unsubscribed }

    /// Whether nothing will get through before somebody acts.
    package var needsOperator: Bool { reason == .credentialsRefused || reason == .misconfigured }
}
