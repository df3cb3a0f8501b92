package import InteractionModel

extension RoutingState {
    /// With more agents than this an explanation counts them by rule instead of naming each.
    package static let namedAgentsMax = 8

    /// Why `interaction` goes to agent `index`: taken before the offer changes anything.
    func explain(
        _ interaction: InteractionRecord, contactClass: Int, to index: Int, search: Explanation.Search
    ) -> Explanation {
        let winner = agents[index]
        return Explanation(
            search: search, load: winner.held.count, idle: now.since(winner.sinceAt),
            waited: now.since(interaction.stamp), headStart: needs(of: interaction).headStart,
            dropped: dropped(from: contactClass, declined: declinedCount(interaction), winner: index),
            named: agents.count <= Self.namedAgentsMax ? named(for: interaction, winner: index) : [],
            contactsBehind: search == .agentSoughtContact ? matcher.contactsWithinReach(of: index) - 1 : 0)
    }

    /// Every agent by what a contact of this class meets now, as an explanation counts them. Counted anew only when
    /// some agent has changed since: a flood of contacts leaves the agents as they are.
    mutating func census(for contactClass: Int) -> [Explanation.Dropped] {
        if let known = matcher.knownCensus(of: contactClass) { return known }
        let census = dropped(from: contactClass, declined: 0, winner: nil)
        matcher.keepCensus(census, of: contactClass)
        return census
    }

    /// Why nobody has been found yet for a contact that waits. Empty when it does not wait.
    package func whyWaiting(_ id: InteractionID) -> [Explanation.Dropped] {
        guard let interaction = interactions[id], let contactClass = interaction.contactClass else { return [] }
        return dropped(from: contactClass, declined: declinedCount(interaction), winner: nil)
    }

    private func declinedCount(_ interaction: InteractionRecord) -> Int {
        excluded(from: interaction.id).count { rule(dropping: $0, for: interaction) == .declinedBefore }
    }

    /// Agents by the first rule that dropped them, counted by profile: as many steps as there are profiles.
    private func dropped(from contactClass: Int, declined: Int, winner: Int?) -> [Explanation.Dropped] {
        let rules = Explanation.Rule.allCases
        var counts = [Int](repeating: 0, count: rules.count)
        func add(_ rule: Explanation.Rule, _ count: Int) { counts[rule.rank] += count }
        let channel = matcher.classes[contactClass].channel
        let able = matcher.classes[contactClass].profiles
        var nextAble = 0
        for index in matcher.profiles.indices {
            let census = matcher.profiles[index].census
            guard nextAble < able.count, able[nextAble] == index else {  // Both ascend.
                add(matcher.profiles[index].channels.contains(channel) ? .skill : .channel, census.members)
                continue
            }
            nextAble += 1
            let ready = matcher.profiles[index].ready[channel].places.count
            add(.signedOut, census.signedOut)
            add(.unreachable, census.unreachable)
            add(.offHours, census.offHours)
            add(.notReady, census.notReady)
            add(.capacity, census.available - ready)
            add(.laterInOrder, ready)
        }
        add(.declinedBefore, declined)
        add(.laterInOrder, -declined - (winner == nil ? 0 : 1))
        return zip(rules, counts).filter { $0.1 > 0 }.map { .init(rule: $0.0, count: $0.1) }
    }

    private func named(for interaction: InteractionRecord, winner: Int) -> [Explanation.Named] {
        agents.indices.filter { $0 != winner && agents[$0].isPlanned }.map {
            Explanation.Named(agent: agents[$0].name, rule: rule(dropping: $0, for: interaction))
        }
    }

    /// The first rule that keeps agent `index` from `interaction`.
    func rule(dropping index: Int, for interaction: InteractionRecord) -> Explanation.Rule {
        let agent = agents[index]
        guard agent.capacity(for: interaction.channel) > 0 else { return .channel }
        guard agent.skills.meets(needs(of: interaction).skills) else { return .skill }
        switch agent.condition {
        case .signedOut: return .signedOut
        case .unreachable: return .unreachable
        case .offHours: return .offHours
        case .notReady: return .notReady
        case .available: break
        }
        guard heldCount(by: index, on: interaction.channel) < agent.capacity(for: interaction.channel) else {
            return .capacity
        }
        return excluded(from: interaction.id).contains(index) ? .declinedBefore : .laterInOrder
    }
}
