import InteractionModel

extension RoutingState {
    /// Before an offer is folded: who else might have had it, and whom it passes over.
    ///
    /// Looks at the first of every queue's line, so it costs a step for each queue in which somebody waits. A contact that found a free agent by itself
    /// is not looked at: whoever waits then could not use that agent, or would not be waiting.
    mutating func noteFairness(of id: InteractionID, _ offered: Offered) {
        guard let taken = interactions[id], let agent = agentIndex[offered.agent] else { return }
        noteShares(of: taken, offered, to: agent)
        if offered.why.search == .agentSoughtContact { noteOvertaking(by: taken, agent) }
    }

    private mutating func noteOvertaking(by taken: InteractionRecord, _ agent: Int) {
        var finding = Overtaking.Finding()
        for queue in measures.queues {
            guard let first = queue.line.first(but: taken.id), first.stamp < taken.stamp,
                let other = interactions[first.interaction], let slot = other.slot,
                rule(dropping: agent, from: slot) == .laterInOrder
            else { continue }
            let ahead = taken.stamp.since(first.stamp).milliseconds
            if other.channel == taken.channel, other.requirement == taken.requirement { finding.isInversion = true }
            let bands = (
                other: queue.band(after: now.since(first.stamp)),
                taken: measures.queues[taken.visit.queue].band(after: now.since(taken.stamp))
            )
            if bands.other < bands.taken {
                finding.acrossBands = max(finding.acrossBands, ahead)
            } else {
                finding.withinBand = max(finding.withinBand, ahead)
            }
        }
        if finding != Overtaking.Finding() { measures.overtook(finding, in: taken.visit.queue, moment) }
    }
}
