import InteractionModel
import Routing

/// What begins names the moment at which it ends by itself, by the plan of its own moment.
extension Oracle {
    mutating func checkSpans(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .agentConnectionLost(_, _, let until): expect(until, after: plan.timers.reconnectGrace, recorded)
        case .agentSignedOut(_, _, let reclaimAt?): expect(reclaimAt, after: plan.timers.reclaimAfter, recorded)
        case .agentStatusChanged(_, let status, let until): checkLimit(of: status, until, recorded)
        default:
            guard let index = contact(recorded.interaction) else { return }
            checkSpans(of: contacts[index], queue(contacts[index].queue)?.plan, recorded)
        }
    }

    private mutating func checkSpans(of contact: OracleContact, _ queue: QueuePlan?, _ recorded: RecordedFact) {
        let timers = plan.timers
        switch recorded.fact {
        case .offerEnded(_, .accepted(let until)), .messageReceived(let until?):
            expect(until, after: timers.inactiveAfter, recorded)
        case .offerEnded(_, .rejected(_, let until)): expect(until, after: timers.offerAgainAfter, recorded)
        case .wrapUpStarted(_, let until, _): expect(until, after: queue?.wrapUpMax ?? .minutes(5), recorded)
        case .held(let until): expect(until, after: timers.holdMax, recorded)
        case .escalated(_, _, let until): expect(until, after: timers.vendorMax, recorded)
        case .invited(let invitation): expect(invitation.until, after: queue?.offerTimeout ?? .seconds(20), recorded)
        case .invitationEnded(_, .accepted(let until)): expect(until, after: timers.consultMax, recorded)
        case .transferred(let transferred): expect(transferred.activeUntil, after: timers.inactiveAfter, recorded)
        case .requeued(let requeued):
            if let until = requeued.notAgainBefore { expect(until, after: timers.offerAgainAfter, recorded) }
            expectMove(requeued.moveAt, in: requeued.requirement.queue.rawValue, recorded)
        case .returned(_, let expiresAt, let moveAt):
            expect(expiresAt, after: queue?.expireAfter ?? Span(milliseconds: contact.waitLimit), recorded)
            expectMove(moveAt, in: contact.queue, recorded)
        case .closed(_, _, let rememberUntil):
            if let until = rememberUntil { expect(until, after: queue?.preferred.rememberFor ?? .zero, recorded) }
            if contact.state == .active, queue?.wrapUpIsMandatory == true {
                complain("fact \(recorded.sequence) closed without a wrap-up, which is mandatory")
            }
        case .abandoned(_, let isShort):
            let limit = queue?.shortAbandon.milliseconds ?? 0
            let stayed = recorded.at.milliseconds - contact.stamp
            expect("short", isShort ? 1 : 0, stayed < limit ? 1 : 0, recorded)
        default: break
        }
    }

    private mutating func expect(_ until: Timestamp, after span: Span, _ fact: RecordedFact) {
        expect("the end", until.milliseconds, fact.at.milliseconds + span.milliseconds, fact)
    }

    private mutating func expectMove(_ found: Timestamp?, in queue: String, _ fact: RecordedFact) {
        expect("moveAt", found?.milliseconds ?? -1, moveAt(in: queue, at: fact.at.milliseconds) ?? -1, fact)
    }

    /// A reason with a limit has it; who let an offer ring out is not ready for as long as the plan says.
    private mutating func checkLimit(of status: AgentStatus, _ until: Timestamp?, _ fact: RecordedFact) {
        guard case .notReady(let reason) = status else {
            if until != nil { complain("fact \(fact.sequence): \(status) has a limit") }
            return
        }
        var allowed: [Span?] = []
        if plan.statusReasons.isEmpty { allowed.append(nil) }
        for known in plan.statusReasons where known.name == reason.rawValue { allowed.append(known.limit) }
        if reason == .noAnswer { allowed.append(plan.timers.noAnswerPause) }
        if !allowed.contains(until.map { $0.since(fact.at) }) {
            complain("fact \(fact.sequence): \(reason) ends at \(until?.milliseconds ?? -1), allowed \(allowed)")
        }
    }
}
