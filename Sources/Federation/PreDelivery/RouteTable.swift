package import InteractionModel

/// Every answer that may still matter: the reservations that wait for their calls, and those that ended a moment ago.
///
/// The asker's key is unique: one key has one answer at a time. A reserved number belongs to one call until that
/// call came, or lapsed and was given up for good. Changes come only by `fold`.
package struct RouteTable: Hashable, Sendable {
    /// Reservations at once, at most; the next question gets no answer but "later".
    package static let heldMax = 100_000

    /// By number.
    package private(set) var rows: [Int64: RouteRow] = [:]
    /// The newest answer of each key.
    private var byKey: [RouteKey: Int64] = [:]
    private var byToken: [String: Int64] = [:]
    private var byExternalID: [String: Int64] = [:]
    private var byNumber: [String: Int64] = [:]
    /// What each number of a pool was used for last.
    package private(set) var numbers: [String: NumberUse] = [:]
    package private(set) var accounts: [String: ShareAccount] = [:]
    /// Places kept, by site and queue.
    private var announced: [Place: Int] = [:]
    package private(set) var held = 0
    private var forgetting = MomentHeap()
    package private(set) var changes = Changes()

    private struct Place: Hashable, Sendable {
        var site: SiteName
        var queue: QueueName
    }

    package struct NumberUse: Hashable, Sendable {
        /// The reservation it was last used for: numbers are taken least recently used first.
        package var reservation: Int64
        /// Not to be used before; nil while its call may still come.
        package var freeAt: Timestamp?

        package init(reservation: Int64, freeAt: Timestamp?) {
            self.reservation = reservation
            self.freeAt = freeAt
        }
    }

    /// What must be written down; a thing may be named more than once.
    package struct Changes: Hashable, Sendable {
        package var rows: [Int64] = []
        package var numbers: [String] = []
        package var accounts: [String] = []
    }

    package init() {}

    // MARK: Looking

    package subscript(reservation: Int64) -> RouteRow? { rows[reservation] }

    package func newest(of key: RouteKey) -> (number: Int64, row: RouteRow)? {
        byKey[key].flatMap { number in rows[number].map { (number, $0) } }
    }

    /// The reservation an arriving call belongs to: by its token, else by a name its asker gave it, else by the number it came in on.
    package func recognise(
        contextToken: String?, externalID: String?, dialledNumber: String?
    ) -> (number: Int64, by: RouteChange.Recognition)? {
        if let found = contextToken.flatMap({ byToken[$0] }) { return (found, .token) }
        if let found = externalID.flatMap({ byExternalID[$0] }) { return (found, .externalID) }
        // A number that has been reserved again since says nothing about the earlier call.
        if let found = dialledNumber.flatMap({ byNumber[$0] }) { return (found, .number) }
        return nil
    }

    /// Places kept at `site` for calls that have not come.
    package func announced(at site: SiteName, in queue: QueueName) -> Int {
        announced[Place(site: site, queue: queue)] ?? 0
    }

    /// The number of a pool to reserve next: one never used, else the one whose last use is longest ago; nil while all are in use.
    package func freeNumber(of pool: [String], at now: Timestamp) -> String? {
        var best: (number: String, last: Int64)?
        for number in pool {
            guard let use = numbers[number] else { return number }
            guard let freeAt = use.freeAt, freeAt <= now else { continue }
            if let known = best, known.last <= use.reservation { continue }
            best = (number, use.reservation)
        }
        return best?.number
    }

    /// The rows that still wait for their calls or their end, in order.
    package var heldNumbers: [Int64] { rows.filter { $0.value.state == .held }.keys.sorted() }

    package mutating func takeChanges() -> Changes {
        defer { changes = Changes() }
        return changes
    }

    // MARK: Restoring

    /// Puts back what was stored. Rows come in order of number, so that the newest of a key is found again.
    package mutating func restore(
        rows stored: [(number: Int64, row: RouteRow)], numbers: [String: NumberUse], accounts: [String: ShareAccount]
    ) {
        for (number, row) in stored.sorted(by: { $0.number < $1.number }) { place(row, number) }
        self.numbers = numbers
        self.accounts = accounts
        changes = Changes()
    }

    // MARK: Folding

    /// - Parameter sequence: of the fact; the number of an answer.
    package mutating func fold(_ change: RouteChange, sequence: Int64, at moment: Timestamp) {
        forget(until: moment)
        switch change {
        case .answered(let answer):
            if let earlier = byKey[answer.question] {
                end(earlier, as: .released, at: moment)
                if let row = rows[earlier] { remove(earlier, row) }
            }
            insert(RouteRow(answer, at: moment), as: sequence, dealing: answer)
        case .arrived(let number, _, _): end(number, as: .arrived, at: moment)
        case .lapsed(let number): end(number, as: .lapsed, at: moment)
        case .released(let number, _): end(number, as: .released, at: moment)
        }
    }

    private mutating func insert(_ row: RouteRow, as number: Int64, dealing answer: RouteAnswer) {
        place(row, number)
        if let reserved = row.number {
            numbers[reserved] = NumberUse(reservation: number, freeAt: nil)
            changes.numbers.append(reserved)
        }
        if let dealing = answer.dealing, let site = row.site {
            let known = accounts[dealing.account].flatMap { $0.deals(dealing.shares) ? $0 : nil }
            var account = known ?? ShareAccount(dealing.shares)
            account.deal(to: site) { dealing.able.contains($0) }
            accounts[dealing.account] = account
            changes.accounts.append(dealing.account)
        }
    }

    /// Makes a row findable.
    private mutating func place(_ row: RouteRow, _ number: Int64) {
        rows[number] = row
        if let forgetAt = row.forgetAt { forgetting.add(number, at: forgetAt) }
        changes.rows.append(number)
        byKey[row.question] = number
        byToken[row.contextToken] = number
        byExternalID[row.question.key] = number
        if let externalID = row.externalID { byExternalID[externalID] = number }
        if let reserved = row.number { byNumber[reserved] = number }
        count(row, 1)
    }

    private mutating func count(_ row: RouteRow, _ change: Int) {
        guard row.state == .held else { return }
        held += change
        guard let site = row.site, let queue = row.queue else { return }
        let place = Place(site: site, queue: queue)
        announced[place, default: 0] += change
        if announced[place] == 0 { announced[place] = nil }
    }

    private mutating func end(_ number: Int64, as state: RouteRow.State, at moment: Timestamp) {
        guard var row = rows[number] else { return }
        count(row, -1)
        if row.state == .held {
            free(row.number, of: number, after: state == .arrived ? .zero : row.quarantine, moment)
        }
        row.state = state
        if row.forgetAt == nil {
            let forgetAt = max(moment, row.expiresAt).advanced(by: RouteRow.retention)
            row.forgetAt = forgetAt
            forgetting.add(number, at: forgetAt)
        }
        rows[number] = row
        changes.rows.append(number)
    }

    private mutating func free(_ reserved: String?, of number: Int64, after quarantine: Span, _ moment: Timestamp) {
        guard let reserved, numbers[reserved]?.reservation == number else { return }
        numbers[reserved]?.freeAt = moment.advanced(by: quarantine)
        changes.numbers.append(reserved)
    }

    /// Lets go of what ended long enough ago. Part of folding: the same facts forget the same.
    private mutating func forget(until moment: Timestamp) {
        while let number = forgetting.takeDue(at: moment) {
            if let row = rows[number] { remove(number, row) }
        }
    }

    private mutating func remove(_ number: Int64, _ row: RouteRow) {
        rows[number] = nil
        changes.rows.append(number)
        if byKey[row.question] == number { byKey[row.question] = nil }
        if byToken[row.contextToken] == number { byToken[row.contextToken] = nil }
        for name in [row.question.key, row.externalID] {
            if let name, byExternalID[name] == number { byExternalID[name] = nil }
        }
        if let reserved = row.number, byNumber[reserved] == number { byNumber[reserved] = nil }
    }
}
