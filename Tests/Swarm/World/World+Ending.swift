import Federation
import InteractionModel
import Routing

/// The second phase: faults end, everybody comes back, and what was promised must come true.
extension World {
    /// Lets the storm end and waits for rest, an hour at most; then says what is wrong, if anything.
    package mutating func settle(events limit: Int) {
        guard witness.breach == nil else { return }
        isCalm = true
        network.mend()
        for link in 0..<(names.count * names.count) { unclog(link) }
        for site in sites.indices where !sites[site].isUp && !sites[site].isDead { start(site) }
        for site in sites.indices where sites[site].state.isDraining {
            say(.event(.draining(false, by: "sam")), to: site)
        }
        let end = now + 3_600_000
        let last = events + limit
        while witness.breach == nil, now < end, events < last, !isAtRest { run(events: events + 1_000) }
        checkRest()
        checkReplay()
    }

    private var isAtRest: Bool {
        sites.indices.allSatisfy { site in
            sites[site].isDead
                || sites[site].isUp && sites[site].inbox.isEmpty && !sites[site].isCommitting
                    && firstOwed(by: site) == nil
                    && !isStillSending(site)
                    && sites[site].state.tallies.allSatisfy { $0.queued + $0.offered + $0.active + $0.wrapping == 0 }
        }
    }

    /// Messages wait for their next attempt, and with them what must be heard after them.
    private func isStillSending(_ site: Int) -> Bool {
        sites[site].state.messages.values.contains { message in
            if case .sent = message.state { return false }
            let home = message.interaction.flatMap { sites[site].state.contact(of: $0) }?.site
            return home.map { !isGone($0) } ?? true
        }
    }

    /// What a site owes to a peer that is alive. What hangs on an offer to the dead must wait for somebody who asks there.
    private func firstOwed(by site: Int) -> (peer: SiteName, debt: Owed)? {
        for peer in sites[site].state.peersOwed where !isGone(peer) {
            let debt = sites[site].state.owed(to: peer, limit: .max).first { debt in
                place(of: debt.message.contact).map { !isInDoubtWithTheDead($0) } ?? true
            }
            if let debt { return (peer, debt) }
        }
        return nil
    }

    private func isGone(_ peer: SiteName) -> Bool { place(of: peer).map { sites[$0].isDead } ?? true }

    private func isInDoubtWithTheDead(_ contact: Int) -> Bool {
        names.indices.contains { site in witness.offer(of: contact, at: site).map { isGone($0) } ?? false }
    }

    // MARK: What must be true then

    private mutating func checkRest() {
        guard witness.breach == nil else { return }
        for site in sites.indices where !sites[site].isDead {
            if let (peer, debt) = firstOwed(by: site) {
                return witness.complain(
                    "\(names[site]) still owes \(peer) something an hour after the storm: \(debt.item)",
                    of: place(of: debt.message.contact))
            }
            for interaction in sites[site].state.interactions.records {
                guard case .away(let custodian) = interaction.state, let contact = sites[site].contacts[interaction.id]
                else { continue }
                let end = names.indices.first { witness.isCustodian(contact, $0) }
                // Home hears of every end; so does whoever else had it, unless those who would tell are dead.
                let mustHear = interaction.contact == nil || !sites.contains { $0.isDead }
                if mustHear, witness.hasEnded(contact), !isGone(custodian),
                    end.map({ !sites[$0].isDead }) ?? true
                {
                    return witness.complain(
                        "\(names[site]) never heard that \(witness.name(contact)) has ended", of: contact)
                }
            }
        }
        witness.checkEnd(isDead: sites.map(\.isDead))
    }

    /// The journal alone gives the state, by folding it and by the rows it led to.
    private mutating func checkReplay() {
        for site in sites.indices where witness.breach == nil && sites[site].isUp && !sites[site].isCommitting {
            _ = sites[site].state.takeChanges()
            var folded = sites[site].journal.folded(site: names[site], sites[site].incarnation)
            _ = folded.takeChanges()
            if folded.allRows() != sites[site].state.allRows() {
                witness.complain("\(names[site]) folded from its journal is not what it was")
            }
        }
    }

    /// FNV-1a over what every journal holds.
    package var digest: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for site in sites {
            for fact in site.journal.facts {
                let row = "\(fact.sequence) \(fact.at.milliseconds) \(fact.interaction?.number ?? 0) \(fact.fact)"
                for byte in row.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            }
        }
        return hash
    }
}
