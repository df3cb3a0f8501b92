package import HTTP
package import InteractionModel

/// One kind of request a provider sends to an adapter.
package struct Webhook: Hashable, Sendable {
    /// 64 KiB: ten times what a text with ten attachments takes.
    package static let bodyBytesMaxUsual = 64 << 10

    package let method: HTTPMethod
    /// The path below the site's public URL; always begins with `/hooks/<channel>/<account>`.
    package let path: String
    /// A longer body is answered by the site with 413 and never reaches the adapter.
    package let bodyBytesMax: Int

    /// `suffix` tells one account's webhooks apart: empty, or one that begins with a slash.
    package init(
        _ channel: ChannelName, _ account: AccountName, suffix: String = "", method: HTTPMethod = .post,
        bodyBytesMax: Int = Webhook.bodyBytesMaxUsual
    ) {
        self.method = method
        self.path = "/hooks/\(channel)/\(account)\(suffix)"
        self.bodyBytesMax = bodyBytesMax
    }
}
