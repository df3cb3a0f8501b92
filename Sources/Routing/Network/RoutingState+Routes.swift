import Federation
import InteractionModel

/// Where a switch is told to deliver a call, and how the call is known when it comes.
extension RoutingState {
    mutating func take(_ input: RouteInput) -> RouteOutcome {
        switch input {
        case .asked(let question, let peers, let inVain): ask(question, peers: peers, inVain: inVain)
        case .kept(let question, let kept, let inVain): answer(question, with: kept, inVain: inVain)
        case .tooLate(let question): fallBack(question)
        case .peerSaid(let peer, let queue, let kept): note(peer, queue, kept: kept)
        case .keep(let keeping): keep(keeping)
        case .letGo(let key): letGo(key)
        }
    }

    // MARK: A question

    private mutating func ask(
        _ question: RouteQuestion, peers: [SiteName], inVain: [SiteSelection.Dropped]
    ) -> RouteOutcome {
        guard let client = plan.network.client(question.client) else { return .unknownClient(question.client) }
        var replaced: (number: Int64, row: RouteRow)?
        if let newest = routes.newest(of: question.routeKey), newest.row.isValid(at: now) {
            guard isTried(newest.row, by: question) else { return .answered(newest.number, isRepeated: true) }
            replaced = newest
        }
        guard routes.held < RouteTable.heldMax else { return .full(RouteTable.heldMax) }
        let decision = decide(question, after: replaced?.row, inVain: inVain)
        if let site = decision.site, peers.contains(site), site != self.site, let service = decision.service {
            let keeping = RouteKeeping(
                question: question, queue: service.queue, contextToken: token(question),
                reserveFor: service.reserveFor)
            directory.dispatched(to: site, service.queue)
            return .ask(site, keeping)
        }
        var answer = answer(question, client, decision)
        if let site = decision.site, let target = plan.network.site(site) {
            answer.number = routes.freeNumber(of: target.numbers, at: now)
            answer.quarantine = target.numbers.isEmpty ? .zero : target.quarantine
            answer.uri = fill(target.uri, question, answer)
            answer.label = target.label
        }
        return settle(answer, replacing: replaced)
    }

    /// The peer keeps a place: now the asker may be told.
    private mutating func answer(
        _ question: RouteQuestion, with kept: RouteKept, inVain: [SiteSelection.Dropped]
    ) -> RouteOutcome {
        guard let client = plan.network.client(question.client) else { return .unknownClient(question.client) }
        let newest = routes.newest(of: question.routeKey).flatMap { $0.row.isValid(at: now) ? $0 : nil }
        if let newest, !isTried(newest.row, by: question) { return .answered(newest.number, isRepeated: true) }
        // Decided again, as things stand now: what is written down is why this site, and whose turn it was.
        var decision = decide(question, after: newest?.row, inVain: inVain)
        if decision.site != kept.keeper.site {
            decision.selection = SiteSelection(target: .site(kept.keeper.site))
            decision.reason = "the place was kept before another site became better"
        }
        var answer = answer(question, client, decision)
        answer.keptBy = kept.keeper
        answer.number = kept.number
        answer.label = kept.label ?? plan.network.site(kept.keeper.site)?.label
        answer.uri = kept.uri ?? plan.network.site(kept.keeper.site).map { fill($0.uri, question, answer) }
        return settle(answer, replacing: newest)
    }

    /// What was said without us, when we took too long: the row must say the same.
    private mutating func fallBack(_ question: RouteQuestion) -> RouteOutcome {
        guard let client = plan.network.client(question.client) else { return .unknownClient(question.client) }
        let newest = routes.newest(of: question.routeKey)
        if let newest, newest.row.decision == .fallback, newest.row.isValid(at: now) {
            return .answered(newest.number, isRepeated: true)
        }
        let decision = Decision(
            service: plan.network.services.first { $0.matches(question) },
            selection: SiteSelection(target: nil), reason: "no answer in time", tried: [])
        let held = newest.flatMap { $0.row.isValid(at: now) ? $0 : nil }
        return settle(answer(question, client, decision), replacing: held, because: .late)
    }

    private struct Decision: Sendable {
        var service: RouteService?
        var selection: SiteSelection
        var reason: String
        /// Sites that were tried for the call, now or before.
        var tried: [SiteName]
        var known: SiteCandidate.Known?

        var site: SiteName? { if case .site(let site)? = selection.target { site } else { nil } }
    }

    private func decide(
        _ question: RouteQuestion, after earlier: RouteRow?, inVain: [SiteSelection.Dropped]
    ) -> Decision {
        var tried = plan.network.sites(tried: question.tried)
        for site in (earlier?.tried ?? []) + [earlier?.site].compactMap({ $0 }) where !tried.contains(site) {
            tried.append(site)
        }
        guard let service = plan.network.services.first(where: { $0.matches(question) }) else {
            return Decision(selection: SiteSelection(target: nil), reason: "no service matches", tried: tried)
        }
        let candidates = candidates(for: service, tried: tried, inVain: inVain)
        // Of the whole state the closures keep what they ask: to keep all of it would cost a copy for each question.
        let (closed, accounts) = (service.calendars.filter { !isOpen($0) }, routes.accounts)
        let selector = SiteSelector(
            candidates, isOpen: { !closed.contains($0) },
            account: { accounts[RouteAnswer.Dealing.account(service: service.name, step: $0)] })
        let selection = selector.choose(service.steps)
        var decision = Decision(service: service, selection: selection, reason: "", tried: tried)
        decision.reason = selection.target == nil ? "no site can take it" : "step \(selection.steps.count)"
        decision.known = decision.site.flatMap { site in candidates.first { $0.site == site }?.known }
        return decision
    }

    // MARK: The answer

    private func answer(_ question: RouteQuestion, _ client: RoutingClient, _ decision: Decision) -> RouteAnswer {
        let span = min(decision.service?.reserveFor ?? RouteService.usualReservation, RouteRow.lifeMax)
        var answer = RouteAnswer(
            question, decision: .route, contextToken: token(question), expiresAt: now.advanced(by: span),
            reason: decision.reason)
        answer.service = decision.service?.name
        answer.queue = decision.service?.queue
        answer.tried = decision.tried
        answer.steps = decision.selection.steps
        answer.knownAge = decision.known?.age
        switch decision.selection.target {
        case .site(let site)?:
            answer.site = site
            answer.dealing = dealing(decision)
        case .partner(let address)?:
            answer.decision = .partner
            answer.uri = fill(address, question, answer)
        case nil:
            let fallback = fill(client.fallback, question, answer)
            let isTried = question.tried.contains { $0 == fallback || $0 == RouteAddress.hostPort(of: fallback) }
            answer.decision = isTried ? .none : .fallback
            answer.uri = isTried ? nil : fallback
        }
        return answer
    }

    private func dealing(_ decision: Decision) -> RouteAnswer.Dealing? {
        guard let service = decision.service, let step = decision.selection.steps.last,
            case .allocate(let shares) = service.steps[step.number - 1].method
        else { return nil }
        return RouteAnswer.Dealing(
            account: RouteAnswer.Dealing.account(service: service.name, step: step.number), shares: shares,
            able: shares.map(\.site).filter { decision.selection.couldTake($0) }.sorted())
    }

    private func fill(_ template: String, _ question: RouteQuestion, _ answer: RouteAnswer) -> String {
        RouteAddress.fill(
            template, dialled: question.destination, number: answer.number, contextToken: answer.contextToken)
    }

    /// Names the site that has the context, so that wherever the call ends somebody can be asked for it.
    private func token(_ question: RouteQuestion) -> String { "\(site).\(question.nonce)" }

    /// Whether what was answered before has been tried in vain.
    private func isTried(_ row: RouteRow, by question: RouteQuestion) -> Bool {
        guard !question.tried.isEmpty else { return false }
        if let site = row.site, plan.network.sites(tried: question.tried).contains(site) { return true }
        guard let uri = row.uri else { return false }
        return question.tried.contains { $0 == uri || $0 == row.label || $0 == RouteAddress.hostPort(of: uri) }
    }

    private mutating func settle(
        _ answer: RouteAnswer, replacing replaced: (number: Int64, row: RouteRow)?,
        because why: RouteChange.Release = .triedAgain
    ) -> RouteOutcome {
        var answer = answer
        if let replaced {
            record(.route(.released(replaced.number, why)))
            answer.replaces = replaced.number
        }
        return .answered(record(.route(.answered(answer))), isRepeated: false)
    }

    // MARK: A peer's question

    /// Keeps a place for a peer's caller. As with every question, the same key gets the same answer.
    private mutating func keep(_ keeping: RouteKeeping) -> RouteOutcome {
        if let newest = routes.newest(of: keeping.question.routeKey), newest.row.isValid(at: now) {
            return .answered(newest.number, isRepeated: true)
        }
        guard routes.held < RouteTable.heldMax else { return .full(RouteTable.heldMax) }
        guard let queue = queue(keeping.queue) else { return .refused("unknown-queue") }
        guard !isDraining else { return .refused("draining") }
        guard isOpen(queue) else { return .refused("closed") }
        guard known(of: site, queue, wantsIdle: false).map({ $0.room > 0 }) ?? false else { return .refused("full") }
        let own = plan.network.site(site)
        let number = own.flatMap { routes.freeNumber(of: $0.numbers, at: now) }
        if let own, !own.numbers.isEmpty, number == nil { return .refused("no-number") }
        var answer = RouteAnswer(
            keeping.question, decision: .route, contextToken: keeping.contextToken,
            expiresAt: now.advanced(by: min(keeping.reserveFor, RouteRow.lifeMax)), reason: "kept for a peer")
        answer.site = site
        answer.queue = queue.name
        answer.number = number
        answer.quarantine = number == nil ? .zero : own?.quarantine ?? .zero
        answer.uri = own.map { fill($0.uri, keeping.question, answer) }
        answer.label = own?.label
        return .answered(record(.route(.answered(answer))), isRepeated: false)
    }

    private mutating func letGo(_ key: RouteKey) -> RouteOutcome {
        guard let newest = routes.newest(of: key), newest.row.state == .held else { return .refused("not-held") }
        record(.route(.released(newest.number, .withdrawn)))
        return .answered(newest.number, isRepeated: false)
    }

    /// Until the peer tells of itself again, a place it keeps counts as one more ahead there.
    private mutating func note(_ peer: SiteName, _ queue: QueueName, kept: Bool) -> RouteOutcome {
        directory.answered(by: peer, queue, taken: kept, at: now)
        return .noted
    }

    // MARK: Time

    mutating func routeFellDue(_ number: Int64, at moment: Timestamp) {
        guard let row = routes[number], row.state == .held, row.expiresAt == moment else { return }
        record(.route(.lapsed(number)))
    }

    func isMeant(route number: Int64, at moment: Timestamp) -> Bool {
        routes[number].map { $0.state == .held && $0.expiresAt == moment } ?? false
    }

    // MARK: The call comes

    /// The reservation an arriving contact belongs to, if any is known.
    func reservation(of contact: InboundContact) -> (number: Int64, by: RouteChange.Recognition)? {
        guard let claim = contact.claim else { return nil }
        return routes.recognise(
            contextToken: claim.contextToken, externalID: claim.externalID, dialledNumber: claim.dialledNumber)
    }

    /// The queue a call was announced for, while the plan has it.
    func announcedQueue(_ reservation: Int64?) -> QueueName? {
        reservation.flatMap { routes[$0]?.queue }.flatMap { queue($0)?.name }
    }

    var placesKept: Int { routes.held }

    /// Notes that the announced call is this interaction: late, and a second time, it is one all the same.
    mutating func arrive(_ reservation: (number: Int64, by: RouteChange.Recognition)?, as id: InteractionID) {
        guard let reservation, let row = routes[reservation.number], row.state != .arrived else { return }
        let isLate = row.state == .lapsed || row.state == .released
        record(.route(.arrived(reservation.number, by: reservation.by, isLate: isLate)), about: id)
    }

    // MARK: Folding

    mutating func foldRoute(_ change: RouteChange, _ recorded: RecordedFact) {
        routes.fold(change, sequence: recorded.sequence, at: recorded.at)
        guard case .answered(let answer) = change, routes[recorded.sequence]?.state == .held else { return }
        deadlines.add(.route(recorded.sequence), at: answer.expiresAt)
    }
}
