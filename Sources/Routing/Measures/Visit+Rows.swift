import InteractionModel
import JSON

/// A visit inside its contact's row: nothing is written that the row says already.
extension Visit {
    func writeMembers(to writer: inout JSONWriter, stamp: Timestamp) {
        if since != stamp { writer.field("waitsSince", since) }
        writer.field("offeredAt", offeredAt?.milliseconds)
        writer.field("answeredAt", answeredAt?.milliseconds)
        announced?.writeMembers(to: &writer)
    }

    init(_ members: JSONObject, queue: Int, stamp: Timestamp) {
        func moment(_ name: String) -> Timestamp? {
            members[name]?.integerValue.map { Timestamp(milliseconds: $0) }
        }
        self.init(
            queue: queue, since: moment("waitsSince") ?? stamp,
            announced: WaitEstimate(members["waitP50"]?.integerValue, members["waitP90"]?.integerValue))
        offeredAt = moment("offeredAt")
        answeredAt = moment("answeredAt")
    }
}

extension WaitEstimate {
    func writeMembers(to writer: inout JSONWriter) {
        writer.field("waitP50", p50)
        writer.field("waitP90", p90)
    }

    init?(_ p50: Int64?, _ p90: Int64?) {
        guard let p50, let p90 else { return nil }
        self.init(p50: Span(milliseconds: p50), p90: Span(milliseconds: p90))
    }
}
