package import InteractionModel
import JSON

extension RoutingState {
    /// How many wait in a queue.
    package func waiting(in queue: QueueName) -> Int { matcher.waiting(in: queue) }

    /// Contacts gained or lost by a fault of ours, over all channels; must be 0 at every moment.
    package var conservationError: Int64 { tallies.reduce(0) { $0 + abs($1.conservationError) } }

    /// Passes over an entry that is the journal's own and changes nothing here.
    package mutating func pass(over sequence: Int64) {
        lastSequence = max(lastSequence, sequence)
    }

    /// The interactions whose messages `entities` still follow, to customers or to other sites, in order.
    package static func interactionsFollowed(in entities: [EntityStateRow]) -> [InteractionID] {
        let numbers = entities.filter { $0.kind == "message" || $0.kind == "custody" }.compactMap { row -> Int64? in
            let members = try? JSONValue.parse(row.snapshot ?? [])
            // Of contacts: those whose customer wrote what the custodian has not acknowledged.
            let relays = members?["relays"]?.arrayValue ?? []
            guard row.kind == "message" || relays.contains(where: CustodyEntry.isUnheard) else { return nil }
            return members?["interaction"]?.integerValue
        }
        return Set(numbers).sorted().map { InteractionID($0) }
    }

    /// After folding recorded facts: lets go of what has ended, and of everything still to be looked for or written.
    package mutating func settle() {
        for id in changes.ended where interactions[id]?.followed == 0 { interactions[id] = nil }
        forgetProgress()
    }
}
