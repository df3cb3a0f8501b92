import InteractionModel

/// What has changed since state was last written down; a thing may be named more than once.
struct StateChanges: Sendable {
    var interactions: [InteractionID] = []
    var ended: [InteractionID] = []
    var agents: [Int] = []
    var messages: [MessageID] = []
    var suppressions: [Suppression] = []
    var custody: [ContactID] = []
    /// Threads whose last agent is remembered, or was.
    var memories: [PartyKey] = []
    var tallies = false
    var plan = false
}
