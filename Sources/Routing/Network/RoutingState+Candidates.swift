import Federation
import InteractionModel

/// What is known of each site of the network plan when a call must be sent to one.
extension RoutingState {
    func candidates(
        for service: RouteService, tried: [SiteName], inVain: [SiteSelection.Dropped]
    ) -> [SiteCandidate] {
        let wantsIdle = service.steps.contains(where: \.comparesIdleTimes)
        let queue = queue(service.queue)
        let closed = plan.sites.filter { !isOpen($0.hours) }.map(\.name)
        return plan.network.sites.prefix(SiteSelector.sitesMax).map { target in
            let name = target.name
            var candidate = SiteCandidate(name)
            candidate.known = queue.flatMap { known(of: name, $0, wantsIdle: wantsIdle) }
            if tried.contains(name) {
                candidate.hindrance = .tried
            } else if let met = inVain.first(where: { $0.site == name }) {
                candidate.hindrance = met.rule
            } else if closed.contains(name) {
                candidate.hindrance = .closed
            } else if !target.numbers.isEmpty, directory[name] == nil,
                routes.freeNumber(of: target.numbers, at: now) == nil
            {
                candidate.hindrance = .noNumber
            }
            return candidate
        }
    }

    /// A site's state for one queue: our own and that of sites whose agents sign in here as it is now, a peer's as it told.
    /// Nil: nothing is known.
    func known(of name: SiteName, _ queue: QueuePlan, wantsIdle: Bool) -> SiteCandidate.Known? {
        if name != site, let outlook = directory.outlook(of: queue.name, at: name, now: now) {
            return SiteCandidate.Known(outlook)
        }
        let isShared = plan.network.sites.contains { other in
            other.name != site && agents.contains { $0.site == other.name && $0.isPlanned }
        }
        let staff: (staffed: Int, idle: Int, idleSince: Timestamp?)
        if name == site, !isShared, !wantsIdle {
            let staffing = staffing(of: queue.name)
            staff = (staffing.signedIn, staffing.idle, nil)
        } else if name == site || agents.contains(where: { $0.site == name && $0.isPlanned }) {
            staff = countStaff(of: name, queue, isShared: isShared)
        } else {
            return nil
        }
        // Who waits here has been delivered: it stands before a newcomer of our own site only.
        let waiting = name == site ? waiting(in: queue.name) : 0
        let announced = routes.announced(at: name, in: queue.name)
        let handling = measures[queue.name]?.recentHandling.map { Span(milliseconds: $0) }
        return SiteCandidate.Known(
            isOpen: isOpen(queue), isDraining: isDraining && name == site, staffed: staff.staffed, idle: staff.idle,
            ahead: waiting + announced, room: queue.waitingMax - self.waiting(in: queue.name) - announced,
            handling: handling,
            expectedWait: handling == nil && name == site ? expectedWait(in: queue.name).estimate?.p50 : nil,
            longestIdle: staff.idleSince.map { now.since($0) })
    }

    /// One walk over the agents: for sites that share this process, and where idle times are compared.
    private func countStaff(
        of name: SiteName, _ queue: QueuePlan, isShared: Bool
    ) -> (staffed: Int, idle: Int, idleSince: Timestamp?) {
        var (staffed, idle) = (0, 0)
        var idleSince: Timestamp?
        for agent in agents where agent.isPlanned {
            guard !isShared || (agent.site ?? site) == name, queue.isServed(by: agent) else { continue }
            guard agent.condition != .signedOut, agent.condition != .unreachable else { continue }
            staffed += 1
            guard agent.condition == .available, agent.held.isEmpty else { continue }
            idle += 1
            idleSince = min(idleSince ?? agent.sinceAt, agent.sinceAt)
        }
        return (staffed, idle, idleSince)
    }
}

extension QueuePlan {
    /// Whether the agent belongs to it, in any of its rings.
    fileprivate func isServed(by agent: AgentRecord) -> Bool {
        func serves(_ skills: SkillSet, _ groups: [GroupName], _ sites: [SiteName]) -> Bool {
            agent.skills.meets(skills) && (groups.isEmpty || groups.contains { agent.groups.contains($0) })
                && (sites.isEmpty || agent.site.map { sites.contains($0) } ?? false)
        }
        return serves(skills, groups, sites)
            || rings.contains { serves($0.skills ?? skills, $0.groups ?? groups, $0.sites ?? sites) }
    }
}

extension DeliveryStep {
    fileprivate var comparesIdleTimes: Bool {
        if case .pick(let criteria) = method, criteria.contains(where: { $0.measure == .longestIdle }) { return true }
        return (considerIf + acceptIf).contains { $0.measure == .longestIdle }
    }
}
