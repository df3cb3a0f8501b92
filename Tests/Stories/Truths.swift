import InteractionModel
import Routing

/// What must be true after every step of every story, whatever it tells.
enum Truths {
    static func check(_ state: RoutingState, folded: RoutingState) throws(StoryError) {
        try checkHolders(state)
        try checkDeadlines(state)
        for tally in state.tallies {
            try require(tally.conservationError == 0, "contacts were gained or lost: \(tally)")
        }
        try checkNobodyWaitsInVain(state)
        try checkRows(state, folded)
    }

    private static func require(_ condition: Bool, _ breach: @autoclosure () -> String) throws(StoryError) {
        if !condition { throw StoryError("not true of the state any more: \(breach())") }
    }

    /// A contact has one owner at most, and it and all whom the owner asked in know of each other.
    private static func checkHolders(_ state: RoutingState) throws(StoryError) {
        var holders: [InteractionID: Set<AgentName>] = [:]
        for agent in state.agents {
            for id in agent.held {
                let isNew = holders[id, default: []].insert(agent.name).inserted
                try require(isNew, "\(agent.name) holds contact \(id) twice")
            }
        }
        for interaction in state.interactions.records {
            let present = [interaction.state.agent].compactMap { $0 } + interaction.guests.map(\.agent)
            let names = present.map(\.rawValue).joined(separator: ", ")
            try require(
                holders[interaction.id, default: []] == Set(present) && Set(present).count == present.count,
                "contact \(interaction.id) is \(interaction.state), in it are \(names); it is held by "
                    + (holders[interaction.id]?.map(\.rawValue).sorted().joined(separator: ", ") ?? "nobody"))
        }
    }

    /// What is no end ends by itself, and the site will be called when it does.
    private static func checkDeadlines(_ state: RoutingState) throws(StoryError) {
        let next = state.nextDeadline ?? Timestamp(milliseconds: .max)
        for interaction in state.interactions.records where !interaction.state.hasEnded {
            try require(interaction.deadline > state.now, "contact \(interaction.id) has outlived its deadline")
            try require(next <= interaction.deadline, "contact \(interaction.id) has a deadline that nobody waits for")
        }
        for interaction in state.interactions.records {
            for deadline in interaction.guests.compactMap(\.deadline) + [interaction.heldUntil].compactMap({ $0 }) {
                try require(next <= deadline, "contact \(interaction.id)'s hold or guest has no end")
            }
        }
        for (id, message) in state.messages {
            try require(next <= message.deadline, "message \(id) has a deadline that nobody waits for")
        }
        for agent in state.agents {
            if let until = agent.statusUntil { try require(next <= until, "\(agent.name)'s pause has no end") }
            guard case .lost(_, let until) = agent.presence else { continue }
            try require(next <= until, "\(agent.name)'s lost connection has a deadline that nobody waits for")
        }
    }

    /// No contact waits while somebody could take it.
    private static func checkNobodyWaitsInVain(_ state: RoutingState) throws(StoryError) {
        for interaction in state.interactions.records where interaction.state == .queued {
            let able = state.whyWaiting(interaction.id).filter { $0.rule == .laterInOrder }
            try require(able.isEmpty, "contact \(interaction.id) waits though \(able.first?.count ?? 0) could take it")
        }
    }

    /// The facts, read back from their JSON and folded, give the same rows; and the rows give the state back.
    private static func checkRows(_ state: RoutingState, _ folded: RoutingState) throws(StoryError) {
        let rows = state.allRows()
        try require(
            folded.allRows() == rows,
            "folding the recorded facts gives other rows: " + difference(rows, folded.allRows()))
        do {
            let restored = try RoutingState(restoring: rows, lastSequence: state.lastSequence, at: state.now)
            try require(
                restored.allRows() == rows,
                "restored from its rows it has others: " + difference(rows, restored.allRows()))
        } catch let error as StoryError {
            throw error
        } catch {
            throw StoryError("the state cannot be restored from its rows: \(error)")
        }
    }

    /// The first row that differs, both ways.
    private static func difference(_ one: StateRows, _ other: StateRows) -> String {
        let lines = { (rows: StateRows) in
            rows.interactions.map {
                "interaction \($0.id) \($0.state) \(String(decoding: $0.snapshot, as: UTF8.self)) \($0)"
            }
                + rows.entities.map { "\($0.kind) \($0.id) \(String(decoding: $0.snapshot ?? [], as: UTF8.self))" }
        }
        let (left, right) = (lines(one), lines(other))
        guard let index = left.indices.first(where: { !right.indices.contains($0) || left[$0] != right[$0] }) else {
            return "there are \(right.count) for \(left.count)"
        }
        return left[index] + "\nbecame " + (right.indices.contains(index) ? right[index] : "nothing")
    }
}
