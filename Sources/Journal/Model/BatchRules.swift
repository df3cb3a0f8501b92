/// The rules every engine holds a batch to before it touches anything.
enum BatchRules {
    /// Throws `.deposed` for another term, `.invalid` for a batch that breaks a rule, naming entry and field.
    static func check(_ batch: JournalBatch, epoch: Int64, lastSequence: Int64) throws(JournalFailure) {
        guard batch.epoch == epoch else {
            throw JournalFailure(
                .deposed,
                "The journal is in epoch \(epoch), the batch was written in epoch \(batch.epoch): another router leads. "
                    + "Stop deciding, answer 503, and start again as a standby.")
        }
        try count(batch.entries.count, "entries")
        try count(batch.interactions.count, "interaction rows")
        try count(batch.entities.count, "entity rows")
        var expected = lastSequence
        for entry in batch.entries {
            try check(entry, expected: expected + 1, epoch: epoch)
            expected = entry.sequence
        }
        for row in batch.interactions { try check(row, last: expected) }
        for row in batch.entities { try check(row, last: expected) }
    }

    private static func check(_ entry: JournalEntry, expected: Int64, epoch: Int64) throws(JournalFailure) {
        guard entry.sequence == expected || (entry.mayLeap && entry.sequence > expected) else {
            throw invalid("entry \(entry.sequence)", "sequence", "must be \(expected), one after the entry before it")
        }
        guard entry.epoch == epoch else {
            throw invalid("entry \(expected)", "epoch", "is \(entry.epoch), the batch's is \(epoch)")
        }
        guard entry.previous.map({ $0 < entry.sequence && $0 > 0 }) ?? true else {
            throw invalid("entry \(expected)", "previous", "must name an earlier entry")
        }
        guard entry.interaction != nil || entry.previous == nil else {
            throw invalid("entry \(expected)", "interaction", "is needed by an entry that has a previous one")
        }
        try size(entry.type.utf8.count, 1...JournalLimits.nameBytesMax, "entry \(expected)", "type")
        try size(entry.key?.utf8.count ?? 1, 1...JournalLimits.keyBytesMax, "entry \(expected)", "key")
        try size(entry.body.count, 2...JournalLimits.bodyBytesMax, "entry \(expected)", "body")
        try size(entry.content?.count ?? 2, 2...JournalLimits.contentBytesMax, "entry \(expected)", "content")
    }

    private static func check(_ row: InteractionRow, last: Int64) throws(JournalFailure) {
        guard row.lastSequence <= last else {
            throw invalid("interaction row \(row.interaction)", "lastSequence", "is beyond the journal's last, \(last)")
        }
        try size(row.state.utf8.count, 1...JournalLimits.nameBytesMax, "interaction row \(row.interaction)", "state")
        try reference(row.queue, row, "queue")
        try reference(row.agent, row, "agent")
        try reference(row.customer, row, "customer")
        try size(row.snapshot.count, 2...JournalLimits.bodyBytesMax, "interaction row \(row.interaction)", "snapshot")
    }

    private static func reference(_ name: String?, _ row: InteractionRow, _ field: String) throws(JournalFailure) {
        guard let name else { return }
        try size(name.utf8.count, 0...JournalLimits.keyBytesMax, "interaction row \(row.interaction)", field)
    }

    /// A leader's name is shown to operators and stands in the marker's body.
    static func check(holder: String) throws(JournalFailure) {
        try size(holder.utf8.count, 1...JournalLimits.keyBytesMax, "the leadership", "holder")
    }

    private static func check(_ row: EntityRow, last: Int64) throws(JournalFailure) {
        guard row.lastSequence <= last else {
            throw invalid("entity row \(row.kind) \(row.id)", "lastSequence", "is beyond the journal's last, \(last)")
        }
        try size(row.kind.utf8.count, 1...JournalLimits.nameBytesMax, "entity row \(row.id)", "kind")
        try size(row.id.utf8.count, 1...JournalLimits.keyBytesMax, "entity row of kind \(row.kind)", "id")
        try size(
            row.snapshot?.count ?? 2, 2...JournalLimits.bodyBytesMax, "entity row \(row.kind) \(row.id)", "snapshot")
    }

    private static func count(_ number: Int, _ what: String) throws(JournalFailure) {
        guard number <= JournalLimits.batchMax else {
            throw invalid("the batch", what, "are \(number), at most \(JournalLimits.batchMax) fit; split it")
        }
    }

    /// The names are built only when needed: this runs for every row written.
    private static func size(
        _ bytes: Int, _ range: ClosedRange<Int>, _ what: @autoclosure () -> String, _ field: String
    ) throws(JournalFailure) {
        guard range.contains(bytes) else {
            throw invalid(what(), field, "has \(bytes) bytes, \(range.lowerBound) to \(range.upperBound) are allowed")
        }
    }

    private static func invalid(_ what: String, _ field: String, _ reason: String) -> JournalFailure {
        JournalFailure(
            .invalid,
            "The journal refused a batch: in \(what), \(field) \(reason). Nothing was written; "
                + "this is a programming error, do not send the same batch again.")
    }

    /// The answer to a key that the journal, or the batch itself, already has.
    static func duplicate(_ key: String) -> JournalFailure {
        JournalFailure(
            .duplicateKey(key),
            "The idempotency key is already in the journal. Nothing was written; answer with the "
                + "interaction that already has it.")
    }

    /// A reader's page size beyond the bound is a programming error.
    static func requirePage(_ limit: Int) {
        precondition(
            (1...JournalLimits.readMax).contains(limit),
            "a read returns 1 to \(JournalLimits.readMax) rows; page through")
    }
}
