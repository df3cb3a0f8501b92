import InteractionModel
import Journal
import Routing
import Testing
import Threads

@testable import Site

@Suite struct SiteLoopTests {
    @Test("A contact is accepted once, and a repetition in the same batch gets the same interaction")
    func repetitionInOneBatch() throws {
        let bench = try LoopBench()
        bench.contact("first", key: "k1")
        bench.contact("again", key: "k1")
        #expect(bench.finish() == nil)
        guard case .answered(.accepted(let id, isNew: true)) = bench.outcomes["first"] else {
            Issue.record("the first was not accepted: \(String(describing: bench.outcomes))")
            return
        }
        #expect(bench.outcomes["again"] == .answered(.repeated(id)))
        #expect(try bench.entries().filter { $0.key == "k1" }.count == 1)
    }

    @Test("Two keys that only look alike are two contacts, though they come in one batch")
    func lookAlikeKeys() throws {
        let bench = try LoopBench()
        bench.contact("composed", key: "\u{E9}", from: "+491")
        bench.contact("decomposed", key: "e\u{301}", from: "+492")
        #expect(bench.finish() == nil)
        #expect(bench.facts.filter { $0.key != nil }.count == 2)
        #expect(bench.outcomes["composed"] != bench.outcomes["decomposed"])
    }

    @Test("A repetition after a restart gets the same interaction")
    func repetitionAfterRestart() throws {
        let first = try LoopBench()
        first.contact("first", key: "k1")
        #expect(first.finish() == nil)
        let second = try LoopBench(on: first.store)
        second.contact("again", key: "k1")
        #expect(second.finish() == nil)
        guard case .answered(.accepted(let id, _)) = first.outcomes["first"] else {
            Issue.record("not accepted")
            return
        }
        #expect(second.outcomes["again"] == .answered(.repeated(id)))
    }

    @Test("Nobody is told of what the full disk did not take, and the same contact is taken when space returns")
    func fullDisk() throws {
        let bench = try LoopBench()
        bench.contact("refused", key: "k1")
        bench.store.fail(append: 1, with: .full)
        #expect(bench.finish() == nil)
        #expect(bench.outcomes["refused"] == .unavailable(.storeFull))
        #expect(bench.facts.isEmpty)
        #expect(try bench.entries().allSatisfy { $0.key != "k1" })

        let later = try LoopBench(on: bench.store)
        later.contact("taken", key: "k1")
        #expect(later.finish() == nil)
        #expect(later.outcomes["taken"] != nil)
        #expect(try later.entries().filter { $0.key == "k1" }.count == 1)
    }

    @Test("What must be heard waits for the disk instead of being refused")
    func deferredWhileFull() throws {
        let bench = try LoopBench()
        bench.store.fail(append: 1, with: .full)
        // The start itself meets the full disk here; it must still be recorded, and so must the plan.
        #expect(bench.finish() == nil)
        #expect(bench.loop.health.failureCount == 1)
        #expect(try bench.entries().map(\.type).contains("site.started") == false)
    }

    @Test("A site that starts on a full disk records its start and its plan when space returns")
    func startsOnFullDisk() throws {
        let bench = try LoopBench()
        bench.store.fail(append: 1, with: .full)
        let ended = Guarded(false)
        #expect(
            WorkThread.start {
                _ = bench.loop.run()
                ended.change { $0 = true }
            })
        var types: [String] = []
        for _ in 0..<500 where !types.contains("plan.activated") {
            _ = ended.wait(milliseconds: 20) { $0 ? () : nil }
            types = try bench.entries().map(\.type)
        }
        #expect(types == ["journal.leadership", "site.started", "plan.activated"])
        bench.loop.inbox.close()
        ended.wait { $0 ? () : nil }
    }

    @Test("Who has been told that a contact is kept is told nothing else when the journal fails after that")
    func failsAfterAnswering() throws {
        let bench = try LoopBench()
        bench.contact("kept", key: "k1")
        bench.store.failMaintenance()
        #expect(bench.finish()?.kind == .fatal)
        guard case .answered(.accepted(_, isNew: true)) = bench.outcomes["kept"] else {
            Issue.record("told otherwise: \(bench.outcomes)")
            return
        }
        #expect(try bench.entries().filter { $0.key == "k1" }.count == 1)
    }

    @Test(
        "A journal that fails ends the loop, and nobody is told that anything was kept",
        arguments: [JournalFault.fatal, .fatalButDurable])
    func fatal(fault: JournalFault) throws {
        let bench = try LoopBench()
        bench.contact("lost", key: "k1")
        bench.store.fail(append: 1, with: fault)
        let failure = bench.finish()
        #expect(failure?.kind == .fatal)
        #expect(bench.outcomes["lost"] == .unavailable(.storeFailed))
        #expect(bench.facts.isEmpty)
        #expect(bench.loop.health.current == .failed)

        // What became durable all the same is found again under its key, and is not doubled.
        let next = try LoopBench(on: bench.store)
        next.contact("again", key: "k1")
        #expect(next.finish() == nil)
        #expect(try next.entries().filter { $0.key == "k1" }.count == 1)
    }

    @Test("A keyword from a stranger is kept with its content, and no conversation comes of it")
    func keywordFromStranger() throws {
        let bench = try LoopBench()
        bench.contact("stop", key: "k1", kind: .optOut(keyword: "STOP"))
        #expect(bench.finish() == nil)
        #expect(bench.outcomes["stop"] == .answered(.noted))
        let entry = try #require(try bench.entries().first { $0.type == "party.optedOut" })
        let content = try #require(try bench.journal.makeReader().content(of: entry.sequence))
        #expect(ContactContent(bytes: content)?.from == "+491")
    }

    @Test("A full queue declines the newcomer before anything is kept")
    func fullQueue() throws {
        let bench = try LoopBench()
        for number in 1...4 { bench.contact("\(number)", key: "k\(number)", from: "+49\(number)") }
        #expect(bench.finish() == nil)
        #expect(bench.outcomes["4"] == .answered(.refused(.queueFull(QueueName("support"), waiting: 3))))
        #expect(try bench.entries().filter { $0.type == "contact.received" }.count == 3)
    }

    @Test("No address and no word of a customer stands in the journal's bodies or state rows")
    func noPersonalData() throws {
        let bench = try LoopBench()
        bench.contact("one", key: "k1", from: "+4915112345678")
        #expect(bench.finish() == nil)
        let reader = try bench.journal.makeReader()
        let bodies = try bench.entries().map { String(decoding: $0.body, as: UTF8.self) }
        let rows = try reader.interactions(after: 0, limit: 10).map { String(decoding: $0.snapshot, as: UTF8.self) }
        for text in bodies + rows {
            #expect(!text.contains("15112345678"))
            #expect(!text.contains("hello"))
        }
    }

    @Test("Folding the journal gives the rows that were stored with it")
    func foldAgrees() throws {
        let bench = try LoopBench()
        for number in 1...3 { bench.contact("\(number)", key: "k\(number)", from: "+49\(number)") }
        bench.offer("connect", .event(.agentConnected(AgentName("ana"), session: 1)))
        bench.offer("ready", .event(.command(AgentName("ana"), .setStatus(.available))))
        #expect(bench.finish() == nil)
        let reader = try bench.journal.makeReader()
        let folded = try Recovery.fold(reader).allRows()
        let stored = try reader.interactions(after: 0, limit: 100).map(\.stateRow)
        #expect(folded.interactions == stored)
        let entities = try reader.entities().map(\.stateRow)
        #expect(folded.entities.filter { $0.kind == "agent" } == entities.filter { $0.kind == "agent" })
    }
}
