import Federation
import InteractionModel
import Testing

/// Small journals, right and wrong, and what the proof says of them.
@Suite struct CustodyProofTests {
    private static let berlin = SiteName("berlin")
    private static let munich = SiteName("munich")
    private static let contact = ContactID(berlin, 42)

    private typealias Place = CustodyFinding.Place

    private static func epoch(_ count: Int64) -> CustodyEpoch { CustodyEpoch(count: count) }
    private static func offered(_ n: Int64, _ to: SiteName = munich) -> CustodyEvent {
        .changed(.offered(epoch(n), to: to))
    }
    private static func took(_ n: Int64, _ from: SiteName = berlin) -> CustodyEvent {
        .changed(.took(epoch(n), from: from, incarnation: 1))
    }
    private static func refused(_ n: Int64, _ from: SiteName = berlin) -> CustodyEvent {
        .changed(.refused(epoch(n), from: from, incarnation: 1, reason: "full"))
    }
    private static func gone(_ n: Int64, _ to: SiteName = munich) -> CustodyEvent {
        .changed(.gone(epoch(n), to: to, incarnation: 1))
    }
    private static func regained(_ n: Int64, _ from: SiteName = munich) -> CustodyEvent {
        .changed(.regained(epoch(n), from: from, reason: "full"))
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var berlin: [CustodyEvent]
        var munich: [CustodyEvent] = []
        var findings: [String] = []
    }

    static let cases: [Case] = [
        Case(testDescription: "served at home", berlin: [.began, .assigned, .unassigned, .assigned, .ended]),
        Case(
            testDescription: "there and back",
            berlin: [.began, offered(1), gone(1), took(2, munich), .assigned, .ended],
            munich: [took(1), .assigned, .unassigned, offered(2, berlin), gone(2, berlin)]),
        Case(
            testDescription: "refused, and served at home", berlin: [.began, offered(1), regained(1), .assigned],
            munich: [refused(1)]),
        Case(
            testDescription: "taken, and the answer is not heard yet", berlin: [.began, offered(1)],
            munich: [took(1), .assigned]),
        Case(
            testDescription: "ended there; home's interaction ends after",
            berlin: [.began, offered(1), gone(1), .ended],
            munich: [took(1), .ended]),
        Case(
            testDescription: "nobody has answered", berlin: [.began, offered(1)],
            findings: ["in doubt at the end: epoch 1 (berlin #2), munich has not decided"]),
        Case(
            testDescription: "two go on with it",
            berlin: [.began, offered(1), .changed(.forced(epoch(2), by: "eva", inDoubtWith: munich))],
            munich: [took(1)],
            findings: [
                "taken back by force, by eva (berlin #3)", "two owners: berlin #3, munich #1",
            ]),
        Case(
            testDescription: "taken and refused", berlin: [.began, offered(1), gone(1)],
            munich: [refused(1), took(1)],
            findings: [
                "epoch 1 is taken after it was decided (munich #2)",
                "epoch 1 is taken and refused: munich #2, munich #1",
            ]),
        Case(
            testDescription: "believed taken, and not", berlin: [.began, offered(1), gone(1)],
            findings: [
                "epoch 1 is believed taken (berlin #3), and munich's journal does not take it: it is damaged, or ends before",
                "nobody owns it",
            ]),
        Case(
            testDescription: "believed refused, and taken", berlin: [.began, offered(1), regained(1)],
            munich: [took(1)],
            findings: [
                "epoch 1 is believed refused (berlin #3), and munich's journal does not refuse it: it is damaged, or ends "
                    + "before",
                "two owners: berlin #3, munich #1",
            ]),
        Case(
            testDescription: "taken, and never offered", berlin: [.began], munich: [took(1)],
            findings: [
                "epoch 1 is taken (munich #1) and was never offered: berlin's journal has no such offer",
                "two owners: berlin #1, munich #1",
            ]),
        Case(
            testDescription: "an epoch made twice", berlin: [.began, offered(1), regained(1), offered(1)],
            munich: [refused(1)],
            findings: [
                "epoch 1 is not above the one before (berlin #4)", "epoch 1 is made twice: berlin #2, berlin #4",
            ]),
        Case(
            testDescription: "assigned while in doubt", berlin: [.began, offered(1), .assigned],
            munich: [refused(1)],
            findings: ["an agent gets it where it is not held (berlin #3, offered)"]),
        Case(
            testDescription: "handed over under an agent's hands", berlin: [.began, .assigned, offered(1)],
            munich: [refused(1)], findings: ["it is handed over while an agent has it (berlin #3)"]),
        Case(
            testDescription: "a second agent", berlin: [.began, .assigned, .assigned],
            findings: ["a second agent gets it (berlin #3)"]),
        Case(
            testDescription: "closed twice", berlin: [.began, .ended, .ended],
            findings: ["closed twice: berlin #2, berlin #3"]),
    ]

    @Test("Each journal is proven, or what is wrong with it is named", arguments: cases)
    func journals(_ one: Case) {
        var proof = CustodyProof()
        let berlin = proof.open(Self.berlin, isWhole: true)
        let munich = proof.open(Self.munich, isWhole: true)
        // Which journal is read first does not matter.
        feed(one.munich, to: &proof, at: munich)
        feed(one.berlin, to: &proof, at: berlin)
        let report = proof.conclude()
        #expect(report.findings.map(\.description) == one.findings.map { "berlin-42: \($0)" })
        #expect(report.isProven == !report.findings.contains(where: \.isWrong))
    }

    @Test("A contact that went through a site whose journal is not given is not said to be lost")
    func missingJournal() {
        var proof = CustodyProof()
        let berlin = proof.open(Self.berlin, isWhole: true)
        feed([.began, Self.offered(1), Self.gone(1)], to: &proof, at: berlin)
        #expect(
            proof.conclude().findings == [CustodyFinding(Self.contact, .journalMissing(Self.munich))])
    }

    @Test("What moved while the journals of running sites were read is not a finding until its cause was looked for")
    func running() {
        var proof = CustodyProof()
        let munich = proof.open(Self.munich, isWhole: true)
        let berlin = proof.open(Self.berlin, isWhole: true)
        // Munich's journal was read before it took the contact, berlin's after it had heard so.
        proof.beginRound()
        feed([.began, Self.offered(1), Self.gone(1)], to: &proof, at: berlin)
        #expect(proof.conclude().findings.map(\.kind) == [.movedWhileRead])
        proof.beginRound()
        #expect(!proof.conclude().isProven)
        feed([Self.took(1)], to: &proof, at: munich)
        #expect(proof.conclude().findings.isEmpty)
    }

    @Test("A purged journal's contacts are followed from where it begins")
    func purged() {
        var proof = CustodyProof()
        let berlin = proof.open(Self.berlin, isWhole: false)
        _ = proof.open(Self.munich, isWhole: true)
        feed([.unassigned, .assigned, .ended], to: &proof, at: berlin)
        #expect(proof.conclude().findings.map(\.kind) == [.beginsEarlier(Place(Self.berlin, 1))])
    }

    @Test("The proof counts what it saw")
    func counts() {
        var proof = CustodyProof()
        let berlin = proof.open(Self.berlin, isWhole: true)
        let munich = proof.open(Self.munich, isWhole: true)
        feed([.began, Self.offered(1), Self.gone(1)], to: &proof, at: berlin)
        feed([Self.took(1), .ended], to: &proof, at: munich)
        let report = proof.conclude()
        #expect([report.contacts, report.moved, report.closed, report.taken, report.refused] == [1, 1, 1, 1, 0])
    }

    private func feed(_ events: [CustodyEvent], to proof: inout CustodyProof, at site: Int) {
        for (index, event) in events.enumerated() {
            proof.feed(event, of: Self.contact, at: site, Int64(index + 1))
        }
    }
}
