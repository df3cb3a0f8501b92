package import InteractionModel

/// What somebody may do here. Default deny: an operation names the roles it is for.
package enum Role: String, Sendable, Hashable, CaseIterable {
    /// Takes contacts: own contacts, own state.
    case agent
    /// Sees the team and its contacts, moves them; no configuration.
    case supervisor
    /// Configuration and operation; no customer content.
    case admin
    /// Brings contacts in through the API and sees those it brought.
    case integrator
    /// Asks where to deliver the calls it holds.
    case `switch`
    /// Another site of the network.
    case site
    /// Reads the routing log and the metrics.
    case auditor
}

/// Somebody who has a token.
package struct Identity: Sendable, Hashable {
    /// For an agent, the agent's name in the plan; for an integrator, the account its contacts are kept under.
    package let name: String
    package let role: Role

    package init(name: String, role: Role) {
        self.name = name
        self.role = role
    }

    package var agent: AgentName { AgentName(name) }
    package var account: AccountName { AccountName(name) }
}
