package import InteractionModel

/// Agents who can do the same. Members are interchangeable for eligibility and for every criterion that does not change from one
/// contact to the next, so only the first of each ready list ever competes.
package struct Profile: Sendable {
    package struct Kind: Hashable, Sendable {
        package var skills = SkillSet()
        package var groups: [GroupName] = []
        package var site: SiteName?
        /// Those with a capacity above 0.
        package var channels: [ChannelName] = []
        /// The group whose reserve these agents belong to.
        package var reserve: GroupName?
        /// The tier on each queue with a rule of quality, 0 is the best; a queue not named here counts as 0.
        package var tiers: [Tier] = []

        package init(
            skills: SkillSet = SkillSet(), groups: [GroupName] = [], site: SiteName? = nil,
            channels: [ChannelName] = [], reserve: GroupName? = nil, tiers: [Tier] = []
        ) {
            self.skills = skills
            self.groups = groups
            self.site = site
            self.channels = channels
            self.reserve = reserve
            self.tiers = tiers
        }
    }

    package struct Tier: Hashable, Sendable {
        package var queue: QueueName
        package var tier: Int
    }

    let kind: Kind
    /// A bit for each channel of `kind`.
    let channels: UInt64
    /// The level in each skill, by the matcher's index of skills; shorter where the last are lacking.
    let levels: [UInt8]
    let groups: [Int]
    let site: Int?
    /// Index of the reserve, or nil.
    let pool: Int?

    func level(_ skill: Int) -> UInt8 { skill < levels.count ? levels[skill] : 0 }

    func meets(_ needs: [SkillNeed]) -> Bool {
        needs.allSatisfy { $0.skill >= 0 && level($0.skill) >= $0.level }
    }
}

/// A requirement whose skill is known by the matcher's index; -1 is a skill that no agent has.
struct SkillNeed: Sendable {
    var skill: Int
    var level: UInt8
}
