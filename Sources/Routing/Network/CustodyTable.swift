import Federation
package import InteractionModel

/// Every contact that moved, and what peers are still owed. Looked up by name; walked only in order of name or number.
package struct CustodyTable: Sendable {
    private var entries: [ContactID: CustodyEntry] = [:]
    /// The contact of each interaction that an entry names.
    private var names: [InteractionID: ContactID] = [:]
    /// What each peer is owed, in order of number.
    private var debts: [SiteName: [Debt]] = [:]
    /// Offers in doubt with each peer: asked before each contact that is given, so not counted anew.
    private var offers: [SiteName: Int] = [:]
    /// Agents' messages under way to the home of their contact.
    private var replies: [SiteName: Set<MessageID>] = [:]
    /// Those that may be forgotten one day, by when they last changed: moments never decrease.
    private var aging: [(at: Timestamp, contact: ContactID)] = []
    private var agingHead = 0

    struct Debt: Sendable, Equatable, Comparable {
        /// The sequence of the fact that made it.
        var number: Int64
        var contact: ContactID

        static func < (one: Debt, other: Debt) -> Bool {
            one.number == other.number ? one.contact < other.contact : one.number < other.number
        }
    }

    init() {}

    package subscript(contact: ContactID) -> CustodyEntry? { entries[contact] }

    package var count: Int { entries.count }

    /// In order of name.
    package var contacts: [ContactID] { entries.keys.sorted() }

    package func interaction(of contact: ContactID) -> InteractionID? { entries[contact]?.interaction }

    func entry(of interaction: InteractionID) -> CustodyEntry? { names[interaction].flatMap { entries[$0] } }

    // MARK: Changing

    /// The one way an entry changes, so that what is owed and what grows old are always in step.
    mutating func change(_ contact: ContactID, _ body: (inout CustodyEntry?) -> Void) {
        let old = entries[contact]
        var new = old
        body(&new)
        guard new != old else { return }
        entries[contact] = new
        if let id = old?.interaction, id != new?.interaction { names[id] = nil }
        if let id = new?.interaction { names[id] = contact }
        let (before, after) = (Self.debts(of: old), Self.debts(of: new))
        for (site, debt) in before where !after.contains(where: { $0 == (site, debt) }) { settle(debt, with: site) }
        for (site, debt) in after where !before.contains(where: { $0 == (site, debt) }) { owe(debt, to: site) }
        if let site = old?.inDoubtWith { offers[site, default: 0] -= 1 }
        if let site = new?.inDoubtWith { offers[site, default: 0] += 1 }
        if let new, new.decidedAt != old?.decidedAt || old == nil { age(new) }
    }

    private static func debts(of entry: CustodyEntry?) -> [(SiteName, Debt)] {
        guard let entry else { return [] }
        var debts: [(SiteName, Debt)] = []
        if let peer = entry.inDoubtWith, let offer = entry.offer {
            debts.append((peer, Debt(number: offer.number, contact: entry.contact)))
        }
        let isKnown = entry.row.state != .offered && entry.row.state != .suspect
        for relay in entry.relays where isKnown || !relay.isForCustodian {
            debts.append((relay.to, Debt(number: relay.number, contact: entry.contact)))
        }
        return debts
    }

    private mutating func owe(_ debt: Debt, to site: SiteName) {
        // At the end, where what is new nearly always stands.
        let place = debts[site]?.lastIndex { $0 < debt }.map { $0 + 1 } ?? 0
        debts[site, default: []].insert(debt, at: place)
    }

    private mutating func settle(_ debt: Debt, with site: SiteName) {
        // From the front, where what is settled nearly always stands.
        guard let place = debts[site]?.firstIndex(of: debt) else { return }
        debts[site]?.remove(at: place)
        if debts[site]?.isEmpty == true { debts[site] = nil }
    }

    mutating func setReply(_ message: MessageID, to site: SiteName, isUnderWay: Bool) {
        if isUnderWay {
            replies[site, default: []].insert(message)
        } else if replies[site]?.remove(message) != nil, replies[site]?.isEmpty == true {
            replies[site] = nil
        }
    }

    /// The message is not followed any more.
    mutating func forgetReply(_ message: MessageID) {
        for site in replies.keys.sorted() { setReply(message, to: site, isUnderWay: false) }
    }

    // MARK: Asking

    /// The peers that are owed something, by name.
    var creditors: [SiteName] {
        debts.isEmpty && replies.isEmpty ? [] : Set(debts.keys).union(replies.keys).sorted()
    }

    func debts(to site: SiteName) -> [Debt] { debts[site] ?? [] }

    func replies(to site: SiteName) -> [MessageID] { (replies[site] ?? []).sorted() }

    /// Offers in doubt with `site`.
    func offers(to site: SiteName) -> Int { offers[site] ?? 0 }

    // MARK: Forgetting

    private mutating func age(_ entry: CustodyEntry) { aging.append((entry.decidedAt, entry.contact)) }

    /// When the oldest has not changed for so long that it may be forgotten.
    var nextForgotten: Timestamp? {
        agingHead < aging.count ? aging[agingHead].at.advanced(by: CustodyRow.retention) : nil
    }

    /// Takes out the next contact that has not changed for so long.
    mutating func takeForgotten(at now: Timestamp) -> ContactID? {
        while let due = nextForgotten, due <= now {
            let (at, contact) = aging[agingHead]
            agingHead += 1
            if agingHead > 1024, agingHead > aging.count / 2 {
                aging.removeFirst(agingHead)
                agingHead = 0
            }
            if entries[contact]?.decidedAt == at { return contact }
        }
        return nil
    }

    /// Puts stored entries in, in the order in which they changed.
    mutating func restore(_ stored: [CustodyEntry]) {
        let ordered = stored.sorted { ($0.decidedAt, $0.contact) < ($1.decidedAt, $1.contact) }
        for entry in ordered { change(entry.contact) { $0 = entry } }
    }
}

extension CustodyEntry {
    /// The peer that has not answered our offer of it.
    fileprivate var inDoubtWith: SiteName? { row.state == .offered && offer != nil ? row.peer : nil }
}
