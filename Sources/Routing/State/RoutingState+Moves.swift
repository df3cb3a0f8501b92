import InteractionModel

/// Contacts that change their queue, or leave the house for a while.
extension RoutingState {
    /// An intraflow after less than this counts as after this: two queues must not play ball with a contact.
    static let intraflowMin = Span.seconds(1)

    /// When the queue's own rule moves what comes into it now.
    func intraflowMoment(in queue: QueuePlan) -> Timestamp? {
        nextIntraflow(in: queue).map { now.advanced(by: max($0.after, Self.intraflowMin)) }
    }

    private func nextIntraflow(in queue: QueuePlan) -> Intraflow? {
        queue.intraflow.first { $0.to != queue.name && self.queue($0.to) != nil }
    }

    /// Sends a contact that waits to another queue. Its waiting limit becomes the longer of both queues'.
    mutating func move(
        _ interaction: InteractionRecord, to queue: QueuePlan, _ reason: Moved.Reason, by: String? = nil
    ) {
        let since = interaction.expiresAt.advanced(by: interaction.waitLimit.negated)
        let limit = max(interaction.waitLimit, queue.expireAfter)
        record(
            .moved(
                Moved(
                    from: interaction.requirement.queue, to: queue.name, reason: reason, by: by,
                    level: interaction.level, expiresAt: since.advanced(by: limit),
                    moveAt: intraflowMoment(in: queue), planVersion: plan.version)),
            about: interaction.id)
    }

    mutating func intraflowFellDue(_ id: InteractionID, at moment: Timestamp) {
        guard let interaction = interactions[id], interaction.state == .queued, interaction.moveAt == moment,
            let queue = queue(interaction.requirement.queue),
            let target = nextIntraflow(in: queue).flatMap({ self.queue($0.to) })
        else { return }
        move(interaction, to: target, .intraflow)
    }

    /// Contacts whose queue the plan does not name go to the default queue. If even that is missing they stay, and wait
    /// for what they themselves wish.
    mutating func houseHomeless() {
        guard !homeless.isEmpty else { return }
        let ids = homeless
        homeless = []
        guard let shelter = queue(plan.defaultQueue) else { return }
        for id in ids {
            guard let interaction = interactions[id], interaction.state == .queued,
                queue(interaction.requirement.queue) == nil
            else { continue }
            move(interaction, to: shelter, .plan)
        }
    }

    // MARK: Escalation

    mutating func escalate(_ id: InteractionID, by name: AgentName) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        let from = interaction.requirement.queue
        switch queue(from)?.escalation {
        case nil: return .refused(.noEscalation(from))
        case .queue(let to)?:
            guard let target = queue(to) else { return .refused(.unknownQueue(to)) }
            dismissGuests(of: id, reason: "escalated")
            let moved = Moved(
                from: from, to: to, reason: .escalated, by: name.rawValue, level: interaction.level + 1,
                expiresAt: now.advanced(by: target.expireAfter), moveAt: intraflowMoment(in: target),
                planVersion: plan.version)
            record(.moved(moved), about: id)
        case .vendor(let vendor)?:
            dismissGuests(of: id, reason: "escalated")
            record(.escalated(vendor: vendor, by: name, until: now.advanced(by: plan.timers.vendorMax)), about: id)
        }
        return .accepted(id, isNew: false)
    }

    /// Brings back what a vendor has, to its old place.
    @discardableResult
    mutating func takeFromVendor(_ id: InteractionID, reason: String) -> Answer {
        guard let interaction = interactions[id], !interaction.state.hasEnded else {
            return .refused(.unknownInteraction(id))
        }
        guard case .escalated = interaction.state else {
            return .refused(.wrongState(id, is: interaction.condition))
        }
        let queue = queue(interaction.requirement.queue)
        let expiresAt = now.advanced(by: queue?.expireAfter ?? interaction.waitLimit)
        let moveAt = queue.flatMap { intraflowMoment(in: $0) }
        record(.returned(reason: reason, expiresAt: expiresAt, moveAt: moveAt), about: id)
        return .accepted(id, isNew: false)
    }
}
