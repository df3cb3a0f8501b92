package import InteractionModel

/// The journal without a disk, for tests and the simulator: same rules, same answers, and failures on demand.
///
/// Several may be made over one store: each is one process's view of the shared disk, and the one that took leadership
/// last may append.
package final class MemoryJournal: Journal, @unchecked Sendable {  // The store's lock guards `broken`.
    private let store: MemoryStore
    private var broken: JournalFailure?

    package init(on store: MemoryStore = MemoryStore()) {
        self.store = store
    }

    package func lastSequence() throws(JournalFailure) -> Int64 {
        try using { stored throws(JournalFailure) in stored.lastSequence }
    }

    package func takeLeadership(holder: String, at: Timestamp, leap: Int64) throws(JournalFailure) -> Leadership {
        try using { stored throws(JournalFailure) in
            try BatchRules.check(holder: holder)
            let epoch = stored.epoch + 1
            let marker = JournalEntry.leadershipMarker(
                sequence: max(stored.lastSequence, leap) + 1, at: at, epoch: epoch, holder: holder)
            let batch = JournalBatch(epoch: epoch, entries: [marker])
            try BatchRules.check(batch, epoch: epoch, lastSequence: stored.lastSequence)
            stored.write(batch)
            stored.epoch = epoch
            return Leadership(epoch: epoch, lastSequence: marker.sequence)
        }
    }

    package func append(_ batch: JournalBatch) throws(JournalFailure) {
        try using { stored throws(JournalFailure) in
            stored.appends += 1
            let fault = stored.faults.removeValue(forKey: stored.appends)
            try BatchRules.check(batch, epoch: stored.epoch, lastSequence: stored.lastSequence)
            try stored.checkKeys(batch)
            switch fault {
            case nil: stored.write(batch)
            case .full:
                throw JournalFailure(.full, "The journal's store is full, as asked. Append the same batch again.")
            case .fatal:
                throw JournalFailure(.fatal, "The journal's store failed, as asked. Open it again and recover.")
            case .fatalButDurable:
                stored.write(batch)
                throw JournalFailure(.fatal, "The journal's store failed after the commit, as asked. Open it again.")
            }
        }
    }

    /// There is nothing to keep in order; it only fails when asked to.
    package func maintain() throws(JournalFailure) {
        try using { stored throws(JournalFailure) in
            guard stored.failsMaintenance else { return }
            throw JournalFailure(.fatal, "The journal's maintenance failed, as asked. Open it again and recover.")
        }
    }

    package func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)? {
        try using { stored throws(JournalFailure) in stored.find(key: key) }
    }

    package func find(keys: [String]) throws(JournalFailure) -> [(sequence: Int64, interaction: Int64?)?] {
        try using { stored throws(JournalFailure) in keys.map { stored.find(key: $0) } }
    }

    package func visitOpenInteractions(_ visit: (InteractionRow) -> Void) throws(JournalFailure) {
        let rows = try using { stored throws(JournalFailure) in
            stored.interactions.values.filter { $0.closedAt == nil }
        }
        for row in rows.sorted(by: { ($0.createdAt, $0.interaction) < ($1.createdAt, $1.interaction) }) { visit(row) }
    }

    package func entities() throws(JournalFailure) -> [EntityRow] {
        try using { stored throws(JournalFailure) in stored.sortedEntities() }
    }

    package func makeReader() throws(JournalFailure) -> any JournalReader {
        MemoryJournalReader(store: store)
    }

    package func eraseContent(of interaction: Int64) throws(JournalFailure) -> Erasure {
        try using { stored throws(JournalFailure) in
            let before = stored.contents.count
            stored.contents = stored.contents.filter { $0.value.interaction != interaction }
            return Erasure(removed: before - stored.contents.count, overwritten: true)
        }
    }

    package func purge(before: Timestamp, limit: Int) throws(JournalFailure) -> Purge {
        precondition((1...JournalLimits.purgeMax).contains(limit), "a purge removes 1 to \(JournalLimits.purgeMax)")
        return try using { stored throws(JournalFailure) in stored.purge(before: before, limit: limit) }
    }

    package func close() {
        store.use { _ in
            broken = broken ?? JournalFailure(.fatal, "The journal was closed. Open it again before using it.")
        }
    }

    private func using<Result>(
        _ body: (inout MemoryStore.Stored) throws(JournalFailure) -> Result
    ) throws(JournalFailure) -> Result {
        try store.use { stored throws(JournalFailure) in
            if let broken { throw broken }
            do throws(JournalFailure) {
                return try body(&stored)
            } catch {
                if error.kind == .fatal { broken = error }
                throw error
            }
        }
    }
}
