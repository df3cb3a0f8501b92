package import InteractionModel

/// What one site durably knows of the custody of one contact. No row: it never heard of it, or never offered its own.
package struct CustodyRow: Hashable, Sendable {
    /// - held → offered, closed
    /// - offered (in doubt: only the peer's answer ends it; resent, then cancelled, by the outbox) → gone, held
    /// - gone, refused → held, when a higher epoch is taken; forgotten after `retention`
    /// - closed: forgotten after `retention`
    /// - suspect (restored from a backup) → held, gone, refused, or what it was, when every peer has told its row
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// The custodian: the only state in which a contact may be assigned to an agent.
        case held
        /// Frozen: offer `epoch` to `peer` is in doubt.
        case offered
        /// A tombstone: `peer` took `epoch`; what comes late is forwarded there.
        case gone
        /// A tombstone: this site refused `epoch`, which `peer` had offered.
        case refused
        case closed
        /// This site was restored from a backup and has not learnt yet what became of it.
        case suspect
    }

    /// Tombstones stay so long at least: longer than any outbox's life, any `notAfter` and any backup's age.
    package static let retention = Span.hours(30 * 24)

    package var epoch: CustodyEpoch
    package var state: State
    /// Offered: to whom. Gone: who took it. Held, refused: who offered it; nil where it began.
    package var peer: SiteName?
    /// The incarnation of `peer` that took part in `epoch`; nil where not known yet.
    package var peerIncarnation: Int64?
    /// Suspect: the state in the backup; nil otherwise.
    package var kept: State?

    package init(
        epoch: CustodyEpoch, state: State, peer: SiteName? = nil, peerIncarnation: Int64? = nil, kept: State? = nil
    ) {
        self.epoch = epoch
        self.state = state
        self.peer = peer
        self.peerIncarnation = peerIncarnation
        self.kept = kept
    }

    /// A contact at the site that received it from its channel.
    package static let origin = CustodyRow(epoch: .first, state: .held)
}

/// A durable change of a row: what a fact says. Folding it never decides.
package enum CustodyChange: Hashable, Sendable {
    /// HELD → OFFERED(epoch): the freeze, and the outbox row, in one.
    case offered(CustodyEpoch, to: SiteName)
    /// The peer's offer was taken → HELD(epoch).
    case took(CustodyEpoch, from: SiteName, incarnation: Int64)
    /// The peer's offer was refused, or cancelled before it came → REFUSED(epoch).
    case refused(CustodyEpoch, from: SiteName, incarnation: Int64, reason: String)
    /// The peer took ours → GONE.
    case gone(CustodyEpoch, to: SiteName, incarnation: Int64)
    /// The peer refused ours → HELD(epoch).
    case regained(CustodyEpoch, from: SiteName, reason: String)
    case closed
    /// An operator took an offer in doubt back, having asked at the peer: heuristic, may be wrong, → HELD(epoch.next).
    case forced(CustodyEpoch, by: String, inDoubtWith: SiteName)
}

extension CustodyRow {
    /// The row after `change`.
    package static func fold(_ row: CustodyRow?, _ change: CustodyChange) -> CustodyRow {
        switch change {
        case .offered(let epoch, let peer): return CustodyRow(epoch: epoch, state: .offered, peer: peer)
        case .took(let epoch, let peer, let incarnation):
            return CustodyRow(epoch: epoch, state: .held, peer: peer, peerIncarnation: incarnation)
        case .refused(let epoch, let peer, let incarnation, _):
            return CustodyRow(epoch: epoch, state: .refused, peer: peer, peerIncarnation: incarnation)
        case .gone(let epoch, let peer, let incarnation):
            return CustodyRow(epoch: epoch, state: .gone, peer: peer, peerIncarnation: incarnation)
        case .regained(let epoch, let peer, _): return CustodyRow(epoch: epoch, state: .held, peer: peer)
        case .closed:
            var closed = row ?? .origin
            closed.state = .closed
            return closed
        case .forced(let epoch, _, let peer): return CustodyRow(epoch: epoch, state: .held, peer: peer)
        }
    }
}
