import InteractionModel
import Threads

/// What was counted about peers since the start. Labels are of closed sets and of names in the book.
package final class PeerCounters: Sendable {
    struct Counts: Sendable {
        var admitted: [SiteName: Int64] = [:]
        var refused: [PeerRefusal.Reason: Int64] = [:]
        var answered: [SiteName: Int64] = [:]
        var unanswered: [SiteName: [NoAnswer.Reason: Int64]] = [:]
        /// Seconds that each peer's clock showed beyond ours when it last signed, the way here included.
        var clockDifferences: [SiteName: Int64] = [:]
        /// The one each peer last signed with.
        var incarnations: [SiteName: Int64] = [:]
    }

    private let counts = Guarded(Counts())

    var current: Counts { counts.with { $0 } }

    func incarnation(of peer: SiteName) -> Int64? { counts.with { $0.incarnations[peer] } }

    /// Returns whether the peer's clock begins to differ by more than is worth saying.
    func admitted(_ caller: PeerCaller) -> Bool {
        counts.with {
            let peer = caller.peer.name
            $0.admitted[peer, default: 0] += 1
            $0.incarnations[peer] = caller.incarnation
            let worth = PeerSignature.skewWorthSaying
            let before = $0.clockDifferences.updateValue(caller.clockDifference, forKey: peer) ?? 0
            return abs(caller.clockDifference) > worth && abs(before) <= worth
        }
    }

    func refused(_ reason: PeerRefusal.Reason) { counts.with { $0.refused[reason, default: 0] += 1 } }

    /// Counts only peers that were in the book: no other name may become a label.
    func replied(_ peer: SiteName, _ reply: PeerReply) {
        counts.with { counts in
            switch reply {
            case .answered(_, _, let incarnation):
                counts.answered[peer, default: 0] += 1
                counts.incarnations[peer] = incarnation
            case .noAnswer(let none): counts.unanswered[peer, default: [:]][none.reason, default: 0] += 1
            }
        }
    }
}
