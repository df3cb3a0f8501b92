import Federation
import InteractionModel
import Testing

/// Two sites, one call, a switch, crashes: the production step under the rules of `Tests/Models/voice.pml`.
struct VoiceWorld {
    enum Bug: String, CaseIterable, CustomTestStringConvertible {
        /// An agent rings on a reservation.
        case ringsOnAReservation
        /// After a restart the site believes what it had written down.
        case believesItsJournal
        /// The switch has no default route.
        case noDefaultRoute
        /// The timer takes the call back while a redirect is outstanding.
        case takesBackEarly

        var testDescription: String { rawValue }
    }

    private static let routed = 2
    private static let ended = 3

    private struct Site {
        var call: LiveCall
        var isUp = true
        var isDead = false
        /// What the switch was asked and has not done; its events that were not read. All die with the session.
        var asked: LiveCall.Asked?
        var hasArrived = false
        var hasLeft = false
        var hasFailed = false
        var isConnected = false
        /// Labels of this site's offers that exist: they may be read late, often or never.
        var labels: Set<Int64> = []
    }

    private let bug: Bug?
    private var sites: [Site]
    private var leg = 0
    private var isTalking = [false, false]
    private var triesLeft: Int
    private var crashesLeft: Int

    init(tries: Int, crashes: Int, bug: Bug? = nil) {
        self.bug = bug
        triesLeft = tries
        crashesLeft = crashes
        sites = [Site(call: LiveCall(belief: .here)), Site(call: LiveCall())]
    }

    // MARK: What can happen

    func successors(_ visit: (VoiceWorld) throws -> Void) throws {
        for site in 0...1 {
            if sites[site].isUp {
                try act(site, visit)
                try hear(site, visit)
                try crash(site, visit)
            } else if !sites[site].isDead {
                try after(visit) { $0.restart(site) }
            }
            try serve(site, visit)
        }
    }

    private func act(_ site: Int, _ visit: (VoiceWorld) throws -> Void) throws {
        let peer = CustodyWorld.names[1 - site]
        try take(.ring, site, visit)
        if triesLeft > 0 { try take(.offer(to: peer), site, visit) }
        if bug == .takesBackEarly, case .offered = sites[site].call.belief {
            try after(visit) {
                $0.sites[site].call.belief = .here
                $0.sites[site].call.asked = nil
            }
        }
        if bug == .ringsOnAReservation, sites[site].call.reservation != nil {
            try after(visit) { $0.sites[site].call.hasAgent = true }
        }
        try take(.takeBack, site, visit)
        try take(.lapse(Timestamp(milliseconds: 1)), site, visit)
        for offer in 0..<sites[1 - site].call.offer {
            for until in [Timestamp(milliseconds: 1), nil] {
                try take(.offerReceived(offer + 1, from: peer, reserve: until), site, visit)
            }
        }
        for label in sites[site].labels.sorted() {
            try take(.labelReceived(label, from: peer, label: "L"), site, visit)
        }
    }

    /// Events of one session come in order: what left cannot arrive before it has left.
    private func hear(_ site: Int, _ visit: (VoiceWorld) throws -> Void) throws {
        guard sites[site].call.isInSync else {
            try after(visit) { $0.snapshot(site) }
            return
        }
        if sites[site].hasLeft { try take(.left, site, visit) { $0.sites[site].hasLeft = false } }
        if sites[site].hasFailed { try take(.failed, site, visit) { $0.sites[site].hasFailed = false } }
        if sites[site].isConnected { try take(.connected, site, visit) { $0.sites[site].isConnected = false } }
        if sites[site].hasArrived, !sites[site].hasLeft {
            try take(.arrived, site, visit) { $0.sites[site].hasArrived = false }
        }
    }

    private func crash(_ site: Int, _ visit: (VoiceWorld) throws -> Void) throws {
        guard crashesLeft > 0 else { return }
        for isDead in [false, true] {
            try after(visit) {
                $0.crashesLeft -= 1
                $0.sites[site].isUp = false
                $0.sites[site].isDead = isDead
                $0.sites[site].asked = nil
                $0.forgetEvents(site)
            }
        }
    }

    /// The switch does what a site asked; the caller may hang up; the default route is the last net.
    private func serve(_ site: Int, _ visit: (VoiceWorld) throws -> Void) throws {
        let isHere = leg == site
        switch sites[site].asked {
        case .connect:
            try after(visit) {
                $0.sites[site].asked = nil
                if isHere {
                    $0.isTalking[site] = true
                    $0.sites[site].isConnected = true
                }
            }
        case .redirect:
            try after(visit) {
                $0.sites[site].asked = nil
                if isHere { $0.moveLeg(to: 1 - site) }
            }
            if isHere {
                try after(visit) {
                    $0.sites[site].asked = nil
                    $0.sites[site].hasFailed = true
                }
            }
        case nil: break
        }
        guard isHere else { return }
        try after(visit) {
            $0.moveLeg(to: Self.ended)
            $0.sites[site].hasArrived = false
        }
        if bug != .noDefaultRoute, !sites[site].isUp, !isTalking[site] { try after(visit) { $0.leg = Self.routed } }
    }

    // MARK: How it happens

    private func take(
        _ input: Voice.Input, _ site: Int, _ visit: (VoiceWorld) throws -> Void,
        _ also: (inout VoiceWorld) -> Void = { _ in }
    ) throws {
        let step = Voice.step(sites[site].call, input)
        guard step.obstacle == nil else { return }
        try after(visit) {
            $0.sites[site].call = step.call
            also(&$0)
            switch step.effect {
            case .connect: $0.sites[site].asked = .connect
            case .redirect: $0.sites[site].asked = .redirect
            case .offer: $0.triesLeft -= 1
            case .label(let offer, _): $0.sites[1 - site].labels.insert(offer)
            case nil: break
            }
        }
    }

    private mutating func moveLeg(to place: Int) {
        let site = leg
        leg = place
        isTalking[site] = false
        if sites[site].isUp { sites[site].hasLeft = true }
        if place < 2, sites[place].isUp { sites[place].hasArrived = true }
    }

    private mutating func restart(_ site: Int) {
        sites[site].isUp = true
        if bug != .believesItsJournal { sites[site].call = Voice.step(sites[site].call, .restarted).call }
    }

    private mutating func snapshot(_ site: Int) {
        let input = Voice.Input.snapshot(isHere: leg == site, isTalking: isTalking[site])
        sites[site].call = Voice.step(sites[site].call, input).call
        forgetEvents(site)
    }

    private mutating func forgetEvents(_ site: Int) {
        sites[site].hasArrived = false
        sites[site].hasLeft = false
        sites[site].hasFailed = false
        sites[site].isConnected = false
    }

    private func after(_ visit: (VoiceWorld) throws -> Void, _ act: (inout VoiceWorld) throws -> Void) throws {
        var next = self
        try act(&next)
        try next.check()
        try visit(next)
    }

    // MARK: What must be true

    private func check() throws {
        if sites[0].call.hasAgent, sites[1].call.hasAgent {
            throw CustodyWorld.Violation("V1: two agents ring or talk")
        }
        for site in 0...1 {
            let call = sites[site].call
            if isTalking[site], leg != site { throw CustodyWorld.Violation("V2: talk where the leg is not") }
            guard sites[site].isUp, call.isInSync, !sites[site].hasLeft else { continue }
            if call.belief == .here, leg != site { throw CustodyWorld.Violation("V3: the belief is not the switch's") }
            if call.hasAgent, call.belief != .here { throw CustodyWorld.Violation("V1: an agent rings for nothing") }
        }
        if bug == .noDefaultRoute, leg < 2, sites[leg].isDead, !isTalking[leg] {
            throw CustodyWorld.Violation("L3: silence for ever")
        }
    }

    // MARK: Which world it is

    var key: UInt64 {
        var key = UInt64(leg) << 6 | UInt64(triesLeft) << 3 | UInt64(crashesLeft)
        for site in 0...1 {
            let call = sites[site].call
            let belief: UInt64 =
                switch call.belief {
                case .none: 0
                case .here: 1
                case .offered: 2
                }
            func bits(_ flags: [Bool]) -> UInt64 { flags.reduce(0) { $0 << 1 | ($1 ? 1 : 0) } }
            key = key << 2 | belief
            key = key << 2 | UInt64(call.offer)
            key = key << 2 | UInt64(call.reservation?.offer ?? 0)
            key = key << 2 | UInt64(call.heard[CustodyWorld.names[1 - site]] ?? 0)
            key = key << 3 | bits([call.hasAgent, call.isInSync, isTalking[site]])
            key = key << 4 | Self.number(call.asked) << 2 | Self.number(sites[site].asked)
            key = key << 6
            key |= bits([
                sites[site].isUp, sites[site].isDead, sites[site].hasArrived, sites[site].hasLeft,
                sites[site].hasFailed,
                sites[site].isConnected,
            ])
            key = key << 3 | bits((1...3).map { sites[site].labels.contains($0) })
        }
        return key
    }

    private static func number(_ asked: LiveCall.Asked?) -> UInt64 {
        switch asked {
        case nil: 0
        case .connect: 1
        case .redirect: 2
        }
    }

    /// How many states can be reached; throws in the first that breaks a promise.
    func explore() throws -> Int {
        var seen: Set<UInt64> = [key]
        var queue = [self]
        var next = 0
        while next < queue.count {
            try queue[next].successors { world in
                if seen.insert(world.key).inserted { queue.append(world) }
            }
            next += 1
        }
        return seen.count
    }
}
