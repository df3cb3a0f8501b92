import JSON
import Routing

/// What whoever activates a plan should hear beside the outcome.
struct PlanRemarks: Sendable {
    /// Names listed of each sort; the others are counted.
    static let listedMax = 100

    private let warnings: [PlanText.Warning]
    private let restartKeys: [String]
    private let withoutIdentity: [String]

    init(_ plan: Plan, _ text: PlanText?, _ desk: PlanDesk) {
        warnings = text?.warnings ?? []
        restartKeys = text?.restartKeys ?? []
        withoutIdentity = desk.agentsWithoutIdentity(plan)
    }

    func write(to writer: inout JSONWriter) {
        writer.key("warnings")
        writer.beginArray()
        for warning in warnings.prefix(Self.listedMax) { warning.complaint.write(to: &writer) }
        writer.endArray()
        writer.field("warningCount", warnings.count)
        // These keys say something else than what runs; an activation changes none of them.
        writer.field("restartKeys", restartKeys)
        writer.field("agentsWithoutIdentity", Array(withoutIdentity.prefix(Self.listedMax)))
        writer.field("agentsWithoutIdentityCount", withoutIdentity.count)
    }
}
