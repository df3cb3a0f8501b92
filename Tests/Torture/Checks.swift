import InteractionModel
import JSON
import Journal
import Routing
import Site
import Support

/// Compares what the clients know with what the journal holds.
struct Checks {
    /// Violations printed of each kind.
    static let shownMax = 20

    private(set) var violations: [String] = []
    private(set) var table: [(String, String)] = []
    private let folder: SiteFolder
    private let ledger: [Ledger.Kind: [String: LedgerRecord]]
    private let feeds: [FeedRecord]
    private let sent: [Provider.Sent]
    private var fold = JournalFold()

    init(folder: SiteFolder, ledger: String, feeds: [FeedRecord], sent: [Provider.Sent]) throws {
        self.folder = folder
        self.ledger = try LedgerRecord.read(ledger)
        self.feeds = feeds
        self.sent = sent
    }

    mutating func run() throws {
        let reader = try folder.journal()
        defer { reader.close() }
        try foldAll(reader)
        violations += fold.violations
        try checkContacts(reader)
        try checkReplies(reader)
        checkReports()
        checkFeeds()
        try checkStructure(reader)
        checkConservation()
    }

    // MARK: The journal

    private var heldAt: [Int64: [String: Set<Int64>]] = [:]

    private mutating func foldAll(_ reader: SQLiteJournalReader) throws {
        let welcomes = Set(feeds.filter { $0.held != nil }.map(\.welcome))
        var last: Int64 = 0
        while true {
            let page = try reader.entries(after: last, limit: JournalLimits.readMax)
            guard !page.isEmpty else { return }
            for entry in page {
                try fold.take(entry)
                if welcomes.contains(entry.sequence) { heldAt[entry.sequence] = fold.held }
                last = entry.sequence
            }
        }
    }

    private mutating func checkStructure(_ reader: SQLiteJournalReader) throws {
        let report = try reader.verify { _, _ in true }
        violations += report.findings.map { "verify: entry \($0.sequence ?? 0) \($0.text)" }
        if !report.isWhole, report.findings.isEmpty { violations.append("verify did not reach the end") }
        // What a restart would continue from must be what the facts say.
        let folded = try Recovery.fold(reader)
        let rows = folded.allRows()
        let stored = Dictionary(
            uniqueKeysWithValues: try reader.entities().map { ("\($0.kind)/\($0.id)", $0.snapshot) })
        for row in rows.entities where row.kind != "probe" {
            guard let kept = stored["\(row.kind)/\(row.id)"] else {
                violations.append("the state row \(row.kind)/\(row.id) is not stored")
                continue
            }
            if kept != row.snapshot {
                violations.append("the state row \(row.kind)/\(row.id) is not what the facts say")
            }
        }
        for row in rows.interactions {
            let kept = try reader.interaction(row.id.number)
            if kept?.snapshot != row.snapshot || kept?.state != row.state {
                violations.append("the state row of interaction \(row.id) is not what the facts say")
            }
        }
        table.append(("journal entries", "\(fold.entries)"))
        table.append(("state rows compared", "\(rows.entities.count + rows.interactions.count)"))
    }

    private mutating func checkConservation() {
        let ended = fold.interactions.values.count { $0.state == .ended }
        table.append(("interactions (of them ended)", "\(fold.interactions.count) (\(ended))"))
        table.append(("assignments checked", "\(fold.assignments)"))
    }

    // MARK: Contacts

    private mutating func checkContacts(_ reader: SQLiteJournalReader) throws {
        let contacts = ledger[.contact] ?? [:]
        var counts = (acknowledged: 0, unknown: 0, refused: 0, lost: 0, doubled: 0, repeated: 0)
        for (key, record) in contacts {
            let stored = fold.keys[Sender.journalKey(key)] ?? []
            if record.sent > 1 { counts.repeated += 1 }
            if stored.count > 1 {
                counts.doubled += 1
                violations.append("contact \(key) is stored \(stored.count) times: \(stored.map(\.sequence))")
            }
            if record.isRefused {
                counts.refused += 1
                if !stored.isEmpty { violations.append("contact \(key) was refused and is stored") }
            } else if record.isUnknown {
                counts.unknown += 1
            } else {
                counts.acknowledged += 1
                if stored.isEmpty {
                    counts.lost += 1
                    violations.append("contact \(key) was acknowledged and is not stored")
                }
                checkAnswers(key, record, stored.first?.interaction)
            }
            if let first = stored.first { try checkContent(of: first.sequence, key, reader) }
        }
        checkNothingInvented(contacts)
        table.append(("contacts sent", "\(contacts.count)"))
        table.append(("acknowledged", "\(counts.acknowledged)"))
        table.append(("unknown (no answer seen)", "\(counts.unknown)"))
        table.append(("refused", "\(counts.refused)"))
        table.append(("sent more than once", "\(counts.repeated)"))
        table.append(("lost", "\(counts.lost)"))
        table.append(("doubled", "\(counts.doubled)"))
    }

    private mutating func checkAnswers(_ key: String, _ record: LedgerRecord, _ interaction: Int64?) {
        for answer in Set(record.acknowledgements) where answer != "-" && answer != "\(interaction ?? 0)" {
            violations.append(
                "contact \(key) was answered \(answer) and is stored with interaction \(interaction ?? 0)")
        }
    }

    /// An interaction without its first message is a contact lost, however well it was counted.
    private mutating func checkContent(of sequence: Int64, _ key: String, _ reader: SQLiteJournalReader) throws {
        let text = try reader.content(of: sequence).flatMap { ContactContent(bytes: $0) }?.message.text
        guard text != Sender.text(of: key) else { return }
        violations.append("contact \(key) is stored as entry \(sequence) with the words \(text ?? "(none)")")
    }

    private mutating func checkNothingInvented(_ contacts: [String: LedgerRecord]) {
        let known = Set(contacts.keys.map(Sender.journalKey))
        for (key, places) in fold.keys where key.hasPrefix("api/") || key.hasPrefix("sms:main:") {
            guard key.split(separator: ":").count < 4, !known.contains(key) else { continue }
            violations.append("entry \(places[0].sequence) has the key \(key), which nobody sent")
        }
    }

    // MARK: Replies

    private mutating func checkReplies(_ reader: SQLiteJournalReader) throws {
        let replies = ledger[.reply] ?? [:]
        var taken: [Int64: (count: Int, texts: Set<String>)] = [:]
        var numbers: [String: Set<Int64>] = [:]
        for message in sent {
            taken[message.message, default: (0, [])].count += 1
            taken[message.message]?.texts.insert(message.text)
            numbers[message.text, default: []].insert(message.message)
        }
        var acknowledged = 0
        for (key, record) in replies {
            let stored = fold.keys[TorturedAgent.journalKey(key)] ?? []
            if stored.count > 1 { violations.append("reply \(key) is stored \(stored.count) times") }
            if record.isRefused, !stored.isEmpty { violations.append("reply \(key) was refused and is stored") }
            guard !record.acknowledgements.isEmpty else { continue }
            acknowledged += 1
            guard let message = stored.first?.sequence else {
                violations.append("reply \(key) was acknowledged and is not stored")
                continue
            }
            for answer in Set(record.acknowledgements) where answer != "-" && answer != "\(message)" {
                violations.append("reply \(key) was answered with message \(answer) and is stored as \(message)")
            }
        }
        try checkOutbox(taken, numbers, reader)
        table.append(("replies acknowledged", "\(acknowledged)"))
        table.append(("messages queued / taken by the provider", "\(fold.messages.count) / \(taken.count)"))
        table.append(("  of them taken more than once", "\(taken.values.count { $0.count > 1 })"))
    }

    /// Every message reached the provider, with its own words, under its own number and no other.
    private mutating func checkOutbox(
        _ taken: [Int64: (count: Int, texts: Set<String>)], _ numbers: [String: Set<Int64>],
        _ reader: SQLiteJournalReader
    ) throws {
        for (id, message) in fold.messages {
            let text = try reader.content(of: id).flatMap { ContactContent(bytes: $0) }?.message.text
            if message.isSent, taken[id] == nil { violations.append("message \(id) is sent and no provider has it") }
            if !message.isSent, !message.isFailed { violations.append("message \(id) still waits to be sent") }
            if message.isFailed, !message.isSent { violations.append("message \(id) failed: the provider took all") }
            if let texts = taken[id]?.texts, texts != [text ?? ""] {
                violations.append("message \(id) reached the provider as \(texts), its words are \(text ?? "(none)")")
            }
        }
        for (id, _) in taken where fold.messages[id] == nil {
            violations.append("the provider has message \(id), which the journal does not know")
        }
        for (text, ids) in numbers where ids.count > 1 {
            violations.append("\"\(text)\" reached the provider as several messages: \(ids.sorted())")
        }
    }

    private mutating func checkReports() {
        let reports = ledger[.report] ?? [:]
        for (key, record) in reports {
            let stored = fold.keys["sms:main:\(key)"] ?? []
            if stored.count > 1 { violations.append("report \(key) is stored \(stored.count) times") }
            if !record.acknowledgements.isEmpty, stored.isEmpty {
                violations.append("report \(key) on message \(record.note) was acknowledged and is not stored")
            }
        }
        table.append(("delivery reports acknowledged", "\(reports.values.count { !$0.acknowledgements.isEmpty })"))
    }

    // MARK: Agents' events

    private mutating func checkFeeds() {
        var resumed = 0
        var events = 0
        for feed in feeds {
            events += feed.seen.count
            if feed.isResumed { resumed += 1 }
            checkFeed(feed)
        }
        table.append(("agents' connections (resumed)", "\(feeds.count) (\(resumed))"))
        table.append(("agents' events compared", "\(events)"))
    }

    /// From where the connection began, what was seen is what the journal says, without a gap and nothing twice.
    private mutating func checkFeed(_ feed: FeedRecord) {
        guard !feed.isResumed || feed.last != nil else {
            return violations.append("\(feed.agent) was resumed without having asked (\(feed.welcome))")
        }
        let from = feed.isResumed ? feed.last ?? 0 : feed.welcome
        let due = (fold.feeds[feed.agent] ?? [])
        var low = 0
        var high = due.count
        while low < high {
            let middle = (low + high) / 2
            if due[middle] <= from { low = middle + 1 } else { high = middle }
        }
        let expected = Array(due[low..<min(low + feed.seen.count, due.count)])
        if expected != feed.seen {
            let place = zip(expected, feed.seen).prefix { $0 == $1 }.count
            violations.append(
                "\(feed.agent), connected after \(from): event \(place + 1) should be \(expected.dropFirst(place).first ?? 0)"
                    + " and was \(feed.seen.dropFirst(place).first ?? 0)")
        }
        // A resumed welcome promises that what was missed follows; that it all came is known where more came.
        guard let held = feed.held else { return }
        let kept = heldAt[feed.welcome]?[feed.agent] ?? []
        if kept != Set(held) || held.count != kept.count {
            violations.append(
                "\(feed.agent) was told at \(feed.welcome) to have \(held.sorted()), it was \(kept.sorted())")
        }
    }
}
