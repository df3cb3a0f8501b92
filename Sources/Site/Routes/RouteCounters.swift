import Federation
import Threads

/// What came of questions since the site started. Labels are clients of the plan, and closed sets.
final class RouteCounters: Sendable {
    struct Counts: Sendable {
        var questions: [String: Int64] = [:]
        var answers: [RouteAnswer.Decision: Int64] = [:]
        var repeated: Int64 = 0
        var late: [String: Int64] = [:]
        var fallbacks: [Fallback: Int64] = [:]
        var unavailable: Int64 = 0
        /// Answers by how long they took, in the order of `bounds`, the rest last; and milliseconds in all.
        var took = [Int64](repeating: 0, count: RouteCounters.bounds.count + 1)
        var tookSum: Int64 = 0
    }

    /// Why the default was said.
    enum Fallback: String, Sendable, CaseIterable {
        /// By the policy: no rule found a place.
        case policy
        case deadline
    }

    /// Milliseconds.
    static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 150, 200, 500, 800, 1000]

    private let counts = Guarded(Counts())

    var current: Counts { counts.with { $0 } }

    func asked(by client: String) { counts.with { $0.questions[client, default: 0] += 1 } }
    func unavailable() { counts.with { $0.unavailable += 1 } }

    func answered(
        _ decision: RouteAnswer.Decision, to client: String, after took: Int64, isLate: Bool, isRepeated: Bool
    ) {
        counts.with {
            $0.answers[decision, default: 0] += 1
            if isRepeated { $0.repeated += 1 }
            if isLate { $0.late[client, default: 0] += 1 }
            if decision == .fallback, !isRepeated { $0.fallbacks[.policy, default: 0] += 1 }
            $0.took[Self.bounds.firstIndex { took <= $0 } ?? Self.bounds.count] += 1
            $0.tookSum += took
        }
    }

    func deadlinePassed(for client: String, after took: Int64) {
        counts.with {
            $0.answers[.fallback, default: 0] += 1
            $0.fallbacks[.deadline, default: 0] += 1
            $0.late[client, default: 0] += 1
            $0.took[Self.bounds.firstIndex { took <= $0 } ?? Self.bounds.count] += 1
            $0.tookSum += took
        }
    }
}
