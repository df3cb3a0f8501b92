import InteractionModel

extension RoutingState {
    /// Before an offer is folded: whether it passes over somebody who waited longer and whom the same agent could have taken.
    ///
    /// Looks at the first of every queue's line, so it costs a step for each queue in which somebody waits. A contact that found a free agent by itself
    /// is not looked at: whoever waits then could not use that agent, or would not be waiting.
    mutating func noteOvertaking(by id: InteractionID, _ offered: Offered) {
        guard offered.why.search == .agentSoughtContact, let taken = interactions[id],
            let agent = agentIndex[offered.agent]
        else { return }
        var finding = Overtaking.Finding()
        for queue in measures.queues {
            guard let first = queue.line.first(but: id), first.stamp < taken.stamp,
                let other = interactions[first.interaction], rule(dropping: agent, for: other) == .laterInOrder
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
