package import InteractionModel

/// Where a policy sends a call, and why nowhere else.
package struct SiteSelection: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case site(SiteName)
        case partner(String)
    }

    /// What became of one step: every candidate but the chosen one with the first rule that dropped it.
    package struct Step: Hashable, Sendable {
        /// From 1.
        package var number: Int
        /// Passed over: its calendar is closed.
        package var isClosed = false
        /// In order of name.
        package var dropped: [Dropped] = []

        package init(number: Int, isClosed: Bool = false, dropped: [Dropped] = []) {
            self.number = number
            self.isClosed = isClosed
            self.dropped = dropped
        }
    }

    package struct Dropped: Hashable, Sendable {
        package var site: SiteName
        package var rule: SiteDrop

        package init(_ site: SiteName, _ rule: SiteDrop) {
            self.site = site
            self.rule = rule
        }
    }

    /// Nil: no step found a place.
    package var target: Target?
    /// The steps tried, in order; the last one chose, if any did.
    package var steps: [Step]

    package init(target: Target?, steps: [Step] = []) {
        self.target = target
        self.steps = steps
    }
}

/// Chooses the site for a call. Pure: the same candidates, in whatever order, give the same site.
package struct SiteSelector {
    /// Beyond it further sites are not looked at.
    package static let sitesMax = 64

    /// In order of name.
    private let candidates: [SiteCandidate]
    private let isOpen: (CalendarName) -> Bool
    private let account: (Int) -> ShareAccount?

    /// - Parameters:
    ///   - isOpen: whether a calendar is open now.
    ///   - account: what the allocation of the step of that number, from 1, has dealt so far; nil: nothing.
    package init(
        _ candidates: [SiteCandidate], isOpen: @escaping (CalendarName) -> Bool = { _ in true },
        account: @escaping (Int) -> ShareAccount? = { _ in nil }
    ) {
        self.candidates = Array(candidates.sorted { $0.site < $1.site }.prefix(Self.sitesMax))
        self.isOpen = isOpen
        self.account = account
    }

    package func choose(_ steps: [DeliveryStep]) -> SiteSelection {
        var selection = SiteSelection(target: nil, steps: [])
        for (index, step) in steps.enumerated() {
            var outcome = SiteSelection.Step(number: index + 1)
            if let during = step.during, !isOpen(during) {
                outcome.isClosed = true
            } else if case .partner(let label) = step.method {
                selection.target = .partner(label)
            } else {
                selection.target = site(step, &outcome).map { .site($0) }
            }
            selection.steps.append(outcome)
            if selection.target != nil { break }
        }
        return selection
    }

    // MARK: One step

    private func site(_ step: DeliveryStep, _ outcome: inout SiteSelection.Step) -> SiteName? {
        var dropped: [SiteDrop?] = candidates.map { drop($0, step) }
        let chosen: Int?
        switch step.method {
        case .pick(let criteria): chosen = best(by: criteria, step.acceptIf, &dropped)
        case .prefer(let sites): chosen = first(of: sites, step.acceptIf, &dropped)
        case .allocate(let shares): chosen = turn(shares, number: outcome.number, step.acceptIf, &dropped)
        case .partner: chosen = nil
        }
        for (candidate, rule) in zip(candidates, dropped) {
            if let rule { outcome.dropped.append(.init(candidate.site, rule)) }
        }
        return chosen.map { candidates[$0].site }
    }

    /// The first rule that keeps a site out of the step, in the order in which they are asked.
    private func drop(_ candidate: SiteCandidate, _ step: DeliveryStep) -> SiteDrop? {
        if let hindrance = candidate.hindrance { return hindrance }
        switch step.method {
        case .allocate(let shares) where !shares.contains { $0.site == candidate.site }: return .notNamed
        case .prefer(let sites) where !sites.contains(candidate.site): return .notNamed
        default: break
        }
        guard let known = candidate.known, known.isFresh else {
            // Turns and preferences need no word of a site; comparing does.
            if case .pick = step.method { return candidate.known == nil ? .notHeardOf : .stale }
            return step.considerIf.isEmpty ? nil : .considerIf(1)
        }
        if known.isDraining { return .draining }
        if !known.isOpen { return .closed }
        if known.room <= 0 { return .full }
        if known.staffed <= 0 { return .unstaffed }
        return step.considerIf.firstIndex { !$0.holds(of: known) }.map { .considerIf($0 + 1) }
    }

    private func unaccepted(_ index: Int, _ conditions: [SiteCondition]) -> SiteDrop? {
        conditions.firstIndex { !$0.holds(of: candidates[index].known) }.map { .acceptIf($0 + 1) }
    }

    /// The best that is accepted; those that came after it are behind.
    private func best(by criteria: [SitePick], _ acceptIf: [SiteCondition], _ dropped: inout [SiteDrop?]) -> Int? {
        let ranks = candidates.map { candidate in criteria.map { $0.rank(of: candidate.known) } }
        let order = candidates.indices.filter { dropped[$0] == nil }.sorted { one, other in
            ranks[one] == ranks[other] ? one < other : ranks[one].lexicographicallyPrecedes(ranks[other])
        }
        var chosen: Int?
        for index in order {
            if let winner = chosen {
                let criterion = criteria.indices.first { ranks[index][$0] != ranks[winner][$0] }
                dropped[index] = .behind(criterion.map { $0 + 1 } ?? 0)
            } else if let rule = unaccepted(index, acceptIf) {
                dropped[index] = rule
            } else {
                chosen = index
            }
        }
        return chosen
    }

    private func first(of sites: [SiteName], _ acceptIf: [SiteCondition], _ dropped: inout [SiteDrop?]) -> Int? {
        var chosen: Int?
        for site in sites {
            guard let index = candidates.firstIndex(where: { $0.site == site }), dropped[index] == nil, index != chosen
            else { continue }
            if chosen != nil {
                dropped[index] = .behind(1)
            } else if let rule = unaccepted(index, acceptIf) {
                dropped[index] = rule
            } else {
                chosen = index
            }
        }
        return chosen
    }

    private func turn(
        _ shares: [Share], number: Int, _ acceptIf: [SiteCondition], _ dropped: inout [SiteDrop?]
    ) -> Int? {
        for index in candidates.indices where dropped[index] == nil { dropped[index] = unaccepted(index, acceptIf) }
        let able = candidates.indices.filter { dropped[$0] == nil }
        let known = account(number).flatMap { $0.deals(shares) ? $0 : nil } ?? ShareAccount(shares)
        let site = known.next { site in able.contains { candidates[$0].site == site } }
        for index in able where candidates[index].site != site { dropped[index] = .notItsTurn }
        return able.first { candidates[$0].site == site }
    }
}

extension SiteSelection {
    /// Whether a site could have taken the call in the step that chose: what an allocation's account is told.
    package func couldTake(_ site: SiteName) -> Bool {
        if case .site(site)? = target { return true }
        return steps.last?.dropped.contains { $0.site == site && $0.rule == .notItsTurn } ?? false
    }
}
