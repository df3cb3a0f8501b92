import Federation
import Glibc
import HTTP
import InteractionModel
import JSON
import Routing
import Threads

/// Answers switches: hands their questions to the loop, asks peers to keep places, and says the declared default when the
/// deadline has passed, whatever the loop, the disk or a peer is doing.
///
/// An answer is durable before it is said; only a default said at the deadline is recorded afterwards, because then nothing can be
/// written in time. A question that was answered so is not decided any more, and a place that was kept for it is let go.
final class RouteDesk: Sendable {
    /// A peer is given at least so many milliseconds, if there are as many.
    static let askMin: Int64 = 100

    let counters = RouteCounters()
    private let inbox: Inbox
    private let plan: ActivePlan
    private let keeping = Guarded<(any PlaceKeeping)?>(nil)
    private let watched = Guarded(Watched())

    private struct Watched {
        /// The earliest last.
        var due: [Due] = []
        var isStopped = false
    }

    /// When a question is looked at; by then it may have got a later deadline.
    private struct Due {
        var at: Int64
        var pending: PendingRoute
    }

    init(inbox: Inbox, plan: ActivePlan) {
        self.inbox = inbox
        self.plan = plan
    }

    /// From now on places are kept at other sites too.
    func use(_ keeping: any PlaceKeeping) { self.keeping.with { $0 = keeping } }

    static func now() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    // MARK: A question

    func ask(_ body: [UInt8], by identity: Identity, _ responder: HTTPResponder) {
        let began = Self.now()
        guard let client = plan.now.plan.network.client(identity.name) else {
            return responder.send(Self.unknownClient(identity.name))
        }
        switch RouteRequest.read(body, client: client.name, nonce: RouteNonce.make()) {
        case .failure(let fault): responder.send(.badFields(fault.problems))
        case .success(let request):
            counters.asked(by: client.name)
            let pending = PendingRoute(request, client, responder, began: began)
            watch(pending)
            submit(pending)
        }
    }

    private func submit(_ pending: PendingRoute) {
        let peers = keeping.with { $0 }?.sites ?? []
        submit(.asked(pending.request.question, peers: peers, inVain: pending.inVain), pending)
    }

    private func submit(_ input: RouteInput, _ pending: PendingRoute) {
        let job = RouteJob(input: input, content: pending.request.content, isOver: { pending.isSettled })
        let reply = Reply.respond(pending.responder) { [self] outcome, state in take(outcome, pending, state) }
        switch inbox.offer(Job(.route(job), reply)) {
        case .taken: break
        case .full: refuse(pending, .unavailable(.overloaded))
        case .closed: refuse(pending, .unavailable(.stopping))
        }
    }

    /// On the loop's thread, after the commit.
    private func take(
        _ outcome: JobOutcome, _ pending: PendingRoute, _ state: borrowing RoutingState
    ) -> HTTPResponse? {
        switch outcome {
        case .unavailable(let reason): return refusal(pending, .unavailable(reason))
        case .answered(.route(.ask(let site, let keeping))):
            askPeer(site, keeping, pending)
            return nil
        case .answered(.route(.answered(let number, let isRepeated))):
            guard let row = state.routes[number], pending.settle() else { return nil }
            let took = Self.now() - pending.began
            counters.answered(
                row.decision, to: pending.client.name, after: took,
                isLate: took > pending.client.lateAfter.milliseconds, isRepeated: isRepeated)
            return .json(200, RouteReply.bytes(row, reservation: number))
        case .answered(.route(.unknownClient(let name))): return refusal(pending, Self.unknownClient(name))
        case .answered(.route(.full(let places))):
            return refusal(
                pending,
                .problem(
                    503, "routes-full", "\(places) places are kept already; use your own default",
                    headers: [HTTPField("Retry-After", "5")]))
        case .answered: return nil
        }
    }

    private func refusal(_ pending: PendingRoute, _ response: HTTPResponse) -> HTTPResponse? {
        guard pending.settle() else { return nil }
        counters.unavailable()
        return response
    }

    private func refuse(_ pending: PendingRoute, _ response: HTTPResponse) {
        if let response = refusal(pending, response) { pending.responder.send(response) }
    }

    private static func unknownClient(_ name: String) -> HTTPResponse {
        .problem(
            409, "no-routing-client",
            "The plan's routing.clients does not list \(name): nobody said where its calls go when nothing is known.")
    }

    // MARK: Peers

    private func askPeer(_ site: SiteName, _ asked: RouteKeeping, _ pending: PendingRoute) {
        guard let keeping = keeping.with({ $0 }) else { return }
        pending.awaitPeer()
        let left = pending.deadline - Self.now()
        guard left > 0 else { return }  // The watch answers.
        // Half of what is left, so that a peer that hangs leaves time for another.
        let share = max(left / 2, min(left, Self.askMin))
        keeping.ask(site, asked, content: pending.request.content, deadline: .milliseconds(share)) { [self] answer in
            var isKept = false
            if case .kept = answer { isKept = true }
            inbox.insist(Job(.route(RouteJob(input: .peerSaid(site, asked.queue, kept: isKept)))))
            switch answer {
            case .kept(let kept):
                guard !pending.isSettled else { return keeping.letGo(site, asked.question.routeKey) }
                submit(.kept(pending.request.question, kept, inVain: pending.inVain), pending)
            case .refused(let why): tryElsewhere(.init(site, .refused(why)), pending)
            case .noAnswer(let why): tryElsewhere(.init(site, .unreachable(why)), pending)
            }
        }
    }

    private func tryElsewhere(_ dropped: SiteSelection.Dropped, _ pending: PendingRoute) {
        guard !pending.isSettled else { return }
        pending.note(dropped)
        submit(pending)
    }

    // MARK: Deadlines

    private func watch(_ pending: PendingRoute) {
        let due = Due(at: pending.deadline, pending: pending)
        let isFirst = watched.with { watched in
            let place = watched.due.firstIndex { $0.at <= due.at } ?? watched.due.count
            watched.due.insert(due, at: place)
            return place == watched.due.count - 1
        }
        if isFirst { watched.change { _ in } }
    }

    /// Says the default for every question whose deadline has passed, until `stop`. Has a thread of its own.
    func run() {
        while let due = nextDue() {
            for pending in due { passDeadline(of: pending) }
        }
    }

    func stop() { watched.change { $0.isStopped = true } }

    /// Nil when stopped. Sleeps until something may be due.
    private func nextDue() -> [PendingRoute]? {
        let rest = watched.with { $0.due.last.map { max(1, $0.at - Self.now()) } ?? 1000 }
        let first = watched.with { $0.due.last?.at }
        let isStopped = watched.wait(milliseconds: min(rest, 1000)) { watched in
            watched.isStopped ? true : watched.due.last?.at == first ? nil : false
        }
        if isStopped == true { return nil }
        return watched.with { watched in
            let now = Self.now()
            var due: [PendingRoute] = []
            while let next = watched.due.last, next.pending.isSettled || next.at <= now {
                watched.due.removeLast()
                if !next.pending.isSettled { due.append(next.pending) }
            }
            return due
        }
    }

    private func passDeadline(of pending: PendingRoute) {
        guard !pending.isSettled else { return }
        guard pending.deadline <= Self.now() else { return watch(pending) }  // It waits for a peer by now.
        guard pending.settle() else { return }
        let question = pending.request.question
        pending.responder.send(.json(200, RouteReply.fallback(question, pending.client)))
        counters.deadlinePassed(for: pending.client.name, after: Self.now() - pending.began)
        inbox.insist(Job(.route(RouteJob(input: .tooLate(question), content: pending.request.content))))
    }
}
