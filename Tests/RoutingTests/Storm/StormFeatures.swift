/// Parts of the policy that a storm makes use of.
struct StormFeatures: OptionSet, Sendable {
    let rawValue: Int

    /// Bands, aging, rings, groups, reserves, units, orders, and plans that reach those who wait.
    static let matching = StormFeatures(rawValue: 1 << 0)
    static let overflow = StormFeatures(rawValue: 1 << 1)
    static let intraflow = StormFeatures(rawValue: 1 << 2)
    static let preferred = StormFeatures(rawValue: 1 << 3)
    static let statuses = StormFeatures(rawValue: 1 << 4)
    static let results = StormFeatures(rawValue: 1 << 5)
    static let transfers = StormFeatures(rawValue: 1 << 6)
    static let hold = StormFeatures(rawValue: 1 << 7)
    static let escalation = StormFeatures(rawValue: 1 << 8)
    static let consultation = StormFeatures(rawValue: 1 << 9)
    static let hours = StormFeatures(rawValue: 1 << 10)
    static let leastOccupied = StormFeatures(rawValue: 1 << 11)

    static let landed: StormFeatures = []
}
