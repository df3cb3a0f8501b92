import Federation
import InteractionModel
import JSON
import Routing

/// An answer as a switch reads it: one flat object, because most switches can look for no more than a name and its text.
enum RouteReply {
    static func bytes(_ row: RouteRow, reservation: Int64) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 384)
        writer.beginObject()
        writer.field("decision", row.decision.rawValue)
        writer.field("site", row.site?.rawValue)
        writer.field("uri", row.uri)
        writer.field("label", row.label)
        writer.field("number", row.number)
        writer.field("contextToken", row.contextToken)
        writer.field("reservation", reservation)
        writer.field("expiresAt", row.expiresAt.milliseconds)
        writer.field("knownAsOf", row.knownAge.map { row.answeredAt.advanced(by: $0.negated).milliseconds })
        writer.field("queue", row.queue?.rawValue)
        writer.field("reason", row.reason)
        writer.endObject()
        return writer.bytes
    }

    /// What is said at the deadline: there is no reservation yet.
    static func fallback(_ question: RouteQuestion, _ client: RoutingClient) -> [UInt8] {
        let uri = RouteAddress.fill(client.fallback, dialled: question.destination, number: nil, contextToken: "")
        let isTried = question.tried.contains { $0 == uri || $0 == RouteAddress.hostPort(of: uri) }
        var writer = JSONWriter(reservingCapacity: 192)
        writer.beginObject()
        writer.field("decision", (isTried ? RouteAnswer.Decision.none : .fallback).rawValue)
        if !isTried { writer.field("uri", uri) }
        writer.field("reason", "no answer in time")
        writer.endObject()
        return writer.bytes
    }
}

/// What makes a context token impossible to guess: 96 bits of the machine's chance.
enum RouteNonce {
    static func make() -> String { Hexadecimal.text(RandomBytes.make(12)) }
}
