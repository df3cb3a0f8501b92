import Routing
import Threads

/// What the threads that serve requests need to know of the active plan, without asking the loop.
final class ActivePlan: Sendable {
    struct Summary: Sendable {
        var plan: Plan
        var version: String { plan.version }
        var number: Int64 { plan.origin?.number ?? 0 }
        var previous: String? { plan.origin?.previous }
        /// Channels that some agent takes, in order.
        var channels: [String]
    }

    private let summary: Guarded<Summary>

    init(_ plan: Plan) { summary = Guarded(Self.summary(plan)) }

    var now: Summary { summary.with { $0 } }

    /// Called on the loop's thread once the activation is durable.
    func note(_ plan: Plan) { summary.with { $0 = Self.summary(plan) } }

    private static func summary(_ plan: Plan) -> Summary {
        Summary(plan: plan, channels: plan.channelNames)
    }
}
