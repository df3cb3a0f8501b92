import Threads

/// What waits for the site's loop: many threads put in, one takes out, in the order in which they came.
///
/// Bounded for those who can be told to come again; what the site has promised to hear (a channel's word on a message,
/// a broken connection) always gets in.
final class Inbox: Sendable {
    private struct State {
        var waiting: [Job] = []
        var isClosed = false
    }

    private let state = Guarded(State())
    private let bound: Int

    /// - Parameter bound: how many may wait before `offer` declines.
    init(bound: Int) { self.bound = bound }

    enum Admission {
        case taken, full, closed
    }

    /// Puts in a job whose asker can be told to come again.
    func offer(_ job: Job) -> Admission { put(job, bound: bound) }

    /// Puts in what must be heard. Declined only when the site has stopped.
    @discardableResult
    func insist(_ job: Job) -> Admission { put(job, bound: .max) }

    private func put(_ job: Job, bound: Int) -> Admission {
        state.change { state in
            guard !state.isClosed else { return .closed }
            guard state.waiting.count < bound else { return .full }
            state.waiting.append(job)
            return .taken
        }
    }

    /// Nothing gets in any more; what is in can still be taken.
    func close() { state.change { $0.isClosed = true } }

    var count: Int { state.with { $0.waiting.count } }

    /// Takes at most `limit` jobs, waiting `milliseconds` at most for the first. False once closed and empty.
    func take(into jobs: inout [Job], limit: Int, waitingFor milliseconds: Int64) -> Bool {
        if milliseconds > 0 {
            _ = state.wait(milliseconds: milliseconds) { $0.waiting.isEmpty && !$0.isClosed ? nil : () }
        }
        return state.with { state in
            if state.waiting.count <= limit {
                swap(&state.waiting, &jobs)
            } else {
                jobs.append(contentsOf: state.waiting[..<limit])
                state.waiting.removeFirst(limit)
            }
            return !(state.isClosed && state.waiting.isEmpty && jobs.isEmpty)
        }
    }
}
