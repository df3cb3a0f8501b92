package import InteractionModel

/// The rules of a live call between sites: a pure step. The names are those of `Tests/Models/voice.pml`.
///
/// A call cannot be offered twice, so no message between sites gives it away: the peer only reserves, and either side may
/// drop a reservation alone. Custody moves when the leg moves. Whose leg is at a site that is down gets the switch's own
/// default route, which has to be configured at the switch: nothing here can do it.
package enum Voice {
    package enum Input: Hashable, Sendable {
        /// An agent of this site is to get the call.
        case ring
        /// Ask `peer` to reserve.
        case offer(to: SiteName)
        /// OFFER of a peer; `reserve` is how long this site would keep a place, nil for no room.
        case offerReceived(Int64, from: SiteName, reserve: Timestamp?)
        /// The peer has reserved, and this is where the switch shall send the leg.
        case labelReceived(Int64, from: SiteName, label: String)
        /// The peer was too slow, or somebody here is free now: go on here, alone.
        case takeBack
        /// The reservation's time, as of this moment.
        case lapse(Timestamp)

        // What the switch says, in its order.
        /// CONNECT was done: the agent talks.
        case connected
        /// The leg is gone from here: redirected, hung up, or taken to the default route.
        case left
        /// CONNECT or REDIRECT was not done; the leg is where it was.
        case failed
        /// The leg is here, expected or not.
        case arrived
        /// The session to the switch, or this process, began anew.
        case restarted
        /// The switch's snapshot of legs.
        case snapshot(isHere: Bool, isTalking: Bool)
    }

    /// To be done once the call is durable.
    package enum Effect: Hashable, Sendable {
        case connect
        case redirect(label: String)
        case offer(Int64, to: SiteName)
        case label(Int64, to: SiteName)
    }

    package enum Obstacle: String, Hashable, Sendable {
        case notHere = "not here"
        case hasAgent = "an agent has it"
        /// The switch has not answered what it was asked.
        case outstanding
        /// Of an older offer, or of another site.
        case stale
        /// No snapshot of the switch yet.
        case notInSync = "not in sync"
    }

    package struct Step: Hashable, Sendable {
        package var call: LiveCall
        package var effect: Effect?
        /// The input had no effect, and why.
        package var obstacle: Obstacle?
    }

    package static func step(_ call: LiveCall, _ input: Input) -> Step {
        var step = Step(call: call)
        switch input {
        case .restarted:
            step.call.isInSync = false
            step.call.asked = nil
        case .snapshot(let isHere, let isTalking):
            // It never loses against what was believed.
            step.call.isInSync = true
            step.call.asked = nil
            step.call.belief = isHere ? .here : .none
            step.call.hasAgent = isHere && isTalking
        default:
            guard call.isInSync else { return Step(call: call, obstacle: .notInSync) }
            step.take(input)
        }
        return step
    }
}

extension Voice.Step {
    fileprivate mutating func take(_ input: Voice.Input) {
        switch input {
        case .ring:
            guard isFree() else { return }
            call.hasAgent = true
            call.asked = .connect
            effect = .connect
        case .offer(let peer):
            guard isFree() else { return }
            call.offer += 1
            call.belief = .offered(to: peer)
            effect = .offer(call.offer, to: peer)
        case .offerReceived(let offer, let peer, let until): reserve(offer, peer, until)
        case .labelReceived(let offer, let peer, let label):
            guard call.belief == .offered(to: peer), call.offer == offer else { return obstacle = .stale }
            guard call.asked == nil else { return obstacle = .outstanding }
            call.asked = .redirect
            effect = .redirect(label: label)
        case .takeBack:
            guard case .offered = call.belief else { return obstacle = .stale }
            // The leg may be leaving: only the switch can say.
            guard call.asked == nil else { return obstacle = .outstanding }
            call.belief = .here
        case .lapse(let now):
            guard let reservation = call.reservation, reservation.until <= now else { return obstacle = .stale }
            call.reservation = nil
        case .connected: if call.asked == .connect { call.asked = nil }
        case .failed: fail()
        case .left:
            call.belief = .none
            call.hasAgent = false
            call.asked = nil
        case .arrived:
            call.belief = .here
            call.reservation = nil
        case .restarted, .snapshot: break
        }
    }

    /// Whether the call may be given away: to an agent, or to a peer.
    private mutating func isFree() -> Bool {
        if call.belief != .here {
            obstacle = .notHere
        } else if call.hasAgent {
            obstacle = .hasAgent
        } else if call.asked != nil {
            obstacle = .outstanding
        }
        return obstacle == nil
    }

    private mutating func reserve(_ offer: Int64, _ peer: SiteName, _ until: Timestamp?) {
        let known = call.heard[peer] ?? 0
        guard offer >= known else { return obstacle = .stale }
        if offer == known {
            // Asked again: the same answer as long as it lasts.
            guard call.reservation?.from == peer, call.reservation?.offer == offer else { return obstacle = .stale }
        } else {
            call.heard[peer] = offer
            call.reservation = until.map { LiveCall.Reservation(from: peer, offer: offer, until: $0) }
        }
        if call.reservation != nil { effect = .label(offer, to: peer) }
    }

    private mutating func fail() {
        if call.asked == .connect { call.hasAgent = false }
        call.asked = nil
        if case .offered = call.belief { call.belief = .here }
    }
}
