/// One open contact, as the facts tell it.
struct OracleContact {
    enum State: String {
        case queued, offered, active, wrapping
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
    var excluded: [(agent: Int, until: Int64)] = []
    /// The agent it should go to, and until when it waits for that agent alone.
    var preferred: Int?
    var aloneUntil: Int64?
    /// Since when it waits in this queue.
    var inQueueSince: Int64

    var isWaiting: Bool { state == .queued }
}
