package import ChannelKit
package import HTTP

/// What the contract must know of a channel to try its adapter: how to make one, how its provider signs, and where the
/// recorded requests lie.
package protocol ChannelDriver: Sendable {
    associatedtype Adapter: ChannelAdapter & SendsMessages

    /// An adapter of the account `main`, with a current and a previous key.
    func adapter(_ services: any ChannelServices) throws -> Adapter

    /// The folder with one folder for each recorded request.
    var fixtures: String { get }

    /// The request as its provider would sign it with that key, whatever signature it had.
    func sign(_ request: RecordedRequest, with key: DriverKey) -> RecordedRequest

    /// The header fields without any of which a request is unsigned.
    var signatureHeaders: [String] { get }
    /// Whether the signature covers the URL.
    var signsTarget: Bool { get }

    /// Whether a changed request says exactly what the original says, in other letters the signature does not cover.
    func meansTheSame(_ original: RecordedRequest, _ changed: RecordedRequest) -> Bool

    /// Genuine requests that may no longer be used; empty where the provider's scheme signs no time.
    var stale: [RecordedRequest] { get }

    var message: OutboundMessage { get }
    /// The provider's answer when it takes `message`.
    var acceptance: ClientResponse { get }
}

package enum DriverKey: Sendable, CaseIterable {
    case current
    case previous
    /// One that nobody configured.
    case stranger
}
