import InteractionModel

extension Matcher {
    /// The class of contacts that need `kind`. Its number is good while a contact waits in it, or until another class is asked for.
    package mutating func contactClass(_ kind: ContactKind) -> Int {
        if let recent = recentClass, classes[recent].kind == kind { return recent }
        let index = classIndex[kind] ?? makeClass(kind)
        recentClass = index
        return index
    }

    private mutating func makeClass(_ kind: ContactKind) -> Int {
        makeUnique()
        if classesUsed >= classesSweepAt { sweepClasses() }
        let queue = queue(kind.queue)
        let rules = queueRules[queue]
        let channel = channel(kind.channel)
        let needs = needs(kind.skills)
        let index = takeClassNumber(channel: channel, isAging: !rules.plan.aging.isFlat)
        classes[index] = ContactClass(
            kind: kind, queue: queue, needs: needs, hasUnknownSkill: needs.contains { $0.skill < 0 })
        var line = ClassLine()
        line.firstStep = lines[index].firstStep
        line.stepsReserved = lines[index].stepsReserved
        line.queue = UInt32(queue)
        line.channel = channel.map { UInt8($0) } ?? Self.noChannel
        line.headStart = Self.headStart(rules.plan, kind)
        line.agingMax = rules.plan.aging.points.last?.headStart.milliseconds ?? 0
        line.liftAfter = rules.plan.liftAfter?.milliseconds ?? .max
        line.band = UInt8(clamping: min(max(rules.plan.band, 0), Self.bandMax))
        line.rings = UInt8(rules.rings.count)
        line.usesLoad = rules.usesLoad
        line.isOpen = rules.isOpen
        line.isUsed = true
        lines[index] = line
        for profile in profiles.indices where profileIndex[profiles[profile].kind] == profile {
            connect(index, profile)
        }
        for (pool, reserve) in pools.enumerated() where reserve.queues.contains(queue) {
            Self.setBit(index, in: &poolClasses, row: pool, words: classWords)
        }
        classIndex[kind] = index
        classesUsed += 1
        return index
    }

    static let bandMax = QueuePlan.bands.upperBound

    static func headStart(_ queue: QueuePlan, _ kind: ContactKind) -> Int64 {
        let bound = Requirement.headStartMax.milliseconds
        let own = min(max(kind.headStart.milliseconds, -2 * bound), 2 * bound)  // Before the sum can overflow.
        return min(max(0, min(queue.headStart.milliseconds, bound) + own), bound)
    }

    // MARK: Numbers

    /// Classes of one channel stand in blocks of 64, so that a block without the agent's channels is passed over at once.
    private mutating func takeClassNumber(channel: Int?, isAging: Bool) -> Int {
        let place = 2 * (channel ?? channels.count) + (isAging ? 1 : 0)
        if let index = freeClasses[place].popLast() { return index }
        let block = blocks.count
        blocks.append(ClassBlock(channel: channel.map { UInt8($0) } ?? Self.noChannel, isAging: isAging))
        let unused = ContactClass(
            kind: ContactKind(channel: ChannelName(""), queue: QueueName("")), queue: 0, needs: [],
            hasUnknownSkill: false)
        for _ in 0..<64 {
            classes.append(unused)
            lines.append(ClassLine())
        }
        if block >= classWords { widenClasses() }
        freeClasses[place] = (64 * block + 1..<64 * block + 64).reversed()
        return 64 * block
    }

    private mutating func widenClasses() {
        let (old, new) = (classWords, max(1, 2 * classWords))
        reach.lengthenRows(from: old * ringCount, to: new * ringCount, rows: profiles.count, filledWith: 0)
        poolClasses.lengthenRows(from: old, to: new, rows: pools.count, filledWith: 0)
        headKeys.grow(to: 64 * new, filledWith: Self.noKey)
        headLows.grow(to: new, filledWith: Self.noKey)
        headRings.grow(to: new * ringCount, filledWith: 0)
        seekingClasses.grow(to: new, filledWith: 0)
        classWords = new
    }

    /// Forgets the classes nobody waits in, so that wishes of a client's own making (a head start to the millisecond) cannot fill
    /// the memory: there are never more than twice as many classes as had contacts at once, or 1,024.
    private mutating func sweepClasses() {
        recentClass = nil
        for index in (0..<classes.count).reversed() where lines[index].isUsed && lines[index].members == 0 {
            classIndex[classes[index].kind] = nil
            lines[index].isUsed = false
            lines[index].steps = 0
            classTimers.remove(index)
            if seekingClasses[index >> 6] >> UInt64(index & 63) & 1 == 1 { stopSeeking(forClass: index) }
            let block = blocks[index >> 6]
            let channel = block.channel == Self.noChannel ? channels.count : Int(block.channel)
            freeClasses[2 * channel + (block.isAging ? 1 : 0)].append(index)
            classesUsed -= 1
            for profile in profiles.indices {
                for ring in 0..<ringCount {
                    reach[(profile * classWords + index >> 6) * ringCount + ring] &= ~(1 << UInt64(index & 63))
                }
            }
            for pool in pools.indices { Self.clearBit(index, in: &poolClasses, row: pool, words: classWords) }
        }
        classesSweepAt = max(Self.interningsBeforeSweep, 2 * classesUsed)
    }

    private static func clearBit(_ bit: Int, in table: inout FlatTable<UInt64>, row: Int, words: Int) {
        let word = row * words + bit >> 6
        if word < table.count { table[word] &= ~(1 << UInt64(bit & 63)) }
    }

    /// After an agent came with a skill that nobody had before: who asked for it may now find somebody.
    mutating func resolveUnknownSkills() {
        for queue in queueRules.indices {
            let plan = queueRules[queue].plan
            let asked = [plan.skills] + plan.rings.prefix(QueuePlan.ringsMax).map { $0.skills ?? plan.skills }
            for ring in asked.indices { queueRules[queue].rings[ring].skills = needs(asked[ring]) }
        }
        for index in 0..<classes.count where lines[index].isUsed && classes[index].hasUnknownSkill {
            classes[index].needs = needs(classes[index].kind.skills)
            classes[index].hasUnknownSkill = classes[index].needs.contains { $0.skill < 0 }
        }
    }

    // MARK: Who reaches whom

    /// Notes whether and how members of `profile` may take contacts of the class: the least ring, and the rank step in it.
    mutating func connect(_ index: Int, _ profile: Int) {
        let rules = queueRules[classes[index].queue]
        guard lines[index].channel != Self.noChannel else { return }
        guard profiles[profile].channels >> UInt64(lines[index].channel) & 1 == 1 else { return }
        guard let ring = rules.ring(of: profiles[profile], ownNeeds: classes[index].needs) else { return }
        reach[(profile * classWords + index >> 6) * ringCount + ring] |= 1 << UInt64(index & 63)
        let wanted = Step(
            before: rules.rank(profiles[profile], by: rules.before),
            after: rules.rank(profiles[profile], by: rules.after), ring: UInt8(ring))
        let step = step(wanted, of: index)
        Self.setBit(profile, in: &stepRows, row: step, words: profileWords)
    }

    private mutating func step(_ wanted: Step, of index: Int) -> Int {
        let first = Int(lines[index].firstStep)
        var place = first
        let end = first + Int(lines[index].steps)
        while place < end, steps[place] < wanted { place += 1 }
        if place < end, steps[place] == wanted { return place }
        return insertStep(wanted, at: place - first, of: index)
    }

    private mutating func insertStep(_ step: Step, at offset: Int, of index: Int) -> Int {
        if lines[index].steps == lines[index].stepsReserved { reserveSteps(of: index) }
        let first = Int(lines[index].firstStep)
        var place = first + Int(lines[index].steps)
        while place > first + offset {
            steps[place] = steps[place - 1]
            for word in 0..<profileWords {
                stepRows[place * profileWords + word] = stepRows[(place - 1) * profileWords + word]
            }
            place -= 1
        }
        steps[place] = step
        stepRows.fill(place * profileWords..<(place + 1) * profileWords, with: 0)
        lines[index].steps += 1
        return place
    }

    /// Doubles a class's range of steps, at the end of all; what it leaves behind is at most as much again.
    private mutating func reserveSteps(of index: Int) {
        let (old, count) = (Int(lines[index].firstStep), Int(lines[index].steps))
        let new = steps.count
        let reserved = max(queueRules[classes[index].queue].rings.count, 2 * count)
        steps.grow(to: new + reserved, filledWith: Step())
        stepRows.grow(to: steps.count * profileWords, filledWith: 0)
        for step in 0..<count {
            steps[new + step] = steps[old + step]
            for word in 0..<profileWords {
                stepRows[(new + step) * profileWords + word] = stepRows[(old + step) * profileWords + word]
            }
        }
        lines[index].firstStep = UInt32(new)
        lines[index].stepsReserved = UInt16(reserved)
    }
}

extension Step: Comparable {
    static func < (one: Step, other: Step) -> Bool {
        (one.ring, one.before, one.after) < (other.ring, other.before, other.after)
    }
}
