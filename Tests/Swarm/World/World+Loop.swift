import Chance
import Federation
import InteractionModel
import Routing

/// The shell of a site, as far as safety depends on it: decide, commit, and only then answer and act.
extension World {
    mutating func say(_ deed: SiteProcess.Deed, to site: Int, for asker: SiteProcess.Asker = .nobody) {
        guard sites[site].isUp else { return }
        sites[site].inbox.append(.init(deed: deed, asker: asker))
        if !sites[site].isCommitting { beginBatch(site) }
    }

    /// Decides on what waits, and begins the transaction.
    private mutating func beginBatch(_ site: Int) {
        let count = min(weather.batchMax, sites[site].inbox.count)
        for place in 0..<count {
            let job = sites[site].inbox[place]
            let answer = decide(job.deed, at: site)
            sites[site].replies.append((job.asker, answer))
        }
        sites[site].inbox.removeFirst(count)
        planTimer(of: site)
        if sites[site].decided.isEmpty { return release(site) }
        sites[site].isCommitting = true
        if plantBeforeCommit(of: site) { return }
        agenda.plan(.committed(site: site, life: sites[site].life), at: now + dice.number(1...weather.commitMax))
    }

    private mutating func decide(_ deed: SiteProcess.Deed, at site: Int) -> Answer {
        switch deed {
        case .event(let event): return sites[site].decide(event, at: now)
        case .line(let line):
            let contact = inbound(line, at: site)
            return sites[site].decide(.contact(contact), at: now, key: contact.key, lines: [Int32(line)])
        case .reply(let agent, let id, let line):
            let key = lines[line].key
            let isRepeated = sites[site].knows(key) != nil
            return sites[site].decide(
                .command(agent, .reply(id, key: key, repeated: isRepeated)), at: now, key: key, lines: [Int32(line)])
        case .peer(let message, let from, let incarnation):
            return decide(on: message, from: from, incarnation: incarnation, at: site)
        }
    }

    mutating func committed(_ site: Int) {
        if !isCalm, dice.happens(permille: weather.crashBeforeCommit) { return crash(site) }
        let facts = sites[site].decided
        let rows = sites[site].makeDurable(plantedLoss(of: facts), withRows: weather.restoresFromRows)
        if let rows { sites[site].journal.write(plantedRows(rows)) }
        watch(facts, at: site)
        plantBackup(of: site)
        if !isCalm, dice.happens(permille: weather.crashAfterCommit) { return crash(site) }
        release(site)
        guard sites[site].isUp else { return }
        perform(facts, at: site)
    }

    /// Says what may be said now that it is durable, and goes on with what has come meanwhile.
    private mutating func release(_ site: Int) {
        let replies = sites[site].replies
        sites[site].replies.removeAll(keepingCapacity: true)
        for (asker, answer) in replies { tell(answer, to: asker, by: site) }
        if sites[site].isUp, !sites[site].isCommitting, !sites[site].inbox.isEmpty { beginBatch(site) }
    }

    mutating func tell(_ answer: Answer, to asker: SiteProcess.Asker, by site: Int) {
        switch asker {
        case .nobody: break
        case .line(let line): lineAnswered(line, answer)
        case .request(let response, let place):
            guard case .peer(let decision) = answer else {
                return witness.complain("\(names[site]) answers a peer \(answer)")
            }
            answered(response, place, decision, by: site)
        case .summary(let from, let sequence):
            if case .reception(let reception) = answer {
                send(.reception(reception, of: sequence), from: site, to: from)
            }
        }
    }

    /// What follows from facts, now that they are durable: messages to providers, to peers, agents who are asked.
    private mutating func perform(_ facts: [RecordedFact], at site: Int) {
        var isOwed = false
        for fact in facts {
            switch fact.fact {
            case .offered(let offered): wake(offered.agent, at: site)
            case .invited(let invitation): wake(invitation.agent, at: site)
            case .sendStarted(let message, let attempt, _):
                isOwed = true
                guard let record = sites[site].state.messages[message], !sites[site].state.isRelayed(message) else {
                    break
                }
                _ = record
                let pause: Int64 = dice.number(10...400)
                agenda.plan(.sent(site: site, life: sites[site].life, message, attempt: attempt), at: now + pause)
            case .received, .custody, .relayed, .relayDelivered, .custodyMoved, .messageReceived, .customerLeft,
                .closed,
                .deliveryReported, .messageSent, .messageFailed, .expired, .abandoned:
                isOwed = true
            default: break
            }
        }
        guard isOwed else { return }
        for peer in sites[site].state.peersOwed {
            if let place = place(of: peer) { sendWhatIsDue(to: place, from: site) }
        }
    }

    // MARK: Time

    func isDue(_ site: Int) -> Bool { sites[site].timerAt <= now }

    private mutating func planTimer(of site: Int) {
        guard let next = sites[site].state.nextDeadline else { return }
        let moment = max(now + 1, sites[site].worldTime(next))
        guard moment < sites[site].timerAt else { return }
        sites[site].timerAt = moment
        agenda.plan(.timer(site: site, life: sites[site].life), at: moment)
    }

    mutating func timerGoesOff(_ site: Int) {
        guard sites[site].timerAt == now else { return }
        sites[site].timerAt = .max
        say(.event(.timePassed), to: site)
        if !sites[site].isCommitting { planTimer(of: site) }
    }
}

extension SiteProcess {
    /// The transaction is through: `facts` and what came with them are on the disk; the rows are to be written there.
    mutating func makeDurable(_ facts: [RecordedFact], withRows: Bool) -> StateRows? {
        journal.append(facts, fresh)
        decided = []
        fresh = .init()
        isCommitting = false
        guard !withRows else { return state.takeChanges() }
        state.settle()
        return nil
    }
}
