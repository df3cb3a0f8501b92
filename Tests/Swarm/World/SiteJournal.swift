import InteractionModel
import Routing

/// What one site has made durable: facts, the content beside them, the keys they carry, and the rows they lead to.
struct SiteJournal: Sendable {
    /// What people wrote, beside the fact that says so.
    struct Content: Sendable {
        /// Nil beside a line that came after its interaction was forgotten.
        var interaction: InteractionID?
        var lines: [Int32]
    }

    /// What the facts of one batch bring besides themselves.
    struct Additions: Sendable {
        var content: [Int64: Content] = [:]
        var order: [Int64] = []
        var keys: [IdempotencyKey: InteractionID?] = [:]

        /// - Parameter origin: the entry whose content belongs beside this one too.
        mutating func note(
            _ fact: RecordedFact, key: IdempotencyKey?, lines: [Int32], origin: Int64?, _ journal: SiteJournal
        ) {
            if let key = fact.key { keys.updateValue(fact.interaction, forKey: key) }
            guard fact.interaction != nil || fact.fact.isMessageQueued else { return }
            if let origin {
                let copied = content[origin]?.lines ?? journal.content[origin]?.lines ?? []
                add(Content(interaction: fact.interaction, lines: copied), at: fact.sequence)
            } else if !lines.isEmpty, fact.key == key || fact.fact.isMessageQueued {
                add(Content(interaction: fact.interaction, lines: lines), at: fact.sequence)
            }
        }

        private mutating func add(_ new: Content, at sequence: Int64) {
            content[sequence] = new
            order.append(sequence)
        }
    }

    private(set) var facts: [RecordedFact] = []
    /// Interactions, in the order in which they began.
    private(set) var begun: [InteractionID] = []
    private(set) var keys: [IdempotencyKey: InteractionID?] = [:]
    private(set) var content: [Int64: Content] = [:]
    private var entries: [InteractionID: [Int64]] = [:]
    /// The latest row of everything, where rows are kept.
    private var interactionRows: [InteractionID: InteractionStateRow] = [:]
    private var entityRows: [String: EntityStateRow] = [:]

    mutating func append(_ new: [RecordedFact], _ additions: Additions) {
        facts.append(contentsOf: new)
        for fact in new { if case .received = fact.fact, let id = fact.interaction { begun.append(id) } }
        for (key, interaction) in additions.keys { keys.updateValue(interaction, forKey: key) }
        for sequence in additions.order {
            guard let added = additions.content[sequence] else { continue }
            content[sequence] = added
            if let interaction = added.interaction { entries[interaction, default: []].append(sequence) }
        }
    }

    /// Back to the first so many facts: a backup.
    mutating func truncate(to count: Int) {
        let last = facts[count - 1].sequence
        facts.removeLast(facts.count - count)
        begun.removeAll { $0.number > last }
        content = content.filter { $0.key <= last }
        for id in entries.keys { entries[id]?.removeAll { $0 > last } }
    }

    mutating func write(_ rows: StateRows) {
        for row in rows.interactions { interactionRows[row.id] = row }
        for row in rows.entities { entityRows["\(row.kind) \(row.id)"] = row.snapshot == nil ? nil : row }
    }

    /// Everything written in a conversation up to `through`, each line once.
    func conversation(_ interaction: InteractionID, through: Int64) -> [Int32] {
        var lines: [Int32] = []
        for sequence in entries[interaction] ?? [] where sequence <= through {
            for line in content[sequence]?.lines ?? [] where !lines.contains(line) { lines.append(line) }
        }
        return lines
    }

    // MARK: Reading it back

    func folded(site: SiteName, _ incarnation: Int64) -> RoutingState {
        var state = RoutingState(site: site, incarnation: incarnation)
        for fact in facts { state.fold(fact) }
        state.settle()
        return state
    }

    func restored(site: SiteName, _ incarnation: Int64) throws -> RoutingState {
        let entities = entityRows.keys.sorted().compactMap { entityRows[$0] }
        let followed = Set(RoutingState.interactionsFollowed(in: entities))
        let open = interactionRows.values.filter { $0.closedAt == nil || followed.contains($0.id) }
        return try RoutingState(
            restoring: StateRows(interactions: open.sorted { $0.id < $1.id }, entities: entities),
            lastSequence: facts.last?.sequence ?? 0, at: facts.last?.at ?? Timestamp(milliseconds: 0), site: site,
            incarnation: incarnation)
    }
}

extension Fact {
    var isMessageQueued: Bool {
        if case .messageQueued = self { true } else { false }
    }
}
