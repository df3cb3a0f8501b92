import Support

/// What the run tells its threads.
final class Control: Sendable {
    private struct Phase {
        var isSending = true
        var agentsWork = true
        var isCalm = false
    }

    private let phase = Monitor(Phase())

    /// New contacts are brought in.
    var isSending: Bool { phase.with { $0.isSending } }
    /// Agents are at their desks.
    var agentsWork: Bool { phase.with { $0.agentsWork } }
    /// The provider takes everything at once.
    var isCalm: Bool { phase.with { $0.isCalm } }

    func stopSending() { phase.with { $0.isSending = false } }
    func calmDown() { phase.with { $0.isCalm = true } }
    /// Waits so long, or until agents go home.
    func rest(milliseconds: Int) {
        _ = phase.wait(.milliseconds(milliseconds)) { $0.agentsWork ? nil : true }
    }

    func sendAgentsHome() { phase.with { $0.agentsWork = false } }
}
