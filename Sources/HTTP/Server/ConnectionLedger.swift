internal import Threads

/// Counts the connections of all loops and says who may come in.
final class ConnectionLedger: Sendable {
    enum Admission: Equatable {
        case ordinary
        /// The ordinary part is full: the first request must be one that the reserve admits.
        case provisional
        case refused(Refusal.Reason)
    }

    private struct Counts {
        var ordinary = 0
        var reserved = 0
        var byAddress: [PeerAddress.Neighbourhood: Int] = [:]
    }

    private let counts = Guarded(Counts())
    private let ordinaryMax: Int
    private let reservedMax: Int
    private let perAddressMax: Int
    private let loopbackIsExempt: Bool

    init(_ options: HTTPServer.Options) {
        reservedMax = min(options.reserve?.connections ?? 0, options.connectionsMax)
        ordinaryMax = options.connectionsMax - reservedMax
        perAddressMax = options.connectionsPerAddressMax
        loopbackIsExempt = options.loopbackIsExempt
    }

    private func isCounted(_ peer: PeerAddress) -> Bool { !(loopbackIsExempt && peer.isLoopback) }

    func admit(_ peer: PeerAddress) -> Admission {
        counts.with { counts in
            let key = PeerAddress.Neighbourhood(peer)
            let neighbours = isCounted(peer) ? counts.byAddress[key, default: 0] : 0
            guard neighbours < perAddressMax else { return .refused(.tooManyFromAddress) }
            let isOrdinary = counts.ordinary < ordinaryMax
            guard isOrdinary || counts.reserved < reservedMax else { return .refused(.tooManyConnections) }
            if isCounted(peer) { counts.byAddress[key] = neighbours + 1 }
            if isOrdinary { counts.ordinary += 1 } else { counts.reserved += 1 }
            return isOrdinary ? .ordinary : .provisional
        }
    }

    func release(_ peer: PeerAddress, wasOrdinary: Bool) {
        counts.with { counts in
            if wasOrdinary { counts.ordinary -= 1 } else { counts.reserved -= 1 }
            guard isCounted(peer) else { return }
            let key = PeerAddress.Neighbourhood(peer)
            let left = counts.byAddress[key, default: 1] - 1
            counts.byAddress[key] = left > 0 ? left : nil
        }
    }
}
