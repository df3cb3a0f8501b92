import Federation
import InteractionModel

/// Some sites, one contact, and a network that keeps every message for ever: the production step under the rules of
/// `Tests/Models/custody.pml`.
///
/// OFFER(n) and CANCEL(n) exist from the moment epoch n is made, an answer from its commit; each may be read never, once or
/// often, whenever. So a crash between commit and answer is an answer nobody reads, and needs no state.
struct CustodyWorld {
    /// One letter each: a message between sites is compared by what it says.
    static let names = ["a", "b", "c", "d"].map { SiteName($0) }
    private static let incarnation: Int64 = 1

    struct Violation: Error, CustomStringConvertible {
        var description: String
        init(_ description: String) { self.description = description }
    }

    let sites: Int
    let epochs: Int
    var bug: PlantedBug?

    /// Durable.
    private(set) var rows: [CustodyRow?]
    private(set) var hasAgent: [Bool]
    /// By epoch: who made it, for whom. Durable at the maker.
    private var offers: [(maker: Int, target: Int)?]
    /// By epoch: answers that exist.
    private var saidTaken: [Bool]
    private var saidRefused: [Bool]
    /// What was ever decided, for the checks only.
    private var taken: [Bool]
    private var refused: [Bool]
    private var isClosed = false
    /// The backup of the site where the contact began; only for the bug that uses it.
    private var backup: CustodyRow?
    private var isRestored = false

    init(sites: Int, epochs: Int, bug: PlantedBug? = nil) {
        self.sites = sites
        self.epochs = epochs
        self.bug = bug
        rows = Array(repeating: nil, count: sites)
        rows[0] = .origin
        hasAgent = Array(repeating: false, count: sites)
        offers = Array(repeating: nil, count: epochs + 1)
        saidTaken = Array(repeating: false, count: epochs + 1)
        saidRefused = saidTaken
        taken = saidTaken
        refused = saidTaken
    }

    // MARK: What can happen

    /// Calls `visit` with each world that can follow this one.
    func successors(_ visit: (CustodyWorld) throws -> Void) throws {
        for site in 0..<sites {
            try localSuccessors(of: site, visit)
            try buggySuccessors(of: site, visit)
        }
        for epoch in 1..<offers.count {
            guard let offer = offers[epoch] else { continue }
            try received(epoch, offer, .take, visit)
            try received(epoch, offer, .refuse(reason: "full"), visit)
            try cancelled(epoch, offer, visit)
            if saidTaken[epoch] { try heard(epoch, offer, .taken, visit) }
            if saidRefused[epoch] { try heard(epoch, offer, .refused(reason: "full"), visit) }
        }
    }

    private func localSuccessors(of site: Int, _ visit: (CustodyWorld) throws -> Void) throws {
        if rows[site]?.state == .held { try after(visit) { $0.hasAgent[site].toggle() } }
        if Custody.step(rows[site], .close).change != nil, hasAgent[site] {
            try after(visit) {
                $0.hasAgent[site] = false
                $0.isClosed = true
                try $0.fold(.closed, at: site)
            }
        }
        guard !hasAgent[site] else { return }
        for peer in 0..<sites where peer != site {
            guard case .offered(let epoch, _)? = Custody.step(rows[site], .offer(to: Self.names[peer])).change,
                epoch.count <= epochs
            else { continue }
            try after(visit) {
                try $0.make(Int(epoch.count), site, peer)
                try $0.fold(.offered(epoch, to: Self.names[peer]), at: site)
            }
            if bug == .sendsBeforeCommit { try after(visit) { try $0.make(Int(epoch.count), site, peer) } }
        }
    }

    private func received(
        _ epoch: Int, _ offer: (maker: Int, target: Int), _ willing: Custody.Willingness,
        _ visit: (CustodyWorld) throws -> Void
    ) throws {
        let step = Custody.step(
            rows[offer.target],
            .offerReceived(
                CustodyEpoch(count: Int64(epoch)), from: Self.names[offer.maker], incarnation: Self.incarnation,
                willing: willing))
        try after(visit) { try $0.decide(step, epoch, at: offer.target) }
        if bug == .answersBeforeCommit, step.change != nil { try after(visit) { $0.say(step.answer, epoch) } }
    }

    private func cancelled(
        _ epoch: Int, _ offer: (maker: Int, target: Int), _ visit: (CustodyWorld) throws -> Void
    ) throws {
        var step = Custody.step(
            rows[offer.target],
            .cancelReceived(
                CustodyEpoch(count: Int64(epoch)), from: Self.names[offer.maker], incarnation: Self.incarnation))
        if bug == .cancelsWithoutTombstone { step.change = nil }
        try after(visit) { try $0.decide(step, epoch, at: offer.target) }
    }

    private func heard(
        _ epoch: Int, _ offer: (maker: Int, target: Int), _ decision: Custody.Decision,
        _ visit: (CustodyWorld) throws -> Void
    ) throws {
        var believed = CustodyEpoch(count: Int64(epoch))
        if bug == .ignoresEpochs, let row = rows[offer.maker], row.peer == Self.names[offer.target] {
            believed = row.epoch
        }
        let step = Custody.step(
            rows[offer.maker],
            .answerReceived(believed, from: Self.names[offer.target], incarnation: Self.incarnation, decision))
        guard let change = step.change else { return }
        try after(visit) { try $0.fold(change, at: offer.maker) }
    }

    private func buggySuccessors(of site: Int, _ visit: (CustodyWorld) throws -> Void) throws {
        let state = rows[site]?.state
        switch bug {
        case .takesBackOnATimer where state == .offered: try after(visit) { $0.rows[site]?.state = .held }
        case .assignsWhileOffered where state == .offered && !hasAgent[site]:
            try after(visit) { $0.hasAgent[site] = true }
        case .dropsTombstones where state == .gone || state == .refused: try after(visit) { $0.rows[site] = nil }
        case .goesOnAfterRestore where site == 0 && state != .closed:
            if backup == nil { try after(visit) { $0.backup = $0.rows[0] } }
            guard let backup, !isRestored else { return }
            try after(visit) {
                $0.rows[0] = backup
                $0.hasAgent[0] = false
                $0.isRestored = true
            }
        default: break
        }
    }

    // MARK: How it happens

    private func after(_ visit: (CustodyWorld) throws -> Void, _ act: (inout CustodyWorld) throws -> Void) throws {
        var next = self
        try act(&next)
        try next.check()
        try visit(next)
    }

    private mutating func make(_ epoch: Int, _ site: Int, _ peer: Int) throws {
        guard offers[epoch] == nil || bug == .goesOnAfterRestore || bug == .sendsBeforeCommit else {
            throw Violation("I4: epoch \(epoch) is made twice")
        }
        offers[epoch] = (site, peer)
    }

    /// The receiver's transaction, and its answer.
    private mutating func decide(_ step: Custody.Step, _ epoch: Int, at site: Int) throws {
        if let change = step.change {
            if let row = rows[site], row.epoch.count >= epoch { throw Violation("I8: \(epoch) is decided again") }
            let isLive = rows[site].map { isCustodian($0) } ?? false
            if isLive { throw Violation("I4: a live custody at \(Self.names[site]) is overwritten by \(epoch)") }
            try fold(change, at: site)
        }
        say(step.answer, epoch)
    }

    private mutating func say(_ answer: Custody.Decision?, _ epoch: Int) {
        switch answer {
        case .taken: saidTaken[epoch] = true
        case .refused: saidRefused[epoch] = true
        case nil: break
        }
    }

    private mutating func fold(_ change: CustodyChange, at site: Int) throws {
        let next = CustodyRow.fold(rows[site], change)
        if let row = rows[site], next.epoch < row.epoch { throw Violation("I4: an epoch decreases") }
        rows[site] = next
        if case .took(let epoch, _, _) = change { taken[Int(epoch.count)] = true }
        if case .refused(let epoch, _, _, _) = change { refused[Int(epoch.count)] = true }
    }

    // MARK: What must be true

    private func isCustodian(_ row: CustodyRow) -> Bool {
        row.state == .held || row.state == .closed || (row.state == .offered && !taken[Int(row.epoch.count)])
    }

    private func check() throws {
        var custodians = 0
        var agents = 0
        for site in 0..<sites {
            if let row = rows[site], isCustodian(row) { custodians += 1 }
            guard hasAgent[site] else { continue }
            agents += 1
            guard rows[site]?.state == .held else { throw Violation("I3: an agent has what the site does not hold") }
        }
        if custodians == 0 { throw Violation("I1: nobody has it") }
        if custodians > 1 { throw Violation("I2: \(custodians) have it") }
        if agents > 1 { throw Violation("I3: \(agents) agents have it") }
        for epoch in 1..<offers.count {
            if taken[epoch], refused[epoch] { throw Violation("I5: \(epoch) is taken and refused") }
            guard let offer = offers[epoch] else { continue }
            let decided = rows[offer.target]?.epoch.count ?? 0
            if saidTaken[epoch], decided < epoch { throw Violation("I7: taken was said before the commit") }
            if saidRefused[epoch], !refused[epoch] { throw Violation("I7: refused was said and not written down") }
        }
        if isClosed, rows.contains(where: { $0?.state == .held }) { throw Violation("I6: it is back after its end") }
    }

    // MARK: Which world it is

    /// Two worlds of one search are the same when their keys are.
    struct Key: Hashable {
        var sites: UInt64 = 0
        var epochs: UInt64 = 0
    }

    var key: Key {
        var key = Key()
        for site in 0..<sites {
            let row = rows[site]
            let state = row.map { Self.number($0.state) } ?? 0
            key.sites = key.sites << 8 | UInt64(row?.epoch.count ?? 0) << 4 | state << 1 | (hasAgent[site] ? 1 : 0)
        }
        if let backup {
            key.sites = key.sites << 8 | UInt64(backup.epoch.count) << 4 | Self.number(backup.state) << 1
            key.sites |= isRestored ? 1 : 0
        }
        for epoch in 1..<offers.count {
            let bits: UInt64 = (saidTaken[epoch] ? 1 : 0) | (saidRefused[epoch] ? 2 : 0)
            let ghosts: UInt64 = (taken[epoch] ? 4 : 0) | (refused[epoch] ? 8 : 0)
            let offer = offers[epoch].map { UInt64($0.maker << 2 | $0.target) + 1 } ?? 0
            key.epochs = key.epochs << 9 | offer << 4 | ghosts | bits
        }
        return key
    }

    private static func number(_ state: CustodyRow.State) -> UInt64 {
        switch state {
        case .held: 1
        case .offered: 2
        case .gone: 3
        case .refused: 4
        case .closed: 5
        case .suspect: 6
        }
    }
}

/// Every world that can be reached, breadth first, until one breaks a promise.
struct CustodyExploration {
    private(set) var states = 0
    private(set) var transitions = 0

    mutating func run(_ world: CustodyWorld) throws {
        var seen: Set<CustodyWorld.Key> = [world.key]
        var queue = [world]
        var next = 0
        while next < queue.count {
            try queue[next].successors { world in
                transitions += 1
                if seen.insert(world.key).inserted { queue.append(world) }
            }
            next += 1
        }
        states = seen.count
    }
}
