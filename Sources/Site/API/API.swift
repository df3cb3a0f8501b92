import HTTP
import InteractionModel
import Journal
import Synchronization
import Threads

/// What the operations of the API share.
struct API: Sendable {
    let site: SiteName
    let release: String
    let inbox: Inbox
    let pseudonyms: PartyPseudonyms
    let effects: SiteEffects
    let sessions: SessionNumbers
    let log: LogTail
    let readers: ReaderPool
    let counters: SiteCounters
    let health: SiteHealth
    let plans: PlanDesk
    let routes: RouteDesk
    let peers: PeerDesk
    let exchange: PeerExchange
    let diary: Diary
    /// Origins whose pages may open an agent's WebSocket.
    let origins: [String]

    /// Channels a client may bring contacts of: those somebody can take under the active plan.
    var channels: [String] { plans.active.now.channels }

    var operations: [Operation] {
        let operations =
            healthOperations + interactionOperations + supervisionOperations + agentOperations + queueOperations
            + logOperations
            + planOperations
            + metricsOperations + routeOperations + placeOperations
            + peerOperations
            + federationOperations
            + exchangeOperations
            + networkOperations
        return operations + [openAPIOperation(describing: operations)]
    }
}

/// A reader of the journal for the threads that serve requests: each call is one short read, one at a time.
final class ReaderPool: Sendable {
    private let readers: [Guarded<any JournalReader>]
    private let turn = Atomic<Int>(0)

    init(_ readers: [any JournalReader]) {
        self.readers = readers.map { Guarded($0) }
    }

    func with<Result>(_ body: (any JournalReader) throws -> Result) rethrows -> Result {
        let next = turn.wrappingAdd(1, ordering: .relaxed).newValue & Int.max
        return try readers[next % readers.count].with { try body($0) }
    }
}
