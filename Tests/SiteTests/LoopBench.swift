import Foundation
import InteractionModel
import Journal
import Routing

@testable import Site

/// A site's loop over a journal in memory, run to its end on the test's own thread: jobs in, outcomes and facts out.
final class LoopBench: @unchecked Sendable {  // Used by one test, whose loop runs on the test's thread.
    static let plan = Plan(
        version: "p", queues: [QueuePlan(name: QueueName("support"), waitingMax: 3)],
        defaultQueue: QueueName("support"),
        agents: [AgentPlan(name: AgentName("ana"), capacity: [ChannelCapacity(ChannelName("sms"), 2)])])

    let store: MemoryStore
    let journal: MemoryJournal
    let loop: SiteLoop
    let pseudonyms = PartyPseudonyms(key: [UInt8](repeating: 7, count: 32))
    private let observer = Witness()
    private(set) var outcomes: [String: JobOutcome] = [:]

    /// Remembers what was said to be durable.
    final class Witness: LoopObserver, @unchecked Sendable {
        var facts: [RecordedFact] = []
        func committed(_ facts: [RecordedFact], contents: [Int64: [UInt8]], state: borrowing RoutingState) {
            self.facts += facts
        }
    }

    init(on store: MemoryStore = MemoryStore()) throws {
        self.store = store
        journal = MemoryJournal(on: store)
        let clock = SiteClock(after: Timestamp(milliseconds: 0), sources: .init(monotonic: { 0 }, wall: { 1_000_000 }))
        let leadership = try journal.takeLeadership(holder: "test", at: clock.now())
        let reader = try journal.makeReader()
        let state = try Recovery.state(
            from: journal, reader: reader, at: clock.now(), site: SiteName("bench"), incarnation: 1)
        loop = try SiteLoop(
            journal: journal, state: state, epoch: leadership.epoch, clock: clock, inboxMax: 100, observer: observer)
        loop.inbox.insist(Job(.event(.siteStarted(epoch: leadership.epoch, release: "test", wallOffset: .zero))))
        loop.inbox.insist(Job(.event(.planActivated(Self.plan))))
    }

    var facts: [RecordedFact] { observer.facts }

    func offer(_ name: String, _ work: Job.Work) {
        _ = loop.inbox.offer(Job(work, .call { [self] outcome, _ in outcomes[name] = outcome }))
    }

    func contact(_ name: String, key: String, from: String = "+491", kind: ContactEvent.Kind = .message) {
        let event = ContactEvent(
            key: IdempotencyKey(key)!, channel: ChannelName("sms"), account: AccountName("main"), kind: kind,
            from: from,
            to: "+4930", content: MessageContent(text: "hello"), signature: .verified)
        offer(name, .contact(pseudonyms.arrival(event)))
    }

    /// Runs everything that has been offered, then ends. Returns what ended the loop, if it was a failure.
    func finish() -> JournalFailure? {
        loop.inbox.close()
        return loop.run()
    }

    func entries() throws -> [JournalEntry] { try journal.makeReader().entries(after: 0, limit: 1000) }
}
