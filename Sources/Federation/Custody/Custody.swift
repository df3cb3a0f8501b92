package import InteractionModel

/// The rules of custody, one contact at one site: a pure step. The names are those of the model in `Tests/Models`.
///
/// The receiver's row is the only place where an epoch is decided: the first write wins, everybody else reads it. The
/// sender is frozen until it hears; its timers may only resend or ask the receiver to refuse. Whoever calls makes `change`
/// durable before `answer` leaves.
package enum Custody {
    package enum Input: Hashable, Sendable {
        /// Hand it to `peer`. Whoever asks has ended the live assignment, if there was one, in the same transaction.
        case offer(to: SiteName)
        /// Finished here.
        case close
        /// OFFER(n) of a peer; `willing` is what this site would decide now.
        case offerReceived(CustodyEpoch, from: SiteName, incarnation: Int64, willing: Willingness)
        /// CANCEL(n) of a peer.
        case cancelReceived(CustodyEpoch, from: SiteName, incarnation: Int64)
        /// ACC(n) or REF(n) of a peer.
        case answerReceived(CustodyEpoch, from: SiteName, incarnation: Int64, Decision)
        /// An operator who has checked with the peer takes back an offer in doubt.
        case force(by: String)
    }

    package enum Willingness: Hashable, Sendable {
        case take
        case refuse(reason: String)
    }

    package enum Decision: Hashable, Sendable {
        case taken
        case refused(reason: String)
    }

    package struct Step: Hashable, Sendable {
        /// To be made durable; nil where nothing changes.
        package var change: CustodyChange?
        /// To be sent once `change` is durable; nil where nobody asked, or nothing may be said.
        package var answer: Decision?
        /// The input had no effect, and why: for the log, and for refusals to people.
        package var obstacle: Obstacle?

        package init(change: CustodyChange? = nil, answer: Decision? = nil, obstacle: Obstacle? = nil) {
            self.change = change
            self.answer = answer
            self.obstacle = obstacle
        }
    }

    package enum Obstacle: String, Hashable, Sendable {
        /// Only a custodian may do this.
        case notHeld = "not held"
        /// Only an offer in doubt can be forced.
        case notInDoubt = "not in doubt"
        /// An answer to another epoch or of another site: late news.
        case stale
        /// A peer offers an epoch above one that is alive here, or one that nobody can make: somebody forced, or restored
        /// without the cure.
        case conflict
        /// Said by an incarnation that was lost: no effect at all.
        case dead
        /// The site does not know yet what it holds.
        case suspect
    }

    package static func step(_ row: CustodyRow?, _ input: Input, fences: Fences = Fences()) -> Step {
        switch input {
        case .offer(let peer):
            guard let row, row.state == .held else { return Step(obstacle: .notHeld) }
            return Step(change: .offered(fences.next(after: row.epoch), to: peer))
        case .close:
            guard row?.state == .held else { return Step(obstacle: .notHeld) }
            return Step(change: .closed)
        case .offerReceived(let epoch, let peer, let incarnation, let willing):
            guard !fences.isDead(peer, incarnation) else { return Step(obstacle: .dead) }
            if let known = recorded(row, epoch) { return known }
            switch willing {
            case .take:
                return Step(change: .took(epoch, from: peer, incarnation: incarnation), answer: .taken)
            case .refuse(let reason):
                return Step(
                    change: .refused(epoch, from: peer, incarnation: incarnation, reason: reason),
                    answer: .refused(reason: reason))
            }
        case .cancelReceived(let epoch, let peer, let incarnation):
            guard !fences.isDead(peer, incarnation) else { return Step(obstacle: .dead) }
            // The tombstone first: the offer itself may still be on its way.
            return recorded(row, epoch)
                ?? Step(
                    change: .refused(epoch, from: peer, incarnation: incarnation, reason: "cancelled"),
                    answer: .refused(reason: "cancelled"))
        case .answerReceived(let epoch, let peer, let incarnation, let decision):
            guard !fences.isDead(peer, incarnation) else { return Step(obstacle: .dead) }
            guard let row, row.state == .offered, row.epoch == epoch, row.peer == peer else {
                return Step(obstacle: .stale)
            }
            switch decision {
            case .taken: return Step(change: .gone(epoch, to: peer, incarnation: incarnation))
            case .refused(let reason): return Step(change: .regained(epoch, from: peer, reason: reason))
            }
        case .force(let by):
            guard let row, row.state == .offered, let peer = row.peer else { return Step(obstacle: .notInDoubt) }
            return Step(change: .forced(fences.next(after: row.epoch), by: by, inDoubtWith: peer))
        }
    }

    /// What is already decided of `epoch`, or cannot be decided; nil when it is open.
    private static func recorded(_ row: CustodyRow?, _ epoch: CustodyEpoch) -> Step? {
        // The first epoch is where the contact began; nobody offers it, nor one below.
        guard epoch > .first else { return Step(obstacle: .conflict) }
        guard let row else { return nil }
        if row.state == .suspect { return Step(obstacle: .suspect) }
        if row.epoch == epoch, row.state == .refused { return Step(answer: .refused(reason: "refused before")) }
        // Only a custodian makes the next epoch: if a higher one exists, this one was taken.
        if row.epoch >= epoch { return Step(answer: .taken) }
        // An offer of ours below `epoch` is thereby proved taken; a live custody below it cannot be.
        return row.state == .held || row.state == .closed ? Step(obstacle: .conflict) : nil
    }
}
