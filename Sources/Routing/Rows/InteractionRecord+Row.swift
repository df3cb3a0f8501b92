import InteractionModel
import JSON

extension InteractionRecord {
    var row: InteractionStateRow {
        InteractionStateRow(
            id: id, party: party, state: state.name, queue: requirement.queue, agent: state.agent ?? lastAgent,
            createdAt: stamp, updatedAt: updatedAt, closedAt: state.hasEnded ? updatedAt : nil,
            lastSequence: lastSequence, snapshot: snapshot)
    }

    private var snapshot: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 320)
        writer.beginObject()
        writer.field("channel", channel.rawValue)
        writer.field("account", account.rawValue)
        if thread != party { writer.field("thread", thread.rawValue) }
        if direction != .inbound { writer.field("direction", direction.rawValue) }
        writer.field("language", language)
        writer.field("contact", contact?.description)
        writeNeeds(to: &writer)
        writer.field("expiresAt", expiresAt)
        writer.field("waitLimit", waitLimit)
        writer.field("moveAt", moveAt?.milliseconds)
        if level > 0 { writer.field("level", level) }
        if deadline != expiresAt { writer.field("deadline", deadline) }
        writeState(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func writeNeeds(to writer: inout JSONWriter) {
        if !requirement.skills.skills.isEmpty {
            writer.key("skills")
            requirement.skills.write(to: &writer)
        }
        if requirement.headStart != .zero { writer.field("ownHeadStart", requirement.headStart) }
        preference?.writeMembers(to: &writer)
        if !notAgents.isEmpty { writer.field("notAgents", notAgents.map(\.rawValue)) }
        guard !exclusions.isEmpty else { return }
        writer.key("exclusions")
        writer.beginObject()
        for exclusion in exclusions {
            writer.key(exclusion.agent.rawValue)
            writer.integer(exclusion.until.milliseconds)
        }
        writer.endObject()
    }

    private func writeState(to writer: inout JSONWriter) {
        if case .offered(let offer, _) = state { writer.field("offer", offer.number) }
        if case .escalated(let vendor) = state { writer.field("vendor", vendor) }
        switch state {
        case .handingOver(let site), .away(let site): writer.field("peer", site.rawValue)
        default: break
        }
        if case .closed(let outcome) = state {
            writer.field("disposition", outcome)
        } else {
            writer.field("disposition", disposition)
        }
        writer.field("acceptedOffer", acceptedOffer?.number)
        visit.writeMembers(to: &writer, stamp: stamp)
        writer.field("heldUntil", heldUntil?.milliseconds)
        guard !guests.isEmpty else { return }
        writer.key("guests")
        writer.array(guests) { $0.write(to: &$1) }
    }
}

extension Guest {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("agent", agent.rawValue)
        writer.field("offer", offer.number)
        switch stage {
        case .invited(let until): writer.field("invitedUntil", until)
        case .consulted(let until): writer.field("consultedUntil", until)
        case .joined(let since): writer.field("joinedSince", since)
        }
        writer.endObject()
    }

    init?(_ members: JSONObject) {
        guard let agent = members["agent"]?.stringValue, let offer = members["offer"]?.integerValue else { return nil }
        if let until = members.moment("invitedUntil") {
            stage = .invited(until: until)
        } else if let until = members.moment("consultedUntil") {
            stage = .consulted(until: until)
        } else if let since = members["joinedSince"]?.integerValue {
            stage = .joined(since: since)
        } else {
            return nil
        }
        self.agent = AgentName(agent)
        self.offer = OfferID(offer)
    }
}
