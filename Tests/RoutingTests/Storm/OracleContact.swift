import InteractionModel
import Routing

/// One open contact, as the facts tell it.
final class OracleContact {
    enum State: String {
        case queued, offered, active, wrapping, escalated
    }

    /// A colleague who was asked in.
    struct Guest {
        var agent: Int
        var offer: Int64
        /// When the invitation or the consultation ends; nil for one who has joined.
        var until: Int64?
        var hasAnswered = false
    }

    let id: Int64
    let channel: String
    /// When it began to wait; it keeps this over every return.
    let stamp: Int64
    var queue: String
    /// What the contact itself asks for, beside what its queue asks.
    var wishedSkills: [(skill: String, level: Int)] = []
    var wishedHeadStart: Int64 = 0
    var state = State.queued
    /// Who has it, or is being asked, as an index of the oracle's agents.
    var holder: Int?
    /// When its state ends by itself.
    var until: Int64
    /// How long it may wait in all.
    var waitLimit: Int64
    var expiresAt: Int64
    /// Agents not to be asked: for good, or before a moment.
    var excluded: [(agent: String, until: Int64)] = []
    /// The agent it should go to, and until when it waits for that agent alone.
    var preferred: Int?
    var aloneUntil: Int64?
    var guests: [Guest] = []
    var heldUntil: Int64?
    /// When the queue's intraflow moves it, if it still waits.
    var moveAt: Int64?
    /// How often it has been escalated.
    var level = 0
    var lastAgent: Int?
    let thread: String

    /// Who works on it: the agent who has it, and the colleagues who answered.
    var workers: [Int] {
        let owner = state == .active || state == .wrapping ? holder.map { [$0] } ?? [] : []
        return owner + guests.filter(\.hasAnswered).map(\.agent)
    }

    init(_ received: Received, _ recorded: RecordedFact) {
        id = recorded.sequence
        channel = received.channel.rawValue
        stamp = recorded.at.milliseconds
        queue = received.requirement.queue.rawValue
        thread = received.thread.rawValue
        until = received.expiresAt.milliseconds
        expiresAt = until
        waitLimit = until - stamp
        wishedSkills = received.requirement.skills.plain
        wishedHeadStart = received.requirement.headStart.milliseconds
        moveAt = received.moveAt?.milliseconds
        for name in received.notAgents { excluded.append((name.rawValue, .max)) }
    }

    var isWaiting: Bool { state == .queued }
}
