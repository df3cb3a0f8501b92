import InteractionModel

/// What a contact needs, beside when it came: contacts of one kind are interchangeable and make a class.
struct ContactKind: Hashable, Sendable {
    var channel: ChannelName
    var queue: QueueName
    /// Needed beside what the queue and its rings need.
    var skills = SkillSet()
    /// Added to the queue's own.
    var headStart = Span.zero
}

/// What makes a contact of a class different from the others of it.
struct ContactException: Sendable, Equatable {
    struct Exclusion: Sendable, Equatable {
        var agent: Int
        /// The end of it; the last of all timestamps means for good.
        var until: Timestamp
    }

    var preferred: Int?
    /// Until when it waits for `preferred` alone; nil where it does not.
    var aloneUntil: Timestamp?
    var exclusions: [Exclusion] = []
}
