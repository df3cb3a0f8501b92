package import HTTP
package import InteractionModel

/// What a site does for one adapter. Every method may be called from any thread, returns at once, and calls its
/// completion exactly once, on any thread, unless the site stops first.
package protocol ChannelServices: AnyObject, Sendable {
    /// Where providers reach this site: scheme, host, port if any, and path prefix if any; no slash at the end.
    ///
    /// From the site's configuration, never from a request's `Host`: signatures are made over it.
    var publicURL: String { get }

    /// The wall clock, for what others stamp by it (signatures, dates). Never for measuring: it may step.
    func now() -> Timestamp

    /// Hands over what happened. `.accepted` comes after the durable commit and not before.
    ///
    /// Bounded: what the site has no room for is `.refused` at once.
    func submit(_ event: ContactEvent, completion: @escaping @Sendable (Submission) -> Void)

    /// Hands over what a provider says about a message it took earlier; the answers mean the same as for `submit`.
    func report(_ report: DeliveryReport, completion: @escaping @Sendable (Submission) -> Void)

    /// Sends a request with one of the site's HTTP clients: the one that keeps to `policy`.
    func perform(
        _ request: ClientRequest, under policy: AddressPolicy,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void)

    /// Counts a request that was turned away, and why. The reasons are a closed set, fit to label a metric.
    func count(_ rejection: Rejection)
}
