import InteractionModel
import Journal
import Routing

/// The plans that were active, newest first, found by the keys of their facts.
struct PlanHistory {
    /// Activations listed at once.
    static let listedMax = 100
    /// Activations looked through for a version.
    static let searchedMax: Int64 = 1000

    let reader: any JournalReader
    /// The number of the newest activation.
    let newest: Int64

    struct Activation {
        var sequence: Int64
        var at: Timestamp
        var plan: Plan
    }

    func list() throws -> [Activation] {
        try numbers(Int64(Self.listedMax)).compactMap { try activation($0) }
    }

    /// The newest activation of a version.
    func find(_ version: String) throws -> Activation? {
        for number in numbers(Self.searchedMax) {
            if let found = try activation(number), found.plan.version == version { return found }
        }
        return nil
    }

    private func numbers(_ max: Int64) -> some Sequence<Int64> {
        stride(from: newest, to: Swift.max(0, newest - max), by: -1)
    }

    /// Nil for one that a purge has removed.
    private func activation(_ number: Int64) throws -> Activation? {
        guard let sequence = try reader.find(key: PlanOrigin.key(number))?.sequence,
            let entry = try reader.entries(after: sequence - 1, limit: 1).first, entry.sequence == sequence,
            case .planActivated(let plan) = try Fact(type: entry.type, body: entry.body)
        else { return nil }
        return Activation(sequence: sequence, at: entry.at, plan: plan)
    }
}
