/// What an agent has chosen to be. What the system derives (reserved, active, unreachable) is kept apart.
public enum AgentStatus: Hashable, Sendable {
    case signedOut
    case available
    /// Signed in but taking no new work. Contacts already held stay with the agent.
    case notReady(Reason)

    /// Why an agent is not ready: a word of the agent's or the plan's choosing, or the router's own.
    public struct Reason: Hashable, Sendable, CustomStringConvertible {
        public let rawValue: String
        public init(_ rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        /// The router's own: an offer rang out (RONA, redirect on no answer).
        public static let noAnswer = Reason("no-answer")
    }
}
