package import InteractionModel

extension Matcher {
    /// Forgets everything, and takes the rules of `plan`. Every agent must then be placed again, every waiting contact enter
    /// again, and every queue that is not open be closed again; indices given before mean nothing any more.
    package mutating func adopt(_ plan: Plan) {
        self = Matcher(plan, now: now)
    }

    private init(_ plan: Plan, now: Int64) {
        self.init()
        self.now = now
        for name in plan.agents.flatMap({ $0.capacity.filter { $0.contacts > 0 }.map(\.channel) }) { addChannel(name) }
        for rule in plan.channelRules { addChannel(rule.channel) }
        units = channels.map { name in plan.channelRules.first { $0.channel == name }?.units ?? 0 }
        interrupters = channels.map { name in
            guard let allowed = plan.channelRules.first(where: { $0.channel == name })?.interruptedBy else {
                return .max
            }
            return allowed.reduce(0) { mask, other in mask | (channel(other).map { 1 << UInt64($0) } ?? 0) }
        }
        freeClasses = Array(repeating: [], count: 2 * channels.count + 2)
        for agent in plan.agents { intern(agent.skills) }
        for queue in plan.queues where queuePlans[queue.name] == nil { queuePlans[queue.name] = queue }
        ringCount = 1 + (plan.queues.map(\.rings.count).max() ?? 0)
        for queue in plan.queues { _ = self.queue(queue.name) }
        pools = plan.reserves.prefix(Int(Self.noPool)).map { reserve in
            Pool(
                group: reserve.group, keep: reserve.keep,
                queues: reserve.queues.compactMap { queuePlans[$0] == nil ? nil : queue($0) })
        }
        closedPools = pools.count { !$0.isOpen }
    }

    // MARK: Names in numbers

    /// Agents are offered nothing of more channels than a mask has bits; the plan's reader refuses such a plan.
    private mutating func addChannel(_ name: ChannelName) {
        if !channels.contains(name), channels.count < Self.channelsMax { channels.append(name) }
    }

    /// The bit of a channel in `Seat.open`; nil when no agent of the plan takes it.
    package func channel(_ name: ChannelName) -> Int? { channels.firstIndex(of: name) }

    /// True when one of them was not known.
    @discardableResult
    mutating func intern(_ set: SkillSet) -> Bool {
        let known = skills.count
        for skill in set.skills where skills[skill.skill] == nil { skills[skill.skill] = skills.count }
        return skills.count > known
    }

    func needs(_ set: SkillSet) -> [SkillNeed] {
        set.skills.map { SkillNeed(skill: skills[$0.skill] ?? -1, level: UInt8(clamping: $0.level)) }
    }

    private mutating func group(_ name: GroupName) -> Int {
        if let index = groups[name] { return index }
        groups[name] = groups.count
        return groups.count - 1
    }

    private mutating func site(_ name: SiteName) -> Int {
        if let index = sites[name] { return index }
        sites[name] = sites.count
        return sites.count - 1
    }

    // MARK: Queues

    /// The number of a queue. One that the plan does not name asks for nothing of itself.
    mutating func queue(_ name: QueueName) -> Int {
        if let index = queueIndex[name] { return index }
        let index = queueRules.count
        let plan = queuePlans[name] ?? QueuePlan(name: name)
        queueIndex[name] = index
        queueRules.append(QueueRules(plan, rings: circles(of: plan)))
        waiting.append(0)
        for ring in 0..<Self.ringsMax {
            ringAfter.append(ring < queueRules[index].rings.count ? queueRules[index].rings[ring].after : .max)
        }
        return index
    }

    static let ringsMax = 1 + QueuePlan.ringsMax

    private mutating func circles(of plan: QueuePlan) -> [QueueRules.Circle] {
        let own = Ring(after: .zero, skills: plan.skills, groups: plan.groups, sites: plan.sites)
        return ([own] + plan.rings.prefix(QueuePlan.ringsMax)).map { ring in
            QueueRules.Circle(
                after: ring.after.milliseconds, skills: needs(ring.skills ?? plan.skills),
                groups: (ring.groups ?? plan.groups).map { group($0) },
                sites: (ring.sites ?? plan.sites).map { site($0) })
        }
    }

    /// Opens or closes a queue that the plan names; nobody takes a contact of a closed one.
    package mutating func setOpen(_ name: QueueName, _ isOpen: Bool) {
        makeUnique()
        let queue = queue(name)
        guard queueRules[queue].isOpen != isOpen else { return }
        settleSeekers()
        queueRules[queue].isOpen = isOpen
        generation &+= 1  // What was counted of the agents knew other hours.
        for index in 0..<classes.count where lines[index].isUsed && Int(lines[index].queue) == queue {
            lines[index].isOpen = isOpen
            headChanged(index)
            if isOpen { seek(forClass: index) }
        }
        if isOpen { seekForExceptions(ofQueue: UInt32(queue)) }
    }

    package func waiting(in queue: QueueName) -> Int { queueIndex[queue].map { Int(waiting[$0]) } ?? 0 }

    func waiting(inQueueOf contactClass: Int) -> Int { Int(waiting[lines[contactClass].queue]) }

    /// When the first of those who wait in a queue began to, in as many steps as there are classes.
    func earliestStamp(in name: QueueName) -> Timestamp? {
        guard let queue = queueIndex[name], waiting[queue] > 0 else { return nil }
        var earliest = newcomer == none ? Int64.max : stamp(newcomer, in: queue)
        for index in 0..<classes.count where lines[index].head != none {
            earliest = min(earliest, stamp(lines[index].head, in: queue))
        }
        for slot in exceptionOrder { earliest = min(earliest, stamp(slot, in: queue)) }
        for slot in aloneOrder { earliest = min(earliest, stamp(slot, in: queue)) }
        return earliest == .max ? nil : Timestamp(milliseconds: earliest)
    }

    private func stamp(_ slot: UInt32, in queue: Int) -> Int64 {
        Int(lines[contacts[slot].contactClass].queue) == queue ? contacts[slot].stamp : .max
    }

    // MARK: Profiles

    /// The number of agents of `kind`; good while an agent is placed with it, or until another profile is asked for.
    package mutating func profile(_ kind: Profile.Kind) -> Int {
        if let index = profileIndex[kind] { return index }
        makeUnique()
        if freeProfiles.isEmpty, profiles.count >= profilesSweepAt { sweepProfiles() }
        if intern(kind.skills) { resolveUnknownSkills() }
        let made = makeProfile(kind)
        let index = freeProfiles.popLast() ?? profiles.count
        if index < profiles.count { profiles[index] = made } else { addProfile(made) }
        profileIndex[kind] = index
        profilePool[index] = made.pool.map { UInt8($0) } ?? Self.noPool
        if let pool = made.pool { Self.setBit(index, in: &poolProfiles, row: pool, words: profileWords) }
        for contactClass in 0..<classes.count where lines[contactClass].isUsed { connect(contactClass, index) }
        generation += 1
        return index
    }

    private mutating func makeProfile(_ kind: Profile.Kind) -> Profile {
        let needs = needs(kind.skills)
        var levels = [UInt8](repeating: 0, count: (needs.map(\.skill).max() ?? -1) + 1)
        for need in needs { levels[need.skill] = need.level }
        return Profile(
            kind: kind, channels: kind.channels.reduce(0) { $0 | (channel($1).map { 1 << UInt64($0) } ?? 0) },
            levels: levels, groups: kind.groups.map { group($0) }, site: kind.site.map { site($0) },
            pool: kind.reserve.flatMap { name in pools.firstIndex { $0.group == name } })
    }

    private mutating func addProfile(_ profile: Profile) {
        profiles.append(profile)
        for _ in AgentCondition.allCases { census.append(0) }
        profilePool.append(Self.noPool)
        if profiles.count > 64 * profileWords { widenProfiles() }
        reach.grow(to: profiles.count * classWords * ringCount, filledWith: 0)
    }

    private mutating func widenProfiles() {
        let (old, new) = (profileWords, max(1, 2 * profileWords))
        let rows = situations.count
        stepRows.lengthenRows(from: old, to: new, rows: steps.count, filledWith: 0)
        poolProfiles.lengthenRows(from: old, to: new, rows: pools.count, filledWith: 0)
        readyLists.lengthenRows(from: 64 * old, to: 64 * new, rows: rows, filledWith: ReadyList())
        readyKeys.lengthenRows(from: 64 * old, to: 64 * new, rows: rows, filledWith: Self.noKey)
        readyLows.lengthenRows(from: old, to: new, rows: rows, filledWith: Self.noKey)
        profileWords = new
    }

    /// Forgets the profiles that have no members: levels of quality come and go.
    private mutating func sweepProfiles() {
        let empty = profiles.indices.filter { members(of: $0) == 0 }
        for index in empty.reversed() where profileIndex[profiles[index].kind] == index {
            profileIndex[profiles[index].kind] = nil
            freeProfiles.append(index)
            reach.fill(index * classWords * ringCount..<(index + 1) * classWords * ringCount, with: 0)
            for step in 0..<steps.count { stepRows[step * profileWords + index >> 6] &= ~(1 << UInt64(index & 63)) }
            for pool in pools.indices { poolProfiles[pool * profileWords + index >> 6] &= ~(1 << UInt64(index & 63)) }
        }
        profilesSweepAt = max(Self.interningsBeforeSweep, 2 * (profiles.count - freeProfiles.count))
    }

    func members(of profile: Int) -> Int {
        AgentCondition.allCases.reduce(0) { $0 + count(profile, $1) }
    }

    func count(_ profile: Int, _ condition: AgentCondition) -> Int {
        Int(census[profile * AgentCondition.allCases.count + Int(condition.rawValue)])
    }

    static func setBit(_ bit: Int, in table: inout FlatTable<UInt64>, row: Int, words: Int) {
        table.grow(to: (row + 1) * words, filledWith: 0)
        table[row * words + bit >> 6] |= 1 << UInt64(bit & 63)
    }
}
