import InteractionModel

/// Reads a store's contents; see ``JournalReader``.
final class MemoryJournalReader: JournalReader, @unchecked Sendable {  // The store's lock guards `isClosed`.
    private let store: MemoryStore
    private var isClosed = false

    init(store: MemoryStore) {
        self.store = store
    }

    func lastSequence() throws(JournalFailure) -> Int64 { try using { $0.lastSequence } }

    func firstSequence() throws(JournalFailure) -> Int64 { try using { $0.purgedThrough + 1 } }

    func firstSequence(at moment: Timestamp) throws(JournalFailure) -> Int64? {
        try using { $0.firstSequence(at: moment) }
    }

    func entries(after sequence: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry] {
        BatchRules.requirePage(limit)
        return try using { $0.entries(after: sequence, limit: limit) }
    }

    func history(of interaction: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry] {
        BatchRules.requirePage(limit)
        return try using { $0.history(of: interaction, limit: limit) }
    }

    func content(of sequence: Int64) throws(JournalFailure) -> [UInt8]? {
        try using { $0.contents[sequence]?.body }
    }

    func contents(of interaction: Int64) throws(JournalFailure) -> [JournalContent] {
        try using { $0.contents(of: interaction) }
    }

    func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)? {
        try using { $0.find(key: key) }
    }

    func interaction(_ interaction: Int64) throws(JournalFailure) -> InteractionRow? {
        try using { $0.interactions[interaction] }
    }

    func interactions(ofCustomer customer: String, limit: Int) throws(JournalFailure) -> [InteractionRow] {
        BatchRules.requirePage(limit)
        return try using { $0.interactions(ofCustomer: customer, limit: limit) }
    }

    func interactions(after interaction: Int64, limit: Int) throws(JournalFailure) -> [InteractionRow] {
        BatchRules.requirePage(limit)
        return try using { $0.interactions(after: interaction, limit: limit) }
    }

    func entities() throws(JournalFailure) -> [EntityRow] { try using { $0.sortedEntities() } }

    func verify(progress: (_ checked: Int64, _ of: Int64) -> Bool) throws(JournalFailure) -> VerificationReport {
        let stored = try using { $0 }
        return try MemoryVerification(stored: stored).run(progress)
    }

    func close() {
        store.use { _ in isClosed = true }
    }

    private func using<Result>(_ body: (MemoryStore.Stored) -> Result) throws(JournalFailure) -> Result {
        try store.use { stored throws(JournalFailure) in
            guard !isClosed else {
                throw JournalFailure(.fatal, "The journal's reader was closed. Make a new one.")
            }
            return body(stored)
        }
    }
}
