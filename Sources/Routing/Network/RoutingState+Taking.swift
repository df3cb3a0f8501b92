import Federation
import InteractionModel

/// Taking over what peers offer.
extension RoutingState {
    /// What a peer said. Who it is is certain; whether it has anything to do with the contact is looked at here.
    mutating func hear(_ said: PeerInput) -> PeerAnswer {
        guard said.site != site else { return .refused(reason: "this is site \(site) itself") }
        guard !isRestoring else { return .later(reason: "restored from a backup, and not sure yet what it has") }
        switch said.message {
        case .offer(let transfer, let epoch): return consider(transfer, epoch, said)
        case .cancel(let contact, let epoch): return cancel(contact, epoch, said)
        case .closed(let contact, let epoch, let disposition): return closed(contact, epoch, disposition, said.site)
        case .customerWrote(let contact, let number, _): return customerWrote(contact, number, said)
        case .customerLeft(let contact, let cause): return customerLeft(contact, cause: cause, said.site)
        case .agentWrote(let contact, let number, let agent, _): return agentWrote(contact, number, agent, said)
        case .delivery(let contact, let number, let status, let detail):
            return delivered(contact, MessageID(number), status, detail: detail, said.site)
        case .arrived(let contact, let epoch): return arrived(contact, epoch, said.site)
        }
    }

    // MARK: Offers

    private mutating func consider(_ transfer: Transfer, _ epoch: CustodyEpoch, _ said: PeerInput) -> PeerAnswer {
        func step(_ willing: Custody.Willingness) -> Custody.Step {
            Custody.step(
                custodyRow(of: transfer.contact),
                .offerReceived(epoch, from: said.site, incarnation: said.incarnation, willing: willing),
                fences: fences)
        }
        let decided = step(.take)
        guard decided.change != nil else { return answer(decided) }
        if let reason = unwillingness(to: transfer) {
            let refused = step(.refuse(reason: reason))
            if let change = refused.change { noteRefusal(of: transfer.contact, change) }
            return answer(refused)
        }
        guard let queue = queue(transfer.requirement.queue) else { return .later(reason: "no queue") }
        take(transfer, epoch, said, in: queue)
        return answer(decided)
    }

    private func answer(_ step: Custody.Step) -> PeerAnswer {
        switch step.answer {
        case .taken: .taken
        case .refused(let reason): .refused(reason: reason)
        case nil: .later(reason: step.obstacle?.rawValue ?? "undecided")
        }
    }

    /// A tombstone. Where an offer of ours is thereby proved taken, its contact is away from now on.
    private mutating func noteRefusal(of contact: ContactID, _ change: CustodyChange) {
        let entry = custody[contact]
        let id = entry?.row.state == .offered ? entry?.interaction : nil
        if let entry { settleDispatch(of: entry, taken: true) }
        let until = id.map { _ in now.advanced(by: CustodyRow.retention) }
        record(.custody(CustodyMove(contact, change, until: until)), about: id)
    }

    private mutating func cancel(_ contact: ContactID, _ epoch: CustodyEpoch, _ said: PeerInput) -> PeerAnswer {
        let step = Custody.step(
            custodyRow(of: contact), .cancelReceived(epoch, from: said.site, incarnation: said.incarnation),
            fences: fences)
        if let change = step.change { noteRefusal(of: contact, change) }
        return answer(step)
    }

    /// Why this site does not want a contact now; nil where it does. A refusal is final for its epoch, and harmless.
    private mutating func unwillingness(to transfer: Transfer) -> String? {
        if isDraining { return "draining" }
        if wallNow > transfer.notAfter { return "too late" }
        if transfer.hops.count >= Transfer.hopsMax { return "\(transfer.hops.count) sites had it" }
        let since = wallNow.advanced(by: Transfer.returnAfter.negated)
        if transfer.cause != .person, transfer.hops.contains(where: { $0.site == site && $0.at > since }) {
            return "was here a moment ago"
        }
        let name = transfer.requirement.queue
        guard let queue = queue(name) else { return "no queue \(name)" }
        guard isOpen(queue) else { return "queue \(name) is closed" }
        guard matcher.waiting(in: name) < queue.waitingMax else { return "queue \(name) is full" }
        let agents = census(for: matcher.contactClass(contactKind(transfer.channel, transfer.requirement)))
        let canNever: [Explanation.Rule] = [.channel, .skill, .group]
        if !agents.isEmpty, agents.allSatisfy({ canNever.contains($0.rule) || $0.count == 0 }) {
            return "nobody here serves \(transfer.channel) with what it needs"
        }
        return nil
    }

    private mutating func take(
        _ transfer: Transfer, _ epoch: CustodyEpoch, _ said: PeerInput, in queue: QueuePlan
    ) {
        let hops = Array(transfer.hops.suffix(Transfer.hopsMax))
        let expiresAt = now.advanced(by: queue.expireAfter)
        let before = custody[transfer.contact]
        if let before, let id = before.interaction, interactions[id]?.state.elsewhere != nil {
            settleDispatch(of: before, taken: true)
            let change = CustodyChange.took(epoch, from: said.site, incarnation: said.incarnation)
            record(
                .custody(
                    CustodyMove(
                        transfer.contact, change, cause: transfer.cause, expiresAt: expiresAt,
                        moveAt: intraflowMoment(in: queue), requirement: transfer.requirement, level: transfer.level,
                        heard: transfer.heard, hops: hops)),
                about: id, key: said.key)
            return abandonIfGone(id, before)
        }
        var received = received(transfer, said.party, said.thread)
        received.transfer = TakenTransfer(
            contact: transfer.contact, epoch: epoch, from: said.site, incarnation: said.incarnation, hops: hops,
            waited: max(.zero, transfer.waited), level: transfer.level, heard: transfer.heard,
            cause: transfer.cause)
        record(.received(received), about: InteractionID(lastSequence + 1), key: said.key)
    }

    /// The record of a contact as another site tells of it: where it waits here, as its queue and this plan say.
    mutating func received(_ transfer: Transfer, _ party: PartyKey?, _ thread: PartyKey?) -> Received {
        let queue = queue(transfer.requirement.queue) ?? queue(plan.defaultQueue)
        var own = transfer.requirement
        if let queue { own.queue = queue.name }
        var received = Received(
            channel: transfer.channel, account: transfer.account, party: party ?? PartyKey("unknown"),
            thread: thread ?? party ?? PartyKey("unknown"), requirement: own,
            expiresAt: now.advanced(by: queue?.expireAfter ?? Span.hours(24)), planVersion: plan.version,
            agents: census(for: matcher.contactClass(contactKind(transfer.channel, own))))
        received.direction = transfer.direction
        received.language = transfer.language
        if let queue {
            received.moveAt = intraflowMoment(in: queue)
            received.announced = announcement(in: queue, agents: received.agents).estimate
        }
        return received
    }
}
