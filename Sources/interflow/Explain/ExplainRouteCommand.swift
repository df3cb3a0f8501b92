import Federation
import Glibc
import InteractionModel
import Journal
import Routing
import Site

/// Why a switch was told what it was told, and what became of the place.
enum ExplainRouteCommand {
    static let command = Command(
        name: "explain-route", summary: "Say why a switch was told to deliver a call where it was",
        description: [
            "Prints the answer with every site that was looked at and the first rule that dropped it, step by step, and what became of "
                + "the place that was kept: the call came, late or in time, the place lapsed, or was given up.",
            "Reads the journal where it lies, beside a running site or without one.",
        ],
        options: [.config, JournalFolder.option, .init(name: "json", summary: "As JSON objects, one a line.")],
        operands: [.init(name: "RESERVATION", summary: "The answer's own number, as the switch was told it.")],
        exits: [
            (.ok, "explained"), (.failed, "there is no such answer, or it was purged"),
            (.noInput, "there is no journal"), (.ioError, "the journal cannot be read"),
        ],
        examples: ["interflow explain-route 4711"],
        run: { invocation in
            signal(SIGPIPE, SIG_DFL)
            guard let number = JournalHistory.number(invocation.operands[0]) else {
                throw CommandFailure(.usage, "explain-route needs RESERVATION: the answer's number, such as 4711")
            }
            let printer = LogPrinter(
                format: invocation.has("json") ? .json : .lines(withWhy: true), paint: .ofOutput)
            return try JournalFolder.read(invocation) { reader in
                for entry in try entries(of: number, reader) { printer.print(LogEntry(entry)) }
                return .ok
            }
        })

    /// The answer, and everything that is said of it before it was forgotten.
    private static func entries(of number: Int64, _ reader: SQLiteJournalReader) throws -> [JournalEntry] {
        guard let first = try reader.entries(after: number - 1, limit: 1).first, first.sequence == number,
            case .route(.answered(let answer))? = try? Fact(type: first.type, body: first.body)
        else {
            throw CommandFailure(.failed, "entry \(number) of this journal is no answer to a switch")
        }
        let end = answer.expiresAt.advanced(by: RouteRow.retention)
        var found = [first]
        var position = number
        while true {
            let page = try reader.entries(after: position, limit: JournalLimits.readMax)
            for entry in page where entry.type.hasPrefix("route.") {
                if let fact = try? Fact(type: entry.type, body: entry.body), fact.concerns(reservation: number) {
                    found.append(entry)
                }
            }
            guard let last = page.last, last.at <= end else { return found }
            position = last.sequence
        }
    }
}

extension Fact {
    fileprivate func concerns(reservation number: Int64) -> Bool {
        switch self {
        case .route(.answered(let answer)): answer.replaces == number
        case .route(.arrived(number, _, _)), .route(.lapsed(number)), .route(.released(number, _)): true
        default: false
        }
    }
}
