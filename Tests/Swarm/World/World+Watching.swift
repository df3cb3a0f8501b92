import Federation
import InteractionModel
import Routing

/// Shows the witness what has become durable.
extension World {
    mutating func watch(_ facts: [RecordedFact], at site: Int) {
        for fact in facts {
            watch(fact, at: site)
            if isTracing { trace(fact, at: site) }
        }
        // Who has it now: states are those of the facts, since nothing is decided while a transaction is under way.
        for fact in facts {
            guard let id = fact.interaction, let contact = sites[site].contacts[id] else { continue }
            witness.set(sites[site].state.interactions[id]?.state.agent != nil, contact, at: site)
        }
        let error = sites[site].state.conservationError
        if error != 0 { witness.complain("\(names[site]) has gained or lost \(error) contacts") }
    }

    private mutating func watch(_ fact: RecordedFact, at site: Int) {
        let lines = sites[site].journal.content[fact.sequence]?.lines ?? []
        switch fact.fact {
        case .received(let received):
            guard let id = fact.interaction else { return }
            if let transfer = received.transfer {
                guard let contact = known(transfer.contact) else { return }
                sites[site].contacts[id] = contact
                witness.changed(
                    contact, at: site, .took(transfer.epoch, from: transfer.from, incarnation: transfer.incarnation))
                witness.keptTogether(lines, at: site, of: contact)
            } else {
                let contact = witness.accepted(home: site, id.number)
                sites[site].contacts[id] = contact
                // What was relayed in vain begins a new contact, perhaps after later lines.
                if received.carries == nil {
                    keep(lines, id, at: site)
                } else {
                    witness.keptTogether(lines, at: site, of: contact)
                }
            }
        case .messageReceived: keep(lines, fact.interaction, at: site)
        case .relayed(let relayed):
            witness.counts.relayed += 1
            if relayed.from != names[site] {
                keep(lines, numbered: relayed.number, fact.interaction, at: site)
            } else if let contact = fact.interaction.flatMap({ sites[site].contacts[$0] }) {
                witness.keptTogether(lines, at: site, of: contact)
            }
        case .messageQueued(let queued):
            // A line that comes after its interaction was forgotten still names its contact.
            let late = queued.contact.flatMap { known($0) }
            guard let contact = late ?? fact.interaction.flatMap({ sites[site].contacts[$0] }) else { return }
            var origin = site
            if case .colleague(_, let other, _) = queued.author { origin = place(of: other) ?? site }
            for line in lines { witness.queued(Int(line), at: site, from: origin, of: contact) }
        case .messageSent(let message, _, _):
            guard let contact = fact.interaction.flatMap({ sites[site].contacts[$0] }) else { return }
            for line in sites[site].journal.content[message.number]?.lines ?? [] {
                witness.sent(Int(line), by: site, of: contact)
            }
        case .custody(let move):
            guard let contact = known(move.contact) else { return }
            if case .took = move.change {
                if let id = fact.interaction { sites[site].contacts[id] = contact }
                witness.keptTogether(lines, at: site, of: contact)
            }
            witness.changed(contact, at: site, move.change)
        case .closed, .abandoned, .expired:
            guard let id = fact.interaction, let contact = sites[site].contacts[id] else { return }
            witness.ended(contact, at: site)
        default: break
        }
    }

    private mutating func keep(_ lines: [Int32], numbered number: Int64? = nil, _ id: InteractionID?, at site: Int) {
        guard let contact = id.flatMap({ sites[site].contacts[$0] }) else { return }
        for line in lines {
            witness.kept(Int(line), numbered: number ?? Int64(line), at: site, of: contact)
        }
    }

    private mutating func known(_ contact: ContactID) -> Int? {
        if let place = place(of: contact) { return place }
        witness.complain("\(contact) moves, and its home never accepted it")
        return nil
    }

    private func trace(_ fact: RecordedFact, at site: Int) {
        let contact = fact.interaction.flatMap { sites[site].contacts[$0] }.map { witness.name($0) }
        let name = contact ?? fact.interaction.map { "\(names[site])-\($0)" } ?? ""
        let lines = sites[site].journal.content[fact.sequence].map { " lines \($0.lines)" } ?? ""
        trace("\(names[site]) \(fact.sequence) \(name): \(short(fact.fact))\(lines)")
    }

    private func short(_ fact: Fact) -> String {
        var text = "\(fact)"
        for noise in ["Routing.", "InteractionModel.", "Federation.", "(milliseconds: ", "Optional"] {
            text = text.split(separator: noise, omittingEmptySubsequences: false).joined()
        }
        return String(text.prefix(240))
    }
}
