import Federation
import InteractionModel
import JSON

extension RouteChange {
    /// The word in the journal's `type` column; stable for ever.
    var factType: String {
        switch self {
        case .answered: "route.answered"
        case .arrived: "route.arrived"
        case .lapsed: "route.lapsed"
        case .released: "route.released"
        }
    }

    func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .answered(let answer): answer.writeMembers(to: &writer)
        case .arrived(let reservation, let recognition, let isLate):
            writer.field("reservation", reservation)
            writer.field("by", recognition.rawValue)
            if isLate { writer.field("late", true) }
        case .lapsed(let reservation): writer.field("reservation", reservation)
        case .released(let reservation, let why):
            writer.field("reservation", reservation)
            writer.field("reason", why.rawValue)
        }
    }

    /// Nil where `type` is none of these.
    init?(type: String, body: [UInt8]) throws {
        guard type.hasPrefix("route.") else { return nil }
        guard let members = try JSONValue.parse(body).objectValue else {
            throw FactError(type: type, reason: "is not a JSON object")
        }
        if type == "route.answered" {
            do {
                self = .answered(try RouteAnswer(members))
            } catch {
                throw FactError(type: type, reason: "has no sound \(error.member)")
            }
            return
        }
        guard let reservation = members["reservation"]?.integerValue else {
            throw FactError(type: type, reason: "has no reservation")
        }
        func word<Word: RawRepresentable>(_ name: String) throws -> Word where Word.RawValue == String {
            guard let word = members[name]?.stringValue.flatMap({ Word(rawValue: $0) }) else {
                throw FactError(type: type, reason: "has no \(name) that this release knows")
            }
            return word
        }
        switch type {
        case "route.arrived":
            self = .arrived(reservation, by: try word("by"), isLate: members["late"]?.boolValue ?? false)
        case "route.lapsed": self = .lapsed(reservation)
        case "route.released": self = .released(reservation, try word("reason"))
        default: return nil
        }
    }
}

extension Fact {
    /// Whether it is an answer beside which stands what the switch said of the call.
    package var isRouteAnswer: Bool { if case .route(.answered) = self { true } else { false } }
}
