import InteractionModel

extension RoutingState {
    /// A new process took over: every connection is gone, and what was being sent is tried again under its number.
    mutating func start(epoch: Int64, release: String, wallOffset: Span) -> Answer {
        record(.siteStarted(epoch: epoch, release: release, wallOffset: wallOffset))
        // States without a life of their own are the first; a lost one's was frozen before.
        if life != incarnation, life != nil || incarnation != 1 { record(.lifeBegan(incarnation, isRestored: false)) }
        for index in agents.indices {
            guard case .connected(let session) = agents[index].presence else { continue }
            loseConnection(index, session: session)
        }
        for id in messages.keys.sorted() {
            guard let message = messages[id], message.state == .sending else { continue }
            record(.sendPostponed(id, reason: "the router restarted", until: now), about: message.interaction)
        }
        readCalendars()
        matcher.seekAll()
        return .none
    }

    mutating func stepClock(to wallOffset: Span) -> Answer {
        guard wallOffset != self.wallOffset else { return .none }
        record(.clockStepped(wallOffset: wallOffset))
        readCalendars()
        return .none
    }

    /// Agents the plan no longer names give back what they hold; then everyone looks again.
    mutating func activate(_ plan: Plan) -> Answer {
        guard plan != self.plan else { return .none }
        record(.planActivated(plan), key: plan.origin.flatMap { IdempotencyKey($0.key) })
        readCalendars()
        for index in agents.indices where !agents[index].isPlanned && agents[index].isHere {
            takeBack(from: index, reason: "no longer in the plan")
            record(.agentSignedOut(agents[index].name, reason: "no longer in the plan", reclaimAt: nil))
        }
        matcher.seekAll()
        return .none
    }
}
