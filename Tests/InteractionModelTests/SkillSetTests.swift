import InteractionModel
import Testing

@Suite struct SkillSetTests {
    static func set(_ skills: (String, Int)...) -> SkillSet {
        SkillSet(skills.map { SkillRequirement(SkillName($0.0), level: $0.1) })
    }

    @Test("A skill named twice counts at its higher level, and the order of naming does not matter")
    func twice() {
        #expect(Self.set(("b", 3), ("a", 1), ("b", 5), ("b", 4)) == Self.set(("a", 1), ("b", 5)))
    }

    @Test("Who has every skill at its level or above meets a requirement; who lacks one does not")
    func meets() {
        let agent = Self.set(("german", 5), ("law", 2))
        #expect(agent.meets(Self.set()))
        #expect(agent.meets(Self.set(("german", 5))))
        #expect(agent.meets(Self.set(("german", 1), ("law", 2))))
        #expect(!agent.meets(Self.set(("german", 6))))
        #expect(!agent.meets(Self.set(("german", 5), ("tax", 1))))
        #expect(!Self.set().meets(Self.set(("german", 1))))
    }
}
