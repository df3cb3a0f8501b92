/// What a contact needs to be served: where it waits, who may take it, and how urgent it is.
public struct Requirement: Hashable, Sendable {
    /// The head start priority may give, at most: one day.
    public static let headStartMax = Span.hours(24)

    public var queue: QueueName
    public var skills: SkillSet
    /// Priority as time: the contact is compared as if it had begun to wait this much earlier.
    public var headStart: Span

    public init(queue: QueueName, skills: SkillSet = SkillSet(), headStart: Span = .zero) {
        self.queue = queue
        self.skills = skills
        self.headStart = headStart
    }
}

/// Who wanted the contact.
public enum Direction: String, Hashable, Sendable, CaseIterable {
    case inbound
    /// We call or write first.
    case outbound
    /// The customer asked to be called.
    case callback
}
