import Federation
import InteractionModel

/// When a contact that waits is offered to another site, and to which (POLICY.md, "To other sites").
extension RoutingState {
    /// Contacts at the head of a line looked at, when those before them cannot go anywhere.
    static let headsMax = 16

    /// Offers what has waited long enough, and everything while this site drains. Nothing to do where no plan and nobody asks for it.
    mutating func interflow() {
        guard isDraining || !interflowing.isEmpty, !directory.isEmpty, !isRestoring else { return }
        if isDraining { return drainLines() }
        for index in interflowing {
            let queue = plan.queues[index]
            while let (id, peer) = nextInterflow(in: queue) { give(id, to: peer, .interflow) }
        }
    }

    /// The moment at which `interflow` may have something to do though nothing else happens.
    var nextInterflow: Timestamp? {
        guard !interflowing.isEmpty, !isDraining, !directory.isEmpty, !isRestoring else { return nil }
        var next: Timestamp?
        func note(_ moment: Timestamp) {
            if moment > now { next = next.map { min($0, moment) } ?? moment }
        }
        for index in interflowing {
            let queue = plan.queues[index]
            // Who is not free now will say so when somebody is.
            let sites = queue.interflow.flatMap(\.sites)
            guard !candidates(among: sites, queue.name, needsIdle: true).isEmpty else { continue }
            for place in heads(of: queue.name) {
                for rule in queue.interflow { note(place.stamp.advanced(by: rule.after)) }
                guard let interaction = interactions[place.interaction],
                    let entry = custody[contact(of: interaction)]
                else { continue }
                for refusal in entry.refusals { note(refusal.until) }
                for hop in entry.hops { note(siteTime(ofWall: hop.at).advanced(by: Transfer.returnAfter)) }
            }
        }
        return next
    }

    private func siteTime(ofWall moment: Timestamp) -> Timestamp { moment.advanced(by: wallOffset.negated) }

    private func heads(of queue: QueueName) -> [QueueLine.Place] {
        measures[queue]?.line.first(Self.headsMax) ?? []
    }

    private func nextInterflow(in queue: QueuePlan) -> (InteractionID, SiteName)? {
        guard let longest = longestWait(in: queue.name), let first = queue.interflow.first, longest >= first.after
        else { return nil }
        let free = candidates(among: queue.interflow.flatMap(\.sites), queue.name, needsIdle: true)
        guard !free.isEmpty else { return nil }
        for head in heads(of: queue.name) {
            let waited = now.since(head.stamp)
            let sites = queue.interflow.filter { $0.after <= waited }.flatMap(\.sites)
            if let peer = place(for: head.interaction, among: free.filter { sites.contains($0) }) {
                return (head.interaction, peer)
            }
        }
        return nil
    }

    // MARK: Where to

    /// The sites that can be sent something of `queue` now: the least loaded first, equals by name.
    private func candidates(among sites: [SiteName], _ queue: QueueName, needsIdle: Bool) -> [SiteName] {
        var found: [(site: SiteName, outlook: Directory.Outlook)] = []
        for site in sites where site != self.site && !found.contains(where: { $0.site == site }) {
            guard let outlook = directory.outlook(of: queue, at: site, now: now), outlook.isUsable,
                needsIdle ? outlook.idle > 0 : outlook.summary.staffed > 0 && outlook.room > 0,
                custody.offers(to: site) < Self.offersMax
            else { continue }
            found.append((site, outlook))
        }
        found.sort { one, other in
            if one.outlook.isLess(loadedThan: other.outlook) { return true }
            return !other.outlook.isLess(loadedThan: one.outlook) && one.site < other.site
        }
        return found.map(\.site)
    }

    /// The first of `candidates` to which this very contact may go.
    private func place(for id: InteractionID, among candidates: [SiteName]) -> SiteName? {
        guard let interaction = interactions[id] else { return nil }
        guard let entry = custody[contact(of: interaction)] else { return candidates.first }
        guard entry.hops.count < Transfer.hopsMax else { return nil }
        return candidates.first { !isKept(entry, from: $0) }
    }

    /// A site that refused the contact a moment ago, or had it.
    private func isKept(_ entry: CustodyEntry, from site: SiteName) -> Bool {
        let since = wallNow.advanced(by: Transfer.returnAfter.negated)
        return entry.refusals.contains { $0.site == site && $0.until > now }
            || entry.hops.contains { $0.site == site && $0.at > since }
    }

    // MARK: Pull

    /// A peer has agents with nothing to do: what it may have by the plan goes there at once, however short it waited.
    mutating func pull(by peer: SiteName, _ name: QueueName, places: Int) -> Answer {
        guard !isDraining, !isRestoring, let queue = queue(name),
            queue.interflow.contains(where: { $0.sites.contains(peer) }),
            directory.outlook(of: name, at: peer, now: now)?.isUsable == true
        else { return .none }
        // What it took before it said so, it no longer has idle agents for.
        let since = now.advanced(by: PullHint.lifetime.negated)
        var left = min(places, Self.offersMax) - directory.sent(to: peer, name, unknownSince: since)
        for head in heads(of: name) {
            guard left > 0, custody.offers(to: peer) < Self.offersMax else { return .none }
            guard place(for: head.interaction, among: [peer]) != nil else { continue }
            give(head.interaction, to: peer, .pull)
            left -= 1
        }
        return .none
    }

    // MARK: Drain

    mutating func drain(_ isDraining: Bool, by: String) -> Answer {
        guard isDraining != self.isDraining else { return .none }
        record(.siteDraining(isDraining, by: by))
        return .noted
    }

    /// Everything that waits goes to whoever serves its queue, busy or not; as many at a time as peers answer.
    private mutating func drainLines() {
        let sites = directory.sites
        for index in plan.queues.indices {
            let queue = plan.queues[index].name
            while let (id, peer) = nextToDrain(queue, to: sites) { give(id, to: peer, .drain) }
        }
    }

    private func nextToDrain(_ queue: QueueName, to sites: [SiteName]) -> (InteractionID, SiteName)? {
        let able = candidates(among: sites, queue, needsIdle: false)
        guard !able.isEmpty else { return nil }
        for head in heads(of: queue) {
            if let peer = place(for: head.interaction, among: able) { return (head.interaction, peer) }
        }
        return nil
    }

    /// It is no peer any more: nothing more is offered there. What is in doubt stays so until somebody asks there.
    mutating func forget(_ peer: SiteName) -> Answer {
        directory.forget(peer)
        return .none
    }
}

extension Directory.Outlook {
    /// Whether anything may be sent there at all.
    var isUsable: Bool { isFresh && !isDraining && summary.isOpen }

    /// How many more may wait there.
    var room: Int { summary.room - summary.announced - dispatched }

    /// By contacts and busy agents to each agent there; compared without dividing.
    func isLess(loadedThan other: Directory.Outlook) -> Bool {
        let (mine, theirs) = (
            summary.staffed - idle + summary.waiting, other.summary.staffed - other.idle + other.summary.waiting
        )
        return mine * max(1, other.summary.staffed) < theirs * max(1, summary.staffed)
    }
}
