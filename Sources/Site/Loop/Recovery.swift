import InteractionModel
package import Journal
package import Routing

/// Brings the core's state back from what is durable. Nothing is decided here.
package enum Recovery {
    /// The state as of the journal's last entry, from the state rows written with it.
    /// - Parameters site, incarnation: whose memory this is, and which life of it.
    static func state(
        from journal: any Journal, reader: any JournalReader, at moment: Timestamp, site: SiteName,
        incarnation: Int64
    ) throws(JournalFailure) -> RoutingState {
        var rows = StateRows(
            interactions: try journal.openInteractions().map(\.stateRow),
            entities: try journal.entities().map(\.stateRow))
        rows.interactions += try followed(by: rows, reader)
        do {
            return try RoutingState(
                restoring: rows, lastSequence: try journal.lastSequence(), at: moment, site: site,
                incarnation: incarnation)
        } catch let failure as JournalFailure {
            throw failure
        } catch {
            throw JournalFailure(
                .corrupt, "The stored state cannot be read back. Run `interflow journal verify`.", cause: "\(error)")
        }
    }

    /// Interactions that have ended while a message of theirs is still followed.
    private static func followed(
        by rows: StateRows, _ reader: any JournalReader
    ) throws(JournalFailure) -> [InteractionStateRow] {
        let open = Set(rows.interactions.map(\.id))
        var found: [InteractionStateRow] = []
        for id in RoutingState.interactionsFollowed(in: rows.entities) where !open.contains(id) {
            if let row = try reader.interaction(id.number) { found.append(row.stateRow) }
        }
        return found
    }

    /// The state that follows from folding the whole journal: what the stored rows must agree with.
    /// - Parameter progress: called now and then with the last sequence folded; false stops.
    package static func fold(
        _ reader: any JournalReader, progress: (Int64) -> Bool = { _ in true }
    ) throws -> RoutingState {
        var state = RoutingState()
        try fold(reader, into: &state, progress: progress)
        return state
    }

    /// Folds what came after the state's last sequence: a comparison beside a running site catches up with it.
    package static func fold(
        _ reader: any JournalReader, into state: inout RoutingState, progress: (Int64) -> Bool = { _ in true }
    ) throws {
        while true {
            let entries = try reader.entries(after: state.lastSequence, limit: JournalLimits.readMax)
            guard let newest = entries.last else { return }
            // Once a page, as a site does once a batch: a fact's share of it is half a microsecond.
            defer { state.settle() }
            for entry in entries { try fold(entry, into: &state) }
            guard progress(newest.sequence) else { return }
        }
    }

    /// Folds one entry; whoever calls settles the state now and then.
    package static func fold(_ entry: JournalEntry, into state: inout RoutingState) throws {
        guard !entry.type.hasPrefix("journal.") else { return state.pass(over: entry.sequence) }
        state.fold(try RecordedFact(entry))
    }
}

extension RecordedFact {
    /// Throws when the entry's body is not the fact its type says.
    package init(_ entry: JournalEntry) throws {
        self = RecordedFact(
            sequence: entry.sequence, at: entry.at, interaction: entry.interaction.map { InteractionID($0) },
            previous: entry.previous, key: entry.key.flatMap { IdempotencyKey($0) },
            fact: try Fact(type: entry.type, body: entry.body))
    }
}

extension InteractionStateRow {
    package var journalRow: InteractionRow {
        InteractionRow(
            interaction: id.number, customer: party.rawValue, state: state, queue: queue.rawValue,
            agent: agent?.rawValue, createdAt: createdAt, updatedAt: updatedAt, closedAt: closedAt,
            lastSequence: lastSequence, snapshot: snapshot)
    }
}

extension InteractionRow {
    package var stateRow: InteractionStateRow {
        InteractionStateRow(
            id: InteractionID(interaction), party: PartyKey(customer ?? ""), state: state,
            queue: QueueName(queue ?? ""), agent: agent.map { AgentName($0) }, createdAt: createdAt,
            updatedAt: updatedAt, closedAt: closedAt, lastSequence: lastSequence, snapshot: snapshot)
    }
}

extension EntityStateRow {
    package var journalRow: EntityRow {
        EntityRow(kind: kind, id: id, lastSequence: lastSequence, snapshot: snapshot)
    }
}

extension EntityRow {
    package var stateRow: EntityStateRow {
        EntityStateRow(kind: kind, id: id, lastSequence: lastSequence, snapshot: snapshot)
    }
}
