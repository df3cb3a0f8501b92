import Federation
import Foundation
import InteractionModel
import JSON
import Journal
import Routing
import Testing

@testable import interflow

/// `prove`, over journals that two cores wrote while they talked.
@Suite struct ProveTests {
    @Test("A contact that went from one site to another is proven, and its way is drawn")
    func proven() throws {
        let sites = try ProvenPair()
        let told = try sites.prove("--contact", sites.contact.description, "--settled")
        #expect(told.code == 0, "\(told.text)")
        #expect(told.text.contains("proven: every contact had exactly one owner throughout\n"))
        #expect(told.text.contains("1 contacts at 2 sites; 1 moved, 1 epochs taken, 0 refused; 0 closed, 1 open"))
        let drawing = told.text.split(separator: "\n").map(String.init)
        let offered = try #require(drawing.first { $0.hasPrefix("1 ") })
        #expect(offered.contains("offered munich #"))
        #expect(offered.contains("► TAKEN #"))
    }

    @Test("A line that somebody changed is named with its number, and nothing is proven")
    func damaged() throws {
        let sites = try ProvenPair()
        try sites.damage("munich", type: "contact.received")
        let told = try sites.prove()
        #expect(told.code == 1)
        #expect(told.text.contains("does not match its checksum"), "\(told.text)")
        #expect(told.text.contains("NOT PROVEN: a journal is damaged"))
    }

    @Test("A contact that two journals hold is found, with both places")
    func twoOwners() throws {
        let sites = try ProvenPair(forgettingTheOffer: true)
        let told = try sites.prove()
        #expect(told.code == 1, "\(told.text)")
        #expect(told.text.contains("and was never offered"))
        #expect(told.text.contains("two owners"))
    }

    @Test("Whose journal it is must be known, and each is given once")
    func names() throws {
        let sites = try ProvenPair()
        let (berlin, folder) = ("berlin=\(sites.folder)/berlin", "\(sites.folder)/berlin")
        #expect(try ProvenPair.run(["prove", folder]).code == 64)
        #expect(try ProvenPair.run(["prove", berlin, berlin]).code == 64)
        #expect(try ProvenPair.run(["prove", "berlin=\(sites.folder)/nowhere"]).code == 66)
        #expect(try ProvenPair.run(["prove"]).code == 64)
        let alone = try ProvenPair.run(["prove", berlin])
        #expect(alone.code == 0)
        #expect(alone.text.contains("open  \(sites.contact): it went through munich, whose journal was not given"))
    }
}

/// Berlin hands a contact to Munich; both journals lie in a folder of their own.
private final class ProvenPair {
    let folder: String
    private(set) var contact = ContactID(SiteName("berlin"), 1)

    init(forgettingTheOffer: Bool = false) throws {
        folder = NSTemporaryDirectory() + "interflow-prove-\(UUID().uuidString)"
        var facts: [SiteName: [RecordedFact]] = [:]
        var states: [SiteName: RoutingState] = [:]
        let (berlin, munich) = (SiteName("berlin"), SiteName("munich"))
        let support = QueueName("support")
        let plan = Plan(version: "1", queues: [QueuePlan(name: support)], defaultQueue: support, agents: [])
        func happens(_ site: SiteName, _ event: Input.Event) -> Answer {
            states[site]!.apply(Input(at: Timestamp(milliseconds: 1_000), event), into: &facts[site, default: []])
        }
        for site in [berlin, munich] {
            states[site] = RoutingState(site: site, incarnation: 1)
            _ = happens(site, .siteStarted(epoch: 1, release: "test", wallOffset: .zero))
            _ = happens(site, .planActivated(plan))
        }
        let inbound = InboundContact(
            key: try #require(IdempotencyKey("one")), channel: ChannelName("sms"), account: AccountName("main"),
            party: PartyKey("kim"), thread: PartyKey("kim"), destination: "+49")
        guard case .accepted(let id, _) = happens(berlin, .contact(inbound)) else {
            throw CocoaError(.featureUnsupported)
        }
        contact = ContactID(berlin, id.number)
        let heard = SiteSummary(
            site: munich, incarnation: 1, sequence: 1, queues: [QueueSummary(queue: support, staffed: 1, idle: 1)])
        _ = happens(berlin, .summaryHeard(heard))
        _ = happens(berlin, .supervisor("eva", .handOver(id, to: munich)))
        let owed = try #require(states[berlin]!.owed(to: munich).first)
        var input = PeerInput(site: berlin, incarnation: 1, message: owed.message)
        input.party = PartyKey("kim there")
        input.thread = input.party
        guard case .peer(let answer) = happens(munich, .peer(input)) else {
            throw CocoaError(.featureUnsupported)
        }
        _ = happens(berlin, .peerAnswered(munich, incarnation: 1, to: owed.item, answer))
        if forgettingTheOffer { facts[berlin]?.removeAll { $0.fact.type.hasPrefix("custody.") } }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (site, facts) in facts { try write(facts, site) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Renumbered, for a journal has no gaps; what is proven does not depend on numbers, but for a contact's own.
    private func write(_ facts: [RecordedFact], _ site: SiteName) throws {
        let journal = try SQLiteJournal(folder: "\(folder)/\(site)")
        defer { journal.close() }
        let leadership = try journal.takeLeadership(holder: "test", at: Timestamp(milliseconds: 0))
        var newest: [Int64: Int64] = [:]
        var sequence = leadership.lastSequence
        let entries = facts.map { recorded in
            sequence += 1
            var writer = JSONWriter()
            recorded.fact.write(to: &writer)
            let interaction = recorded.interaction?.number
            let previous = interaction.flatMap { newest.updateValue(sequence, forKey: $0) }
            return JournalEntry(
                sequence: sequence, at: recorded.at, epoch: leadership.epoch, type: recorded.fact.type,
                interaction: interaction, previous: previous, key: recorded.key?.rawValue, body: writer.bytes)
        }
        try journal.append(JournalBatch(epoch: leadership.epoch, entries: entries))
    }

    func damage(_ site: String, type: String) throws {
        let sql = "UPDATE journal SET body = replace(body, '\"epoch\":1', '\"epoch\":2') WHERE type = '\(type)'"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = ["\(folder)/\(site)/journal.sqlite", sql]
        try process.run()
        process.waitUntilExit()
    }

    func prove(_ options: String...) throws -> (code: Int32, text: String) {
        try Self.run(["prove", "berlin=\(folder)/berlin", "munich=\(folder)/munich"] + options)
    }

    static func run(_ arguments: [String]) throws -> (code: Int32, text: String) {
        try Program.run(arguments)
    }
}
