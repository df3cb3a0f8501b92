import InteractionModel

/// Contacts of one kind. All need the same, so only the head of their line ever competes with other classes.
struct ContactClass: Sendable {
    let kind: ContactKind
    /// Index of the queue's rules.
    let queue: Int
    /// `kind.skills` in the matcher's numbers.
    var needs: [SkillNeed]
    /// Whether `needs` has a skill that no agent had when the class was made.
    var hasUnknownSkill: Bool
    /// Agents by the rule that keeps them from it, and the matcher's generation at which they were counted.
    var census: (generation: Int, dropped: [Explanation.Dropped]) = (-1, [])
}
