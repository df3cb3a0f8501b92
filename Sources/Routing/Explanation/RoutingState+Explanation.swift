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
            waited: now.since(interaction.stamp), headStart: interaction.requirement.headStart,
            dropped: dropped(from: contactClass, declined: declinedCount(interaction), winner: index),
            named: agents.count <= Self.namedAgentsMax ? named(for: interaction, winner: index) : [],
            contactsBehind: search == .agentSoughtContact ? matcher.contactsWithinReach(of: index) - 1 : 0)
    }

    /// Every agent by what a contact of this kind meets now, as an explanation counts them.
    mutating func census(for kind: ContactClass.Kind) -> [Explanation.Dropped] {
        let contactClass = matcher.contactClass(kind)  // First: `dropped` must see the class that this may make.
        return dropped(from: contactClass, declined: 0, winner: nil)
    }

    /// Why nobody has been found yet for a contact that waits. Empty when it does not wait.
    package func whyWaiting(_ id: InteractionID) -> [Explanation.Dropped] {
        guard let interaction = interactions[id], interaction.state == .queued,
            let contactClass = matcher.knownClass(interaction.contactKind)
        else { return [] }
        return dropped(from: contactClass, declined: declinedCount(interaction), winner: nil)
    }

    private func declinedCount(_ interaction: InteractionRecord) -> Int {
        interaction.exclusions.count { exclusion in
            agentIndex[exclusion.agent].map { rule(dropping: $0, for: interaction) } == .declinedBefore
        }
    }

    /// Agents by the first rule that dropped them, counted by profile: as many steps as there are profiles.
    private func dropped(from contactClass: Int, declined: Int, winner: Int?) -> [Explanation.Dropped] {
        let rules = Explanation.Rule.allCases
        var counts = [Int](repeating: 0, count: rules.count)
        func add(_ rule: Explanation.Rule, _ count: Int) { counts[rule.rank] += count }
        let sought = matcher.classes[contactClass]
        var able = 0
        for (index, profile) in matcher.profiles.enumerated() {
            let census = profile.census
            guard profile.kind.channels.contains(sought.kind.channel) else {
                add(.channel, census.members)
                continue
            }
            guard sought.profiles.contains(index) else {
                add(.skill, census.members)
                continue
            }
            add(.signedOut, census.signedOut)
            add(.unreachable, census.unreachable)
            add(.notReady, census.notReady)
            add(.capacity, census.available - profile.ready[sought.channel].places.count)
            able += profile.ready[sought.channel].places.count
        }
        add(.declinedBefore, declined)
        add(.laterInOrder, max(0, able - declined - (winner == nil ? 0 : 1)))
        return zip(rules, counts).filter { $0.1 > 0 }.map { .init(rule: $0.0, count: $0.1) }
    }

    private func named(for interaction: InteractionRecord, winner: Int) -> [Explanation.Named] {
        agents.indices.filter { $0 != winner && agents[$0].isPlanned }.map {
            Explanation.Named(agent: agents[$0].name, rule: rule(dropping: $0, for: interaction))
        }
    }

    /// The first rule that keeps agent `index` from `interaction`.
    private func rule(dropping index: Int, for interaction: InteractionRecord) -> Explanation.Rule {
        let agent = agents[index]
        guard agent.capacity(for: interaction.channel) > 0 else { return .channel }
        guard agent.skills.meets(interaction.requirement.skills) else { return .skill }
        switch agent.condition {
        case .signedOut: return .signedOut
        case .unreachable: return .unreachable
        case .notReady: return .notReady
        case .available: break
        }
        guard heldCount(by: index, on: interaction.channel) < agent.capacity(for: interaction.channel) else {
            return .capacity
        }
        let hasDeclined = interaction.exclusions.contains { $0.agent == agent.name && $0.until > now }
        return hasDeclined ? .declinedBefore : .laterInOrder
    }
}
