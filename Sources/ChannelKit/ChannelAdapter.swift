package import Configuration
package import HTTP
package import InteractionModel

/// One account with one provider: turns what the provider says into contact events, and carries commands back.
///
/// An adapter object speaks for one account; two accounts of a channel are two objects. The site makes it, calls
/// `start()`, and may then call `receive` and the methods of its abilities from any thread, several at once.
///
/// What an adapter promises:
/// - **It never blocks its caller**, which is an HTTP loop: no file, no wait, no name lookup. What takes time goes
///   through `ChannelServices` and comes back in a completion.
/// - **It calls every `answer` and every `completion` exactly once while it runs**, on any thread.
/// - **It calls nothing once `stop()` has returned**: `Gate` keeps that promise in one line.
/// - **It acknowledges an event only when `submit` said that the event is kept.**
///
/// What the site promises: `receive` only gets requests whose method and path are those of the webhook and whose body
/// is within its bound; nothing is called before `start()`; no call is under way or comes after `stop()` is called.
package protocol ChannelAdapter: AnyObject, Sendable {
    /// The channel's name, the same for each of its accounts: `sms`. It is also what the configuration calls the adapter.
    static var channel: ChannelName { get }

    /// The keys of an account, declared once. Values and pairs of values are checked there, before an adapter is made.
    associatedtype Configuration: ConfigurationSection

    /// Makes the adapter. Nothing is opened and nobody is called; that is for `start()`.
    ///
    /// Throws only what the section's own checks cannot see, such as the form of a secret's bytes; the site does not
    /// start then, and says so with the account's place in the file.
    init(
        account: AccountName, configuration: Configuration, services: any ChannelServices
    ) throws(ConfigurationFault)

    var account: AccountName { get }

    /// The requests the provider sends; empty for an adapter that fetches. Constant from `init` on.
    var webhooks: [Webhook] { get }

    /// Begins to work. Returns at once: an adapter that cannot reach its provider yet keeps trying by itself.
    func start()

    /// Ends all work. Every answer and completion not yet called is dropped: the site answers the requests itself and
    /// takes an unfinished `send` as one whose outcome is unknown.
    func stop()

    /// Takes one request of the provider. Checks its signature over the raw bytes before reading anything else of it.
    func receive(_ request: HTTPRequest, on webhook: Webhook, answer: @escaping @Sendable (HTTPResponse) -> Void)
}

extension ChannelAdapter {
    package var channel: ChannelName { Self.channel }
}
