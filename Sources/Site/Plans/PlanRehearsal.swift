import InteractionModel
package import JSON
package import Routing

/// What an activation would do to a live site: the difference of the rules, and what the core would decide at once.
struct PlanRehearsal {
    /// Open interactions of a site whose state is copied for it; a larger one is told only the difference.
    static let interactionsMax = 50_000
    /// Changes listed; the others are counted.
    static let listedMax = 1000

    private let diff: PlanDiff
    /// Facts the core would record, counted by type, in order of the first; nil when the site is too large.
    private let facts: [(type: String, count: Int)]?

    /// - Parameter diff: from the plan that was active a moment ago, made before the loop was asked.
    init(of plan: Plan, _ diff: PlanDiff, on state: borrowing RoutingState) {
        self.diff = diff
        guard state.tallies.reduce(0, { $0 + $1.open }) <= Self.interactionsMax else {
            facts = nil
            return
        }
        var rehearsal = copy state
        let types = rehearsal.apply(Input(at: state.now, .planActivated(plan))).map(\.fact.type)
        var counted: [(type: String, count: Int)] = []
        for type in types where type != "plan.activated" {
            if let index = counted.firstIndex(where: { $0.type == type }) {
                counted[index].count += 1
            } else {
                counted.append((type, 1))
            }
        }
        facts = counted
    }

    func write(to writer: inout JSONWriter) {
        writer.field("change", diff.summary)
        writer.key("changes")
        writer.beginArray()
        for change in diff.changes.prefix(Self.listedMax) { change.write(to: &writer) }
        writer.endArray()
        writer.field("changeCount", diff.changes.count)
        writer.key("agents")
        writer.beginArray()
        for agent in diff.agents.prefix(Self.listedMax) { agent.write(to: &writer) }
        writer.endArray()
        writer.field("agentCount", diff.agents.count)
        guard let facts else { return }
        writer.key("effects")
        writer.beginObject()
        for fact in facts {
            writer.key(fact.type)
            writer.integer(Int64(fact.count))
        }
        writer.endObject()
    }
}

extension PlanChange {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("path", path)
        writer.field("from", old)
        writer.field("to", new)
        writer.endObject()
    }
}

extension PlanDiff.AgentReach {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("agent", agent.rawValue)
        writer.field("gains", gains.map(\.rawValue))
        writer.field("loses", loses.map(\.rawValue))
        writer.endObject()
    }
}
