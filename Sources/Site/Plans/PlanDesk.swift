import InteractionModel
import Configuration
import Routing

/// What the operations on plans share.
struct PlanDesk: Sendable {
    let active: ActivePlan
    /// Nil where the site was made without one, as tests do.
    let file: PlanFile?
    /// A digest of the rules the site was started with, as written.
    let startedSource: String
    /// Names of agents' identities.
    let identities: Set<String>

    /// The text that is asked for; nil when an earlier plan is.
    func text(_ request: PlanRequest) throws(ConfigurationError) -> PlanText? {
        if let text = request.text {
            guard let file else {
                return try PlanText(text, file: "plan", folder: "", catalog: .empty)
            }
            return try file.read(text, called: "plan")
        }
        return request.from == "file" ? try file?.read() : nil
    }

    /// A digest of what the site's own file says now; of what it said at the start when it cannot be read.
    func fileSource() -> String {
        guard let file, let text = try? file.read() else { return startedSource }
        return text.source
    }

    /// Agents of a plan who cannot sign in: nobody has a token for them.
    func agentsWithoutIdentity(_ plan: Plan) -> [String] {
        plan.agents.map(\.name.rawValue).filter { !identities.contains($0) }
    }
}
