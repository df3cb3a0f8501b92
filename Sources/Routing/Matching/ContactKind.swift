package import InteractionModel

/// What a contact needs, beside when it came: contacts of one kind are interchangeable and make a class.
package struct ContactKind: Hashable, Sendable {
    package var channel: ChannelName
    package var queue: QueueName
    /// Needed beside what the queue and its rings need.
    package var skills = SkillSet()
    /// Added to the queue's own.
    package var headStart = Span.zero

    package init(
        channel: ChannelName, queue: QueueName, skills: SkillSet = SkillSet(), headStart: Span = .zero
    ) {
        self.channel = channel
        self.queue = queue
        self.skills = skills
        self.headStart = headStart
    }
}

/// What makes a contact of a class different from the others of it.
package struct ContactException: Sendable, Equatable {
    package struct Exclusion: Sendable, Equatable {
        package var agent: Int
        /// The end of it; the last of all timestamps means for good.
        package var until: Timestamp
    }

    package var preferred: Int?
    /// Until when it waits for `preferred` alone; nil where it does not.
    package var aloneUntil: Timestamp?
    package var exclusions: [Exclusion] = []
}
