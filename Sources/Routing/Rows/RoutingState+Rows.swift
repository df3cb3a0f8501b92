import Federation
import InteractionModel
import JSON

extension RoutingState {
    /// The rows of all that changed since the last call, one each, and forgets what has ended and been written.
    package mutating func takeChanges() -> StateRows {
        let taken = changes
        changes = StateChanges()
        var rows = StateRows()
        rows.interactions = distinct(taken.interactions).compactMap { interactions[$0]?.row }
        rows.entities =
            distinct(taken.agents).map { agents[$0].row(order: $0) }
            + distinct(taken.messages).map(messageRow)
            + Set(taken.suppressions).sorted { ($0.channel, $0.party) < ($1.channel, $1.party) }.map(suppressionRow)
            + distinct(taken.memories).map(memoryRow)
        rows.entities += distinct(taken.custody).map(custodyRow) + measures.takeRows() + takeRouteRows()
        if taken.plan { rows.entities.append(planRow) }
        if taken.tallies { rows.entities.append(siteRow) }
        for id in taken.ended where interactions[id]?.followed == 0 { interactions[id] = nil }
        return rows
    }

    /// Every row the state has: what a fresh store would need, and what `verify` compares.
    package func allRows() -> StateRows {
        StateRows(
            interactions: interactions.records.map(\.row),
            entities: agents.indices.map { agents[$0].row(order: $0) } + messages.keys.sorted().map(messageRow)
                + suppressed.sorted { ($0.channel, $0.party) < ($1.channel, $1.party) }.map(suppressionRow)
                + lastAgents.memories.keys.sorted().map(memoryRow) + networkRows + measures.allRows() + routeRows
                + [planRow, siteRow])
    }

    /// Each once, ascending. Sorting a batch costs a tenth of hashing it.
    private func distinct<Element: Comparable>(_ mentioned: [Element]) -> [Element] {
        guard mentioned.count > 1 else { return mentioned }
        var kept: [Element] = []
        kept.reserveCapacity(mentioned.count)
        for element in mentioned.sorted() where kept.last != element { kept.append(element) }
        return kept
    }

    private func messageRow(_ id: MessageID) -> EntityStateRow {
        EntityStateRow(
            kind: "message", id: id.description, lastSequence: messages[id]?.lastSequence ?? lastSequence,
            snapshot: messages[id]?.snapshot)
    }

    private func suppressionRow(_ suppression: Suppression) -> EntityStateRow {
        EntityStateRow(
            kind: "suppression", id: "\(suppression.channel)/\(suppression.party)", lastSequence: lastSequence,
            snapshot: suppressed.contains(suppression) ? Array("{}".utf8) : nil)
    }

    private func memoryRow(_ thread: PartyKey) -> EntityStateRow {
        let memory = lastAgents.memories[thread]
        return EntityStateRow(
            kind: "lastAgent", id: thread.rawValue, lastSequence: memory?.number ?? lastSequence,
            snapshot: memory?.snapshot)
    }

    private var networkRows: [EntityStateRow] { custody.contacts.map(custodyRow) }

    private func custodyRow(_ contact: ContactID) -> EntityStateRow {
        EntityStateRow(
            kind: "custody", id: contact.description, lastSequence: lastSequence, snapshot: custody[contact]?.snapshot)
    }

    private var planRow: EntityStateRow {
        var writer = JSONWriter(reservingCapacity: 4096)
        plan.write(to: &writer)
        return EntityStateRow(kind: "plan", id: "current", lastSequence: lastSequence, snapshot: writer.bytes)
    }

    private var siteRow: EntityStateRow {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("epoch", epoch)
        writer.field("wallOffset", wallOffset)
        if isDraining { writer.field("isDraining", true) }
        writer.field("life", life)
        switch restoration {
        case .none: break
        case .asking: writer.field("restoration", "asking")
        case .deciding(let number): writer.field("deciding", number)
        }
        fences.writeMembers(to: &writer)
        writer.key("tallies")
        writer.array(tallies) { $0.write(to: &$1) }
        if !gates.isEmpty {
            writer.key("gates")
            writer.array(gates) { $0.write(to: &$1) }
        }
        writer.endObject()
        return EntityStateRow(kind: "site", id: "current", lastSequence: lastSequence, snapshot: writer.bytes)
    }
}

extension ChannelTally {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("channel", channel.rawValue)
        writer.field("received", received)
        writer.field("queued", queued)
        writer.field("offered", offered)
        writer.field("active", active)
        writer.field("wrapping", wrapping)
        writer.field("escalated", escalated)
        writer.field("closed", closed)
        writer.field("abandoned", abandoned)
        writer.field("expired", expired)
        writer.field("shortAbandoned", shortAbandoned)
        if handingOver != 0 { writer.field("handingOver", handingOver) }
        if away != 0 { writer.field("away", away) }
        writer.endObject()
    }
}

extension Gate {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("calendar", calendar.rawValue)
        writer.field("isOpen", isOpen)
        writer.field("until", until?.milliseconds)
        writer.endObject()
    }
}

extension LastAgents.Memory {
    fileprivate var snapshot: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("agent", agent.rawValue)
        writer.field("until", until)
        writer.field("number", number)
        writer.endObject()
        return writer.bytes
    }
}

extension AgentRecord {
    func row(order: Int) -> EntityStateRow {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("order", order)
        status.writeMembers(to: &writer)
        writer.field("statusUntil", statusUntil?.milliseconds)
        switch presence {
        case .absent: break
        case .connected(let session): writer.field("session", session)
        case .lost(let session, let until):
            writer.field("session", session)
            writer.field("lostUntil", until)
        }
        writer.field("since", since)
        writer.field("sinceAt", sinceAt)
        writer.field("reclaimAt", reclaimAt?.milliseconds)
        if busy != .zero { writer.field("busy", busy) }
        writer.field("busySince", busySince?.milliseconds)
        if lastOffer != 0 { writer.field("lastOffer", lastOffer) }
        if !quality.isEmpty {
            writer.key("quality")
            writer.array(quality) { $0.write(to: &$1) }
        }
        writer.field("last", lastSequence)
        writer.endObject()
        return EntityStateRow(kind: "agent", id: name.rawValue, lastSequence: lastSequence, snapshot: writer.bytes)
    }
}

extension QualityResults {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("queue", queue.rawValue)
        writer.field("count", count)
        writer.field("total", total)
        writer.endObject()
    }
}

extension OutboundRecord {
    fileprivate var snapshot: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("interaction", interaction?.number)
        MessageQueued(
            author: author, channel: channel, account: account, party: party, giveUpAt: giveUpAt, activeUntil: nil,
            contact: contact
        )
        .writeMembers(to: &writer)
        switch state {
        case .waiting: writer.field("state", "waiting")
        case .sending: writer.field("state", "sending")
        case .sent(let providerID, let status):
            writer.field("state", "sent")
            writer.field("providerID", providerID)
            writer.field("status", status.rawValue)
        }
        writer.field("attempts", attempts)
        writer.field("deadline", deadline)
        writer.endObject()
        return writer.bytes
    }
}
