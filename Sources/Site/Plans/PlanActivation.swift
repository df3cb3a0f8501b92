import Routing
import Threads

/// A plan on its way to become the active one. The loop decides, because only it knows which is active at that moment.
struct PlanActivation: Sendable {
    /// With its version; number, previous version and summary are the loop's to give.
    var plan: Plan
    var by: String
    var comment: String?
    /// A digest of what the site's own file says now.
    var file: String?
    /// The version that must be active; nil for whichever is.
    var ifActive: String?
    /// What becomes different, made beforehand because it takes a while with a thousand agents; it counts if that is still the
    /// active plan.
    var difference: Difference?
    /// Whether it is activated even when equal rules are active: to note what the file says.
    var isStart = false

    /// What the loop did, written and read on its thread.
    let result = Guarded<Result?>(nil)

    struct Difference: Sendable {
        var from: String
        var summary: String
    }

    struct Result: Sendable, Equatable {
        var version: String
        var previous: String
        var number: Int64
        /// Whether anything was activated: equal rules are not activated twice.
        var isNew: Bool
        var change: String
    }

    /// What to tell the core. Nil when nothing is to be done: another plan is active than was thought, or this one already.
    func input(_ state: borrowing RoutingState) -> Input.Event? {
        let active = state.plan
        if let ifActive, ifActive != active.version {
            result.with { $0 = nil }
            return nil
        }
        let last = active.origin?.number ?? 0
        guard plan.version != active.version || isStart else {
            result.with {
                $0 = Result(
                    version: active.version, previous: active.version, number: last, isNew: false,
                    change: "no rule is different")
            }
            return nil
        }
        let change = change(from: active)
        var next = plan
        next.origin = PlanOrigin(number: last + 1, by: by, comment: comment, file: file)
        next.origin?.previous = active.queues.isEmpty ? nil : active.version
        next.origin?.change = change
        result.with {
            $0 = Result(
                version: next.version, previous: active.version, number: last + 1, isNew: true, change: change)
        }
        return .planActivated(next)
    }

    private func change(from active: Plan) -> String {
        if active.queues.isEmpty { return "the first plan" }
        if let difference, difference.from == active.version { return difference.summary }
        return PlanDiff(from: active, to: plan).summary
    }
}
