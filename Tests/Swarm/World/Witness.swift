import Federation
import InteractionModel

/// Who watches every durable change at every site, with no part of the sites' own code: what must be true of all of them together
/// after each transaction. The first breach is kept, in words.
package struct Witness: Sendable {
    enum RowState: UInt8, Sendable { case none, held, offered, gone, refused, closed, suspect }

    struct Row: Sendable {
        var state = RowState.none
        var epoch: Int64 = 0
        /// Offered: to whom.
        var peer: SiteName?
    }

    /// A contact whose acceptance is durable.
    struct Contact: Sendable {
        var home: Int
        var number: Int64
        var made: [Int64] = []
        var taken: [Int64] = []
        var refused: [Int64] = []
        /// One bit for each site that has it with an agent.
        var assigned = 0
        var isClosed = false
    }

    let names: [String]
    private(set) var contacts: [Contact] = []
    private var index: [[Int64: Int]]
    /// By contact and site.
    private(set) var rows: [Row] = []
    /// By line.
    var hearings: [Hearing] = []
    /// By contact and site: the number of the customer's line it heard last, and the last of its agents' lines that came home.
    var lastKept: [Int64] = []
    var lastQueued: [Int32] = []
    package private(set) var breach: String?
    package private(set) var suspect: Int?
    /// How often what happened, so that a run that proves nothing is seen to.
    package internal(set) var counts = Counts()

    package struct Counts: Sendable, Equatable {
        package var contacts = 0, offered = 0, taken = 0, refused = 0, gone = 0, regained = 0, closed = 0
        package var assigned = 0, relayed = 0, read = 0, forced = 0

        package init() {}

        package static func += (one: inout Counts, other: Counts) {
            one.contacts += other.contacts
            one.offered += other.offered
            one.taken += other.taken
            one.refused += other.refused
            one.gone += other.gone
            one.regained += other.regained
            one.closed += other.closed
            one.assigned += other.assigned
            one.read += other.read
            one.relayed += other.relayed
            one.forced += other.forced
        }
    }

    init(names: [String]) {
        self.names = names
        index = Array(repeating: [:], count: names.count)
    }

    mutating func complain(_ text: String, of contact: Int? = nil) {
        guard breach == nil else { return }
        breach = text
        suspect = contact
    }

    func contact(home: Int, _ number: Int64) -> Int? { index[home][number] }
    package func name(_ contact: Int) -> String { "\(names[contacts[contact].home])-\(contacts[contact].number)" }

    // MARK: What becomes durable

    @discardableResult
    mutating func accepted(home: Int, _ number: Int64) -> Int {
        if let known = index[home][number] {
            complain("\(name(known)) was accepted twice", of: known)
            return known
        }
        index[home][number] = contacts.count
        contacts.append(Contact(home: home, number: number))
        rows.append(contentsOf: repeatElement(Row(), count: names.count))
        lastKept.append(contentsOf: repeatElement(-1, count: names.count))
        lastQueued.append(contentsOf: repeatElement(-1, count: names.count))
        rows[(contacts.count - 1) * names.count + home] = Row(state: .held)
        counts.contacts += 1
        return contacts.count - 1
    }

    mutating func changed(_ contact: Int, at site: Int, _ change: CustodyChange) {
        let place = contact * names.count + site
        let before = rows[place]
        var after = before
        switch change {
        case .offered(let epoch, let peer):
            after = Row(state: .offered, epoch: epoch.rawValue, peer: peer)
            counts.offered += 1
            require(before.state == .held, contact, site, before, "offered what it does not hold")
            make(epoch.rawValue, contact, site)
        case .took(let epoch, _, _):
            after = Row(state: .held, epoch: epoch.rawValue)
            counts.taken += 1
            requireMayDecide(contact, site, before, epoch.rawValue)
            contacts[contact].taken.append(epoch.rawValue)
        case .refused(let epoch, _, _, _):
            after = Row(state: .refused, epoch: epoch.rawValue)
            counts.refused += 1
            requireMayDecide(contact, site, before, epoch.rawValue)
            contacts[contact].refused.append(epoch.rawValue)
        case .gone(let epoch, _, _):
            after = Row(state: .gone, epoch: epoch.rawValue)
            counts.gone += 1
            require(before.state == .offered, contact, site, before, "let go of what it had not offered")
        case .regained(let epoch, _, _):
            after = Row(state: .held, epoch: epoch.rawValue)
            counts.regained += 1
            require(before.state == .offered, contact, site, before, "took back what it had not offered")
        case .closed:
            after.state = .closed
            counts.closed += 1
            require(before.state == .held, contact, site, before, "closed what it does not hold")
            contacts[contact].isClosed = true
        case .forced(let epoch, _, _):
            after = Row(state: .held, epoch: epoch.rawValue)
            counts.forced += 1
            make(epoch.rawValue, contact, site)
        }
        if after.epoch < before.epoch {
            complain("\(names[site]) went back from \(before.epoch) to \(after.epoch) of \(name(contact))", of: contact)
        }
        if after.state == .held, contacts[contact].isClosed {
            complain("\(name(contact)) had ended and is held again at \(names[site])", of: contact)
        }
        rows[place] = after
        check(contact)
    }

    /// The interaction has ended at `site`. A site that has not the contact, but was told of its end, or gave up waiting for
    /// that, ends nobody's custody.
    mutating func ended(_ contact: Int, at site: Int) {
        let row = rows[contact * names.count + site]
        switch row.state {
        case .held: changed(contact, at: site, .closed)
        case .gone, .refused: break
        default: require(false, contact, site, row, "ended what it does not hold")
        }
    }

    /// Whether an agent has it there, or is offered it, from now on.
    mutating func set(_ isAssigned: Bool, _ contact: Int, at site: Int) {
        let before = contacts[contact].assigned
        let after = isAssigned ? before | 1 << site : before & ~(1 << site)
        contacts[contact].assigned = after
        guard isAssigned else { return }
        if after != before { counts.assigned += 1 }
        let row = rows[contact * names.count + site]
        require(row.state == .held, contact, site, row, "gave an agent what it does not hold")
        if after & (after - 1) != 0 { complain("\(name(contact)) is with agents of two sites", of: contact) }
    }

    // MARK: What planted mistakes do to rows

    func column(of site: Int) -> [Row] { contacts.indices.map { rows[$0 * names.count + site] } }

    mutating func wentBack(_ site: Int, to column: [Row]) {
        for (contact, row) in column.enumerated() {
            rows[contact * names.count + site] = row
            contacts[contact].assigned &= ~(1 << site)
            check(contact)
        }
    }

    mutating func forgot(_ contact: Int, at site: Int) { rows[contact * names.count + site] = Row() }

    // MARK: What is heard

    /// `site` hears a peer's decision of an epoch: while it is in doubt, that must be the one decision there is, and durable. Later
    /// a question repeated may be answered “taken” whatever became of it, since somebody has gone on.
    mutating func heard(_ taken: Bool, of contact: Int, epoch: Int64, at site: Int) {
        let row = rows[contact * names.count + site]
        guard row.state == .offered, row.epoch == epoch else { return }
        let known = taken ? contacts[contact].taken : contacts[contact].refused
        guard !known.contains(epoch) else { return }
        complain(
            "\(names[site]) hears that \(epoch) of \(name(contact)) was \(taken ? "taken" : "refused"), which nobody wrote down",
            of: contact)
    }

    // MARK: Rules

    private mutating func require(
        _ holds: Bool, _ contact: Int, _ site: Int, _ row: Row, _ what: @autoclosure () -> String
    ) {
        if !holds { complain("\(names[site]) \(what()): \(name(contact)) is \(row.state) there", of: contact) }
    }

    private mutating func make(_ epoch: Int64, _ contact: Int, _ site: Int) {
        if contacts[contact].made.contains(epoch) {
            complain("epoch \(epoch) of \(name(contact)) was made twice, now by \(names[site])", of: contact)
        }
        contacts[contact].made.append(epoch)
    }

    private mutating func requireMayDecide(_ contact: Int, _ site: Int, _ row: Row, _ epoch: Int64) {
        let mayDecide =
            switch row.state {
            case .none, .gone, .refused: true
            case .offered: contacts[contact].taken.contains(row.epoch)
            case .held, .closed, .suspect: false
            }
        require(mayDecide, contact, site, row, "decided on epoch \(epoch) over a live custody")
        if contacts[contact].taken.contains(epoch) || contacts[contact].refused.contains(epoch) {
            complain("epoch \(epoch) of \(name(contact)) was decided twice, now at \(names[site])", of: contact)
        }
    }

    /// Exactly one custodian, in durable rows alone.
    private mutating func check(_ contact: Int) {
        var custodians = 0
        for site in names.indices where isCustodian(contact, site) { custodians += 1 }
        guard custodians != 1 else { return }
        let table = names.indices.map { site in
            let row = rows[contact * names.count + site]
            return row.state == .none ? nil : "\(names[site]) \(row.state) \(row.epoch)"
        }
        complain(
            "\(name(contact)) has \(custodians) custodians: \(table.compactMap { $0 }.joined(separator: ", "))",
            of: contact)
    }

    func isCustodian(_ contact: Int, _ site: Int) -> Bool {
        let row = rows[contact * names.count + site]
        return switch row.state {
        case .held, .closed: true
        case .offered: !contacts[contact].taken.contains(row.epoch)
        case .none, .gone, .refused, .suspect: false
        }
    }
}

extension Witness.Counts: CustomStringConvertible {
    package var description: String {
        "\(contacts) contacts, \(assigned) with agents, \(offered) offered to sites, \(taken) taken, \(refused) refused, "
            + "\(gone) gone, \(regained) regained, \(closed) ended, \(relayed) lines relayed, \(read) read"
    }
}
