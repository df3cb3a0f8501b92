import InteractionModel

extension MemoryStore.Stored {
    func find(key: String) -> (sequence: Int64, interaction: Int64?)? {
        keys[Array(key.utf8)].map { ($0, entry($0)?.interaction) }
    }

    func firstSequence(at moment: Timestamp) -> Int64? {
        entries.first { $0.entry.at >= moment }?.entry.sequence
    }

    func entries(after sequence: Int64, limit: Int) -> [JournalEntry] {
        entries.dropFirst(index(after: sequence)).prefix(limit).map(\.entry)
    }

    func history(of interaction: Int64, limit: Int) -> [JournalEntry] {
        var found: [JournalEntry] = []
        var next = interactions[interaction]?.lastSequence
        while let sequence = next, found.count < limit, var entry = entry(sequence) {
            entry.content = contents[sequence]?.body
            found.append(entry)
            next = entry.previous
        }
        return found.reversed()
    }

    func contents(of interaction: Int64) -> [JournalContent] {
        contents.filter { $0.value.interaction == interaction }
            .map { JournalContent(sequence: $0.key, body: $0.value.body) }
            .sorted { $0.sequence < $1.sequence }
    }

    func interactions(ofCustomer customer: String, limit: Int) -> [InteractionRow] {
        let rows = interactions.values.filter { $0.customer?.utf8.elementsEqual(customer.utf8) ?? false }
        return Array(
            rows.sorted { ($0.createdAt, $0.interaction) > ($1.createdAt, $1.interaction) }.prefix(limit))
    }

    func interactions(after interaction: Int64, limit: Int) -> [InteractionRow] {
        let rows = interactions.values.filter { $0.interaction > interaction }
        return Array(rows.sorted { $0.interaction < $1.interaction }.prefix(limit))
    }

    /// Byte order, as SQLite's; the order of Swift's strings is another one.
    func sortedEntities() -> [EntityRow] {
        entities.values.sorted {
            if !$0.kind.utf8.elementsEqual($1.kind.utf8) { return $0.kind.utf8.lexicographicallyPrecedes($1.kind.utf8) }
            return $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
        }
    }
}
