import InteractionModel
import JSON
import Journal
import Site
import Support

/// Compares what clients were promised with what three journals hold together. Reads the facts' text by itself: neither
/// the router's fold nor `interflow prove` has a say here, so that no mistake of theirs excuses itself.
struct NetworkChecks {
    private(set) var violations: [String] = []
    private(set) var table: [(String, String)] = []
    private let sites: [NetworkSite]
    private var chains: [String: Chain] = [:]
    private var relays: [String: Relay] = [:]
    /// Messages of customers, by site and number; other things are relayed too.
    private var written: Set<String> = []
    private var assignments = 0
    private var replies = 0
    /// Why messages failed, by site and number.
    private var failed: [String: String] = [:]
    /// Contacts taken, by why they were handed over.
    private var causes: [String: Int] = [:]

    /// The custody of one contact, as all sites tell it.
    private struct Chain {
        var home = ""
        /// By epoch: who offered to whom, who took, who refused.
        var offered: [Int64: (by: String, to: String)] = [:]
        var taken: [Int64: String] = [:]
        var refused: [Int64: String] = [:]
        /// What senders heard, by epoch.
        var gone: [Int64: String] = [:]
        var regained: [Int64: String] = [:]
        /// Where the conversation itself ended, once for each time.
        var ends: [String] = []
        /// By site: whether it may be assigned there now.
        var held: [String: Bool] = [:]
        /// Messages of its customer that wait at home for whoever has it.
        var unheard: Set<String> = []
    }

    /// A customer's message written while the contact was away.
    private struct Relay {
        var delivered: [String] = []
        var arrived: [String] = []
        var carried = 0
        /// The contact itself came back to where it was written.
        var isHome = false
    }

    init(_ sites: [NetworkSite]) { self.sites = sites }

    mutating func run() throws {
        for site in sites { try read(site) }
        for (contact, chain) in chains { check(contact, chain) }
        checkRelays()
        for site in sites { try checkContacts(of: site) }
        try checkReplies()
        let transfers = chains.values.reduce(0) { $0 + $1.taken.count }
        table.append(("contacts", "\(chains.count)"))
        table.append(("transfers", "\(transfers)"))
        for (cause, count) in causes.sorted(by: { $0.key < $1.key }) {
            table.append(("  of them by \(cause)", "\(count)"))
        }
        table.append(("offers refused", "\(chains.values.reduce(0) { $0 + $1.refused.count })"))
        table.append(("contacts that moved more than once", "\(chains.values.count { $0.taken.count > 1 })"))
        table.append(("offers to agents checked", "\(assignments)"))
        table.append(("customers' messages relayed", "\(relays.count)"))
        table.append(("agents' replies acknowledged", "\(replies)"))
    }

    private mutating func violate(_ text: String) { violations.append(text) }

    // MARK: Reading

    private mutating func read(_ site: NetworkSite) throws {
        let reader = try site.folder.journal()
        defer { reader.close() }
        let report = try reader.verify { _, _ in true }
        for finding in report.findings.prefix(5) { violate("\(site.name)'s journal: \(finding.text)") }
        if !report.isWhole { violate("\(site.name)'s journal is not whole: \(report.findingsCount) findings") }
        var contacts: [Int64: String] = [:]
        var last: Int64 = 0
        while true {
            let page = try reader.entries(after: last, limit: JournalLimits.readMax)
            guard !page.isEmpty else { return }
            for entry in page {
                last = entry.sequence
                guard let body = Self.members(of: entry) else {
                    violate("\(site.name)'s entry \(entry.sequence) is no JSON")
                    continue
                }
                take(entry, body, site.name, &contacts)
            }
        }
    }

    /// Read only where something in them is asked for. Nil: they cannot be read.
    private static func members(of entry: JournalEntry) -> JSONValue? {
        switch entry.type {
        case "offer.made", "contact.message", "contact.closed", "contact.abandoned", "contact.expired": .null
        case "contact.received", "contact.relayed", "relay.delivered", "message.failed":
            try? JSONValue.parse(entry.body)
        default: entry.type.hasPrefix("custody.") ? try? JSONValue.parse(entry.body) : .null
        }
    }

    private mutating func take(
        _ entry: JournalEntry, _ body: JSONValue, _ site: String, _ contacts: inout [Int64: String]
    ) {
        let epoch = body["epoch"]?.integerValue ?? 0
        func word(_ member: String) -> String { body[member]?.stringValue ?? "" }
        if entry.type == "contact.received", let interaction = entry.interaction {
            let contact = body["contact"]?.stringValue ?? "\(site)-\(interaction)"
            contacts[interaction] = contact
            if body["contact"] == nil {
                chains[contact, default: Chain()].home = site
            } else {
                take(contact, epoch, by: site)
                causes[word("cause"), default: 0] += 1
            }
            chains[contact, default: Chain()].held[site] = true
            if let carries = body["carries"]?.integerValue {
                relays["\(site)-\(carries)", default: Relay()].carried += 1
            }
            return
        }
        if entry.type == "message.failed" {
            failed["\(site)-\(body["message"]?.integerValue ?? 0)"] = word("reason")
        }
        guard let contact = body["contact"]?.stringValue ?? entry.interaction.flatMap({ contacts[$0] }) else { return }
        let name = "\(contact) at \(site), entry \(entry.sequence)"
        switch entry.type {
        case "contact.message": noteWritten("\(site)-\(entry.sequence)", contact, at: site)
        case "custody.offered":
            if chains[contact]?.held[site] != true { violate("\(name): offered by a site that does not hold it") }
            if let other = chains[contact]?.offered[epoch] {
                violate("\(name): epoch \(epoch) was made by \(other.by) too")
            }
            chains[contact, default: Chain()].offered[epoch] = (site, word("to"))
            chains[contact]?.held[site] = false
        case "custody.took":
            take(contact, epoch, by: site)
            causes[word("cause"), default: 0] += 1
            comeBack(contact, to: site)
        case "custody.refused":
            if chains[contact, default: Chain()].refused.updateValue(site, forKey: epoch) != nil {
                violate("\(name): refused twice")
            }
        case "custody.gone": chains[contact, default: Chain()].gone[epoch] = word("to")
        case "custody.regained":
            chains[contact, default: Chain()].regained[epoch] = word("from")
            comeBack(contact, to: site)
        case "custody.forced": violate("\(name): nobody forced anything in this run")
        case "offer.made":
            assignments += 1
            if chains[contact]?.held[site] != true { violate("\(name): an agent was asked while another site had it") }
        case "contact.closed", "contact.abandoned", "contact.expired":
            // Home's own ending follows the custodian's.
            if chains[contact]?.held[site] == true { chains[contact]?.ends.append(site) }
            chains[contact]?.held[site] = false
        case "contact.relayed":
            let from = word("from")
            let key = "\(from)-\(body["number"]?.integerValue ?? 0)"
            if from == site {
                relays[key, default: Relay()].carried += 1
                noteWritten("\(site)-\(entry.sequence)", contact, at: site)
            } else {
                relays[key, default: Relay()].arrived.append(site)
            }
        case "relay.delivered":
            let message = "\(site)-\(body["number"]?.integerValue ?? 0)"
            guard written.contains(message), ["done", "ended"].contains(word("outcome")) else { return }
            relays[message, default: Relay()].delivered.append(word("outcome"))
            chains[contact]?.unheard.remove(message)
        default: break
        }
    }

    private mutating func take(_ contact: String, _ epoch: Int64, by site: String) {
        if let other = chains[contact]?.taken[epoch] {
            violate("\(contact): epoch \(epoch) was taken by \(other) and \(site)")
        }
        chains[contact, default: Chain()].taken[epoch] = site
    }

    /// What a customer writes at home while the contact is elsewhere must be heard there.
    private mutating func noteWritten(_ message: String, _ contact: String, at site: String) {
        written.insert(message)
        guard let chain = chains[contact], chain.home == site, chain.held[site] == false else { return }
        relays[message, default: Relay()].isHome = false
        chains[contact]?.unheard.insert(message)
    }

    private mutating func comeBack(_ contact: String, to site: String) {
        chains[contact, default: Chain()].held[site] = true
        guard let chain = chains[contact], chain.home == site else { return }
        for message in chain.unheard { relays[message, default: Relay()].isHome = true }
        chains[contact]?.unheard = []
    }

    // MARK: Custody

    private mutating func check(_ contact: String, _ chain: Chain) {
        if chain.home.isEmpty { return violate("\(contact) was taken from a site that never received it") }
        for (epoch, offer) in chain.offered {
            let taker = chain.taken[epoch]
            let refuser = chain.refused[epoch]
            if let taker, taker != offer.to {
                violate("\(contact): epoch \(epoch) was offered to \(offer.to) and taken by \(taker)")
            }
            if taker != nil, refuser != nil { violate("\(contact): epoch \(epoch) was both taken and refused") }
            if taker == nil, refuser == nil { violate("\(contact): epoch \(epoch) to \(offer.to) was never decided") }
            let heard = (gone: chain.gone[epoch] != nil, regained: chain.regained[epoch] != nil)
            // What it heard of a later epoch proves to a sender, too, that its own was taken.
            let later = chain.taken.merging(chain.refused) { one, _ in one }.contains {
                $0.key > epoch && $0.value == offer.by
            }
            if taker != nil, !heard.gone && !later || heard.regained {
                violate("\(contact): \(offer.by) does not know that epoch \(epoch) was taken")
            }
            if taker == nil, heard.gone || !heard.regained {
                violate("\(contact): \(offer.by) does not know that epoch \(epoch) was refused")
            }
        }
        for (epoch, site) in chain.taken where chain.offered[epoch] == nil {
            violate("\(contact): \(site) took epoch \(epoch), which nobody offered")
        }
        let epochs = chain.offered.keys.sorted()
        if epochs != Array(1..<Int64(epochs.count + 1)) { violate("\(contact): its epochs are \(epochs)") }
        let custodian = epochs.last { chain.taken[$0] != nil }.flatMap { chain.taken[$0] } ?? chain.home
        if chain.ends != [custodian] {
            violate("\(contact) ended at \(chain.ends), its last custodian is \(custodian)")
        }
    }

    private mutating func checkRelays() {
        for (message, relay) in relays {
            if relay.delivered.count > 1 { violate("message \(message) was delivered \(relay.delivered.count) times") }
            if Set(relay.arrived).count != relay.arrived.count {
                violate("message \(message) arrived twice: \(relay.arrived)")
            }
            if relay.delivered == ["done"], relay.arrived.isEmpty {
                violate("message \(message) is called delivered and never arrived")
            }
            if relay.delivered == ["ended"], relay.carried != 1 {
                violate("message \(message) came after the end and was taken up \(relay.carried) times")
            }
            guard relay.delivered.isEmpty, !relay.isHome else { continue }
            violate(
                "message \(message) "
                    + (relay.arrived.isEmpty ? "was heard by no custodian" : "arrived and its sender does not know"))
        }
    }

    // MARK: Promises

    private mutating func checkContacts(of site: NetworkSite) throws {
        let reader = try site.folder.journal()
        defer { reader.close() }
        let records = try LedgerRecord.read(site.ledger.path)[.contact] ?? [:]
        var counts = (acknowledged: 0, lost: 0)
        for (key, record) in records {
            let stored = try reader.find(key: Sender.journalKey(key))
            if record.isRefused, stored != nil { violate("\(site.name): contact \(key) was refused and is stored") }
            guard !record.acknowledgements.isEmpty else { continue }
            counts.acknowledged += 1
            guard let stored else {
                counts.lost += 1
                violate("\(site.name): contact \(key) was acknowledged and is not stored")
                continue
            }
            let text = try reader.content(of: stored.sequence).flatMap { ContactContent(bytes: $0) }?.message.text
            if text != Sender.text(of: key) {
                violate("\(site.name): contact \(key) is stored with the words \(text ?? "(none)")")
            }
        }
        table.append(("acknowledged at \(site.name) / lost", "\(counts.acknowledged) / \(counts.lost)"))
    }

    /// What an agent was told is sent has reached one provider, once under one number, wherever the customer is.
    private mutating func checkReplies() throws {
        var numbers: [String: Set<String>] = [:]
        for site in sites {
            for sent in site.provider.sent { numbers[sent.text, default: []].insert("\(site.name)-\(sent.message)") }
        }
        for (text, ids) in numbers where ids.count > 1 {
            violate("\"\(text)\" reached customers as several messages: \(ids.sorted())")
        }
        for site in sites {
            let reader = try site.folder.journal()
            defer { reader.close() }
            for (key, record) in try LedgerRecord.read(site.ledger.path)[.reply] ?? [:] {
                guard !record.acknowledgements.isEmpty else { continue }
                replies += 1
                guard let stored = try reader.find(key: TorturedAgent.journalKey(key)) else {
                    violate("\(site.name): reply \(key) was acknowledged and is not stored")
                    continue
                }
                let text = try reader.content(of: stored.sequence).flatMap { ContactContent(bytes: $0) }?.message.text
                if let reason = failed["\(site.name)-\(stored.sequence)"] {
                    violate("\(site.name): reply \(key) was acknowledged and failed: \(reason)")
                } else if numbers[text ?? ""] == nil {
                    violate("\(site.name): reply \(key) reached nobody")
                }
            }
        }
    }
}
