import JSON

/// Something asked of the site and not yet answered. It is sent again after a broken connection under the same
/// identifier; the site takes a repeated reply for the same reply.
struct DeskRequest: Equatable, Sendable {
    enum Body: Equatable, Sendable {
        case status(String, reason: String?)
        case accept(offer: Int64, interaction: Int64)
        case reject(offer: Int64, interaction: Int64, reason: String?)
        case reply(interaction: Int64, text: String)
        case close(interaction: Int64, disposition: String?)
        case wrapUp(interaction: Int64)
        case requeue(interaction: Int64, queue: String?)
        /// Hold, and what brings colleagues in: `type` is the protocol's word.
        case conversation(String, interaction: Int64, queue: String? = nil, agent: String? = nil)
    }

    let id: String
    let body: Body
    /// The site's number of the reply, once it is known.
    var message: Int64?
    /// Whether it was sent more than once, so that the site may have done it already.
    var isRepeated = false
    /// When to send it again, for a site that had no room; wall clock, milliseconds.
    var againAt: Int64?

    init(id: String, _ body: Body) {
        self.id = id
        self.body = body
    }

    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("id", id)
        writeMembers(to: &writer)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func writeMembers(to writer: inout JSONWriter) {
        switch body {
        case .status(let word, let reason):
            writer.field("type", "status")
            writer.field("status", word)
            writer.field("reason", reason)
        case .accept(let offer, _):
            writer.field("type", "accept")
            writer.field("offer", offer)
        case .reject(let offer, _, let reason):
            writer.field("type", "reject")
            writer.field("offer", offer)
            writer.field("reason", reason)
        case .reply(let interaction, let text):
            writer.field("type", "reply")
            writer.field("interaction", interaction)
            writer.field("text", text)
        case .close(let interaction, let disposition):
            writer.field("type", "close")
            writer.field("interaction", interaction)
            writer.field("disposition", disposition)
        case .wrapUp(let interaction):
            writer.field("type", "wrapup")
            writer.field("interaction", interaction)
        case .requeue(let interaction, let queue):
            writer.field("type", "requeue")
            writer.field("interaction", interaction)
            writer.field("queue", queue)
        case .conversation(let type, let interaction, let queue, let agent):
            writer.field("type", type)
            writer.field("interaction", interaction)
            writer.field("queue", queue)
            writer.field("agent", agent)
        }
    }
}
