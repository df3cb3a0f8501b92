import InteractionModel

extension MemoryStore.Stored {
    func checkKeys(_ batch: JournalBatch) throws(JournalFailure) {
        var fresh: Set<[UInt8]> = []
        for key in batch.entries.compactMap(\.key) {
            let bytes = Array(key.utf8)
            guard keys[bytes] == nil, fresh.insert(bytes).inserted else { throw BatchRules.duplicate(key) }
        }
    }

    /// Takes in a batch that was found good.
    mutating func write(_ batch: JournalBatch) {
        for var entry in batch.entries {
            if let content = entry.content {
                let checksum = EntryChecksum.ofContent(content, sequence: entry.sequence)
                contents[entry.sequence] = .init(interaction: entry.contentOwner, body: content, checksum: checksum)
            }
            if let key = entry.key { keys[Array(key.utf8)] = entry.sequence }
            entry.content = nil
            let checksum = EntryChecksum.of(entry, after: lastChecksum)
            entries.append(CheckedEntry(entry: entry, checksum: checksum, bodyIsJSON: true))
        }
        for row in batch.interactions { interactions[row.interaction] = row }
        for row in batch.entities {
            entities[.init(kind: Array(row.kind.utf8), id: Array(row.id.utf8))] = row.snapshot == nil ? nil : row
        }
    }

    mutating func purge(before: Timestamp, limit: Int) -> Purge {
        let oldest = interactions.values.filter { $0.closedAt == nil }.map(\.createdAt).min()
        let moment = min(before, oldest ?? before)
        let old = entries.dropLast().prefix { $0.entry.at < moment }.count
        let count = min(old, limit)
        let through = count > 0 ? entries[count - 1].entry.sequence : purgedThrough
        for checked in entries.prefix(count) { forget(checked.entry, through: through) }
        purgedChecksum = count > 0 ? entries[count - 1].checksum : purgedChecksum
        purgedThrough = through
        entries.removeFirst(count)
        return Purge(removed: count, through: purgedThrough, isFinished: count == old)
    }

    private mutating func forget(_ entry: JournalEntry, through: Int64) {
        contents[entry.sequence] = nil
        if let key = entry.key { keys[Array(key.utf8)] = nil }
        guard let interaction = entry.interaction, let row = interactions[interaction] else { return }
        if row.closedAt != nil, row.lastSequence <= through { interactions[interaction] = nil }
    }
}
