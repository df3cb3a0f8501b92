import Federation
import InteractionModel
import Testing

@testable import Routing

/// What sites record, judged by `CustodyProof` from nothing but the record.
@Suite struct ProofStories {
    /// Berlin's contact goes to Munich, is served and closed there.
    private func journey() throws -> Network {
        var (network, _, contact) = HandoverStories.offered()
        network.settles()
        network.accepts("ben", at: "munich")
        let there = try #require(network["munich"].custody.interaction(of: contact))
        network.happens("munich", .command("ben", .close(there, disposition: "done")))
        network.settles()
        return network
    }

    @Test("A contact that moved and ended is proven from both journals")
    func proven() throws {
        let report = try journey().proof()
        #expect(report.findings == [])
        #expect([report.contacts, report.moved, report.taken, report.closed] == [1, 1, 1, 1])
    }

    @Test(
        "A journal that forgets one of custody's facts is found out",
        arguments: ["custody.offered", "contact.received"])
    func forgotten(type: String) throws {
        var journals = try journey().journals
        let site: SiteName = type == "custody.offered" ? "berlin" : "munich"
        journals[site]?.removeAll { $0.fact.type == type }
        #expect(!Network.proof(of: journals).isProven)
    }
}

extension Network {
    func proof() -> CustodyProof.Report { Self.proof(of: journals) }

    static func proof(of journals: [SiteName: [RecordedFact]]) -> CustodyProof.Report {
        var proof = CustodyProof()
        for site in journals.keys.sorted() {
            let number = proof.open(site, isWhole: true)
            var trail = CustodyTrail(of: site)
            for recorded in journals[site]! where CustodyTrail.concerns(recorded.fact.type) {
                guard let (contact, event) = trail.event(recorded) else { continue }
                proof.feed(event, of: contact, at: number, recorded.sequence)
            }
        }
        return proof.conclude()
    }
}
