package import InteractionModel

/// What the core remembers of one message to a customer, until nothing more is expected of it.
package struct OutboundRecord: Sendable, Equatable {
    /// Each state ends by itself at `OutboundRecord.deadline`:
    /// - waiting (behind an earlier message of its interaction, or for the next attempt) → sending; gives up at `giveUpAt`
    /// - sending → sent, waiting or failed; without word from the channel → waiting
    /// - sent → settled; at the deadline → settled
    package enum State: Sendable, Equatable {
        case waiting
        case sending
        case sent(providerID: String, DeliveryStatus)
    }

    package let id: MessageID
    package let interaction: InteractionID?
    /// In its place where a late message's interaction is forgotten.
    package let contact: ContactID?
    package let author: MessageQueued.Author
    package let channel: ChannelName
    package let account: AccountName
    package let party: PartyKey
    package let giveUpAt: Timestamp
    package internal(set) var state = State.waiting
    package internal(set) var attempts = 0
    package internal(set) var deadline: Timestamp
    package internal(set) var lastSequence: Int64
}

/// How long after failed attempt number `attempt` (from 1) the next one waits: 5 s doubling to 15 min.
enum RetrySchedule {
    static func pause(afterAttempt attempt: Int) -> Span {
        let doublings = min(max(attempt - 1, 0), 8)
        return min(Span.seconds(5 << doublings), Span.minutes(15))
    }
}
