import InteractionModel
import Routing

/// The state that follows from the facts beside the state that is stored: what differs, in words. Pure.
struct StateComparison: Sendable {
    /// How many rows were looked at.
    private(set) var compared = 0
    /// In order of interactions, then of entities.
    private(set) var differences: [String] = []

    /// Rows whose `lastSequence` says only when they were written.
    private static let undated: Set = [
        "site", "plan", "suppression", "custody", "route", "routeNumber", "routeShare",
    ]

    /// - Parameters:
    ///   - folded: every row of the folded state; ended interactions among them are still followed.
    ///   - stored: open interactions and all entities.
    ///   - ended: finds the stored row of an interaction that has ended.
    init(
        folded: StateRows, stored: StateRows, ended: (InteractionID) throws -> InteractionStateRow?
    ) rethrows {
        let open = Dictionary(stored.interactions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for row in folded.interactions {
            compare(row, try open[row.id] ?? ended(row.id))
        }
        let expected = Set(folded.interactions.map(\.id))
        for row in stored.interactions where !expected.contains(row.id) {
            note("interaction \(row.id): stored as \(row.state), and the facts say that it has ended")
        }
        compareEntities(folded.entities, stored.entities)
    }

    private mutating func compare(_ folded: InteractionStateRow, _ stored: InteractionStateRow?) {
        compared += 1
        guard let stored else { return note("interaction \(folded.id): \(folded.state) by the facts, and not stored") }
        guard folded != stored else { return }
        let columns: [(String, String, String)] = [
            ("state", folded.state, stored.state), ("queue", folded.queue.rawValue, stored.queue.rawValue),
            ("agent", folded.agent?.rawValue ?? "nobody", stored.agent?.rawValue ?? "nobody"),
            ("customer", folded.party.rawValue, stored.party.rawValue),
            ("created", "\(folded.createdAt.milliseconds)", "\(stored.createdAt.milliseconds)"),
            ("updated", "\(folded.updatedAt.milliseconds)", "\(stored.updatedAt.milliseconds)"),
            ("closed", Self.text(folded.closedAt), Self.text(stored.closedAt)),
            ("last entry", "\(folded.lastSequence)", "\(stored.lastSequence)"),
            ("snapshot", Self.text(folded.snapshot), Self.text(stored.snapshot)),
        ]
        for (column, fact, row) in columns where fact != row {
            note("interaction \(folded.id): \(column) is \(fact) by the facts, stored is \(row)")
        }
    }

    private mutating func compareEntities(_ folded: [EntityStateRow], _ stored: [EntityStateRow]) {
        let rows = Dictionary(stored.map { ("\($0.kind) \($0.id)", $0) }, uniquingKeysWith: { first, _ in first })
        for row in folded {
            compared += 1
            let name = "\(row.kind) \(row.id)"
            guard let other = rows[name] else {
                note("\(name): \(Self.text(row.snapshot)) by the facts, and not stored")
                continue
            }
            if row.snapshot != other.snapshot {
                note("\(name): \(Self.text(row.snapshot)) by the facts, stored is \(Self.text(other.snapshot))")
            } else if row.lastSequence != other.lastSequence, !Self.undated.contains(row.kind) {
                note("\(name): last entry is \(row.lastSequence) by the facts, stored is \(other.lastSequence)")
            }
        }
        let expected = Set(folded.map { "\($0.kind) \($0.id)" })
        for row in stored where !expected.contains("\(row.kind) \(row.id)") {
            note("\(row.kind) \(row.id): stored, and the facts know nothing of it")
        }
    }

    private mutating func note(_ text: String) { differences.append(text) }

    private static func text(_ moment: Timestamp?) -> String { moment.map { "\($0.milliseconds)" } ?? "never" }

    private static func text(_ snapshot: [UInt8]?) -> String {
        String(decoding: snapshot?.prefix(200) ?? [], as: UTF8.self)
    }
}
