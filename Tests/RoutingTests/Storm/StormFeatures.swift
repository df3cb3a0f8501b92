/// Parts of the policy that a storm makes use of.
struct StormFeatures: OptionSet, Sendable {
    let rawValue: Int

    /// Bands, aging, rings, groups, reserves, units, orders.
    static let matching = StormFeatures(rawValue: 1 << 0)
    static let explanations = StormFeatures(rawValue: 1 << 1)
    static let leastOccupied = StormFeatures(rawValue: 1 << 2)
    static let overflow = StormFeatures(rawValue: 1 << 3)
    static let intraflow = StormFeatures(rawValue: 1 << 4)
    static let preferred = StormFeatures(rawValue: 1 << 5)
    static let statuses = StormFeatures(rawValue: 1 << 6)
    static let wrapUp = StormFeatures(rawValue: 1 << 7)
    static let escalation = StormFeatures(rawValue: 1 << 8)
    static let hours = StormFeatures(rawValue: 1 << 9)

    static let life: StormFeatures = [.overflow, .intraflow, .statuses, .wrapUp, .escalation]
    static let landed: StormFeatures = life.union([.matching, .explanations, .leastOccupied, .preferred])
}
