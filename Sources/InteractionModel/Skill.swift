/// How well an agent must do something: a skill and the lowest level that will do.
public struct SkillRequirement: Hashable, Comparable, Sendable {
    /// Levels run from 1 (beginner) to 10 (expert).
    public static let levels = 1...10

    public let skill: SkillName
    public let level: Int

    public init(_ skill: SkillName, level: Int = 1) {
        self.skill = skill
        self.level = level
    }

    public static func < (one: SkillRequirement, other: SkillRequirement) -> Bool {
        (one.skill, one.level) < (other.skill, other.level)
    }
}

/// What an agent can do, and how well. Ordered by skill, one entry each.
public struct SkillSet: Hashable, Sendable {
    public let skills: [SkillRequirement]

    /// A skill named twice keeps its higher level.
    public init(_ skills: [SkillRequirement] = []) {
        var kept: [SkillRequirement] = []
        for skill in skills.sorted() {
            if kept.last?.skill == skill.skill { kept.removeLast() }
            kept.append(skill)
        }
        self.skills = kept
    }

    /// Whether every one of `requirements` is met.
    public func meets(_ requirements: SkillSet) -> Bool {
        requirements.skills.allSatisfy { wanted in
            skills.contains { $0.skill == wanted.skill && $0.level >= wanted.level }
        }
    }
}
