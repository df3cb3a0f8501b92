package import InteractionModel

/// The ability to carry a message to the customer.
package protocol SendsMessages: ChannelAdapter {
    /// Hands one message to the provider and says what came of it.
    ///
    /// The site sends again under the same `id` when the failure says so or no completion came before a stop or a crash,
    /// so an adapter passes `id` on wherever the provider can use it to recognise a repetition. At most one call per
    /// `id` is under way; calls for different messages may overlap and finish in any order.
    func send(
        _ message: OutboundMessage,
        completion: @escaping @Sendable (Result<SentReceipt, DeliveryFailure>) -> Void)
}

/// The ability to say later what became of a message: `ChannelServices.report` is then called for it.
package protocol ReportsDelivery: SendsMessages {
    /// How long after `sent` a report may still come. Silence longer than that is all that will ever be heard.
    var reportsWithin: Span { get }
}
