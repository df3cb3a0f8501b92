/// What all requests of one client share. A client per trust (operators' own peers, customers' webhooks) keeps their
/// connections, queues and rules apart.
package struct ClientConfiguration: Sendable, Hashable {
    /// Sent as `User-Agent: interflow/<version>`.
    package var version: String
    /// A rule of the client and not of a request, so that a kept-alive connection can never be used under a milder one.
    package var addressPolicy: AddressPolicy
    /// False refuses `http:` and `ws:` URLs.
    package var plainTextAllowed = true
    /// Transfers under way at once, streams included. Further ones wait.
    package var transfersMax = 64
    /// Transfers that may wait for a place. One more is refused at once with `.tooManyWaiting`; those waiting keep their turn.
    package var waitingMax = 1024
    /// Idle connections kept open for reuse; the one unused longest is closed for a new one.
    package var idleConnectionsMax = 64
    /// A PEM file of authorities trusted beside the system's directory of them. TLS verification itself cannot be
    /// switched off. An unreadable file fails each https request with `.untrusted`.
    package var extraAuthoritiesFile: String?

    package init(version: String, addressPolicy: AddressPolicy) {
        self.version = version
        self.addressPolicy = addressPolicy
    }
}
