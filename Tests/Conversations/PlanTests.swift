import Foundation
import HTTP
import InteractionModel
import Journal
import JSON
import Journal
import Routing
import Site
import Support
import Testing

@Suite("Changing the plan of a running site")
struct PlanTests {
    // MARK: Under load

    @Test("Fifty plans under load lose no contact, offer none twice, and every decision names the plan of its moment")
    func fifty() throws {
        let site = try TestSite()
        let accepted = Monitor(Set<Int64>())
        let (noMoreContacts, isOver) = (Monitor(false), Monitor(false))
        let ended = Monitor(0)
        for name in SiteFolder.agents {
            let desk = try site.desk(name)
            Threads.start {
                Self.work(desk) { isOver.with { $0 } }
                ended.with { $0 += 1 }
            }
        }
        Threads.start {
            for number in 0..<5000 where !noMoreContacts.with({ $0 }) {
                let queue = ["support", "billing", "vip"][number % 3]
                let contact = site.caller.contact(
                    key: "load-\(number)", from: "+49\(number)", text: "Hallo", more: ["queue": .string(queue)])
                guard let answer = try? site.caller.perform(contact), answer.status == 202 else { continue }
                if let id = answer.json?["interaction"]?.integerValue { accepted.with { _ = $0.insert(id) } }
            }
            ended.with { $0 += 1 }
        }
        let versions = try (0..<50).map { try #require(try Self.activate(site, Self.plan($0)).version) }
        #expect(Set(versions).count == 50)
        #expect(accepted.wait(.seconds(30)) { $0.count > 100 ? true : nil } == true, "there was no load")
        noMoreContacts.with { $0 = true }
        #expect(ended.wait(.seconds(30)) { $0 == 1 ? true : nil } == true)
        // Everybody in the last plan serves every queue, so everyone who was accepted is served in the end.
        let everyone = accepted.with { $0 }
        #expect(
            try eventually(within: .seconds(60)) { try Self.closed(site).isSuperset(of: everyone) }, "somebody is lost")
        isOver.with { $0 = true }
        #expect(ended.wait(.seconds(30)) { $0 == 4 ? true : nil } == true)
        try Self.checkJournal(site, everyone, versions)
    }

    private static func closed(_ site: TestSite) throws -> Set<Int64> {
        Set(try site.folder.entries().filter { $0.type == "contact.closed" }.compactMap(\.interaction))
    }

    /// Takes every offer and closes it.
    private static func work(_ desk: Desk, until isOver: () -> Bool) {
        var number = 0
        while !isOver() {
            guard case .message(let message)? = desk.next(within: .milliseconds(100)) else { continue }
            number += 1
            let interaction = message["interaction"] ?? 0
            switch message["event"]?.stringValue {
            case "offer": desk.send(["type": "accept", "id": .string("a\(number)"), "offer": message["offer"] ?? 0])
            case "accepted":
                desk.send([
                    "type": "close", "id": .string("c\(number)"), "interaction": interaction, "disposition": "solved",
                ])
            default: break
            }
        }
    }

    /// A plan that is another for every number: skills, levels, rings, bands, and a queue that comes and goes.
    private static func plan(_ number: Int) -> String {
        let isLast = number == 49
        let vip = number % 3 == 0 && !isLast ? "  vip: { skills: { german: 2 }, band: 3 }" : ""
        let level = isLast ? 1 : number % 4 + 1
        return """
            skills: [german, billing]
            queues:
              support:
                skills: { german: \(level) }
                rings: [{ after: \(number % 5 + 1)s, skills: {} }]
                offerTimeout: \(20 + number)s
                liftAfter: 2m
            \(vip)
              billing: { skills: { billing: \(isLast ? 1 : number % 2 + 1) }, band: \(number % 2), headStart: 10s, liftAfter: 1m }
            defaultQueue: support
            templates:
              desk: { skills: { german: 3, billing: 1 }, capacity: { sms: 3, callback: \(number % 3 + 1) } }
            agents:
              ana: { template: desk }
              ben: { template: desk, skills: { german: \(number % 3 + 1) } }
              cem: { template: desk, skills: { billing: 4 } }
            """
    }

    /// Walks the journal as an auditor: who had what when, under which plan.
    private static func checkJournal(_ site: TestSite, _ accepted: Set<Int64>, _ versions: [String]) throws {
        var version = ""
        var seen: [String] = []
        var received: Set<Int64> = []
        var offered: Set<Int64> = []
        var held: Set<Int64> = []
        for entry in try site.folder.entries() where !entry.type.hasPrefix("journal.") {
            let id = entry.interaction ?? 0
            switch try RecordedFact(entry).fact {
            case .planActivated(let plan):
                version = plan.version
                seen.append(version)
            case .received(let contact):
                #expect(contact.planVersion == version, "\(entry.sequence)")
                received.insert(id)
            case .offered(let offer):
                #expect(offer.planVersion == version, "\(entry.sequence)")
                #expect(!offered.contains(id) && !held.contains(id), "offered twice: \(entry.sequence)")
                offered.insert(id)
            case .offerEnded(_, let outcome):
                #expect(offered.remove(id) != nil, "\(entry.sequence)")
                if case .accepted = outcome { held.insert(id) }
            case .released, .requeued, .closed, .abandoned, .expired: held.remove(id)
            default: break
            }
        }
        #expect(Array(seen.dropFirst()) == versions)
        #expect(accepted.isSubset(of: received))
    }

    // MARK: Ways

    @Test("A queue that goes gives those who wait to the default queue at their old place; its conversation goes on")
    func queueGoes() throws {
        let site = try TestSite()
        let (desk, talking) = try site.acceptedText(by: "ben", text: "Hallo")
        // Nobody but ben is here, who knows nothing of bills, and takes no callbacks under the next plan.
        let first = try Self.contact(site, "one", "billing")
        let second = try Self.contact(site, "two", "billing")
        let waiting = try Self.activate(site, Self.office(queues: "support: {}", capacity: "sms: 1"))
        #expect(waiting.status == 200)
        let queues = try site.caller.call("GET", "/v1/queues", as: "boss").json?["queues"]?.arrayValue ?? []
        #expect(queues.map { $0["queue"]?.stringValue } == ["support"])
        #expect(
            try Self.queue(of: first, site) == "support" && Self.queue(of: second, site) == "support",
            "both wait in the default queue")
        #expect(
            desk.ask(["type": "close", "id": "end", "interaction": .integer(talking), "disposition": "x"])?["ok"]
                == true)
        // With room again, the older of the two comes first.
        #expect(try Self.activate(site, Self.office(queues: "support: {}", capacity: "callback: 1")).status == 200)
        #expect(desk.event("offer")?["interaction"]?.integerValue == first)
    }

    @Test("An agent who goes gives back what is held; the contact waits at its old place and is offered to another")
    func agentGoes() throws {
        let site = try TestSite()
        let (ana, interaction) = try site.acceptedText(by: "ana")
        let ben = try site.desk("ben")
        let text = Self.office(queues: "support: {}", capacity: "sms: 2", agents: ["ben"])
        #expect(try Self.activate(site, text).status == 200)
        #expect(ana.event("taken-back")?["interaction"]?.integerValue == interaction)
        #expect(ben.event("offer")?["interaction"]?.integerValue == interaction)
    }

    @Test("A plan that is wrong changes nothing, and every complaint names line and key")
    func refused() throws {
        let site = try TestSite()
        let before = try site.caller.call("GET", "/v1/plan", as: "boss")
        let entries = try site.folder.entries().count
        let answer = try Self.post(
            site, "queues:\n  support: { skills: { german: 1 } }\ndefaultQueue: suport\nagents: {}\ncolour: red\n")
        #expect(answer.status == 422)
        let errors = answer.json?["errors"]?.arrayValue ?? []
        #expect(
            errors.map { "\($0["line"]?.integerValue ?? 0) \($0["field"]?.stringValue ?? "")" } == [
                "2 queues.support.skills.german", "3 defaultQueue", "5 colour",
            ])
        #expect(errors[1]["hint"]?.stringValue == "did you mean support?")
        #expect(try Self.post(site, "queues: [").status == 422)
        #expect(try site.caller.call("GET", "/v1/plan", as: "boss") == before)
        #expect(try site.folder.entries().count == entries)
    }

    @Test("Of two people who change the same plan the second is told, and only an admin may")
    func concurrently() throws {
        let site = try TestSite()
        let active = try #require(try site.caller.call("GET", "/v1/plan", as: "root").json?["version"]?.stringValue)
        let one = Self.office(queues: "support: {}", capacity: "sms: 1")
        let other = Self.office(queues: "support: {}", capacity: "sms: 2")
        for name in ["boss", "ana", "shop", "audit", "peer"] {
            #expect(try Self.post(site, one, as: name).status == 403, "\(name)")
        }
        let match = [ClientField("If-Match", "\"\(active)\"")]
        #expect(try Self.post(site, one, headers: match).status == 200)
        #expect(try Self.post(site, other, headers: match).status == 412)
        let list = try site.caller.call("GET", "/v1/plans", as: "audit").json
        #expect(list?["plans"]?.arrayValue?.map { $0["by"]?.stringValue } == ["root", "start"])
        #expect(list?["plans"]?.arrayValue?.last?["version"]?.stringValue == active)
    }

    @Test("A rehearsal says what would happen and changes nothing; a rollback brings the very same rules back")
    func rehearsalAndRollback() throws {
        let site = try TestSite()
        let before = try #require(try site.caller.call("GET", "/v1/plan", as: "boss").json)
        let waiting = try Self.contact(site, "one", "billing")
        let text = Self.office(queues: "support: {}", capacity: "sms: 1", agents: ["ana", "dora"])
        let rehearsal = try #require(try Self.post(site, text, query: "?dryRun=true").json)
        #expect(rehearsal["effects"]?.objectValue?.isEmpty == false, "the waiting contact moves")
        #expect(rehearsal["agentsWithoutIdentity"]?.arrayValue == ["dora"])
        #expect(try Self.queue(of: waiting, site) == "billing")
        #expect(try site.caller.call("GET", "/v1/plan", as: "boss").json?["version"] == before["version"])
        #expect(try Self.activate(site, text).status == 200)
        let back = try site.caller.call("POST", "/v1/plan?from=previous&comment=too%20early", as: "root", body: [])
        #expect(back.json?["version"] == before["version"])
        let now = try #require(try site.caller.call("GET", "/v1/plan", as: "boss").json)
        for name in ["queues", "agents", "entries", "timers"] { #expect(now[name] == before[name], "\(name)") }
        #expect(now["origin"]?["comment"] == "too early")
        #expect(try site.caller.call("POST", "/v1/plan?from=p-000000000000", as: "root", body: []).status == 404)
    }

    // MARK: Across restarts

    @Test(
        "After a restart that plan is active which was changed last: an activation, or the file",
        arguments: TestSite.Way.allCases)
    func restarts(_ way: TestSite.Way) throws {
        let site = try TestSite()
        let version = { try site.caller.call("GET", "/v1/plan", as: "boss").json?["version"]?.stringValue }
        let ofFile = try version()
        let live = try Self.activate(site, Self.office(queues: "support: {}", capacity: "sms: 1")).version
        #expect(try version() == live && live != ofFile)
        try site.restart(way)
        #expect(try version() == live, "the file is as it was")
        let text = try String(contentsOfFile: site.folder.configurationPath, encoding: .utf8)
        try text.replacingOccurrences(of: "headStart: 30s", with: "headStart: 31s")
            .write(toFile: site.folder.configurationPath, atomically: true, encoding: .utf8)
        try site.restart(way)
        let ofNewFile = try version()
        #expect(ofNewFile != live && ofNewFile != ofFile, "the file was changed after the activation")
        // Back to what was live: now that act is the last one.
        let back = try site.caller.call("POST", "/v1/plan?from=\(live ?? "")", as: "root", body: [])
        #expect(back.status == 200)
        try site.restart(way)
        #expect(try version() == live)
        #expect(
            try site.caller.call("POST", "/v1/plan?from=file", as: "root", body: []).json?["version"]?.stringValue
                == ofNewFile)
    }

    @Test("What else a whole file says is left alone, and the answer names the keys that need a restart")
    func wholeFile() throws {
        let site = try TestSite()
        let text = try String(contentsOfFile: site.folder.configurationPath, encoding: .utf8)
            .replacingOccurrences(of: "headStart: 30s", with: "headStart: 40s")
        #expect(try Self.post(site, text).json?["restartKeys"]?.arrayValue == [])
        let moved = text.replacingOccurrences(of: "data: data", with: "data: elsewhere\nlimits: { httpThreads: 3 }")
        let answer = try #require(try Self.post(site, moved).json)
        #expect(answer["restartKeys"]?.arrayValue == ["data", "limits"])
        #expect(answer["isNew"] == false)
    }

    // MARK: Help

    private static func office(queues: String, capacity: String, agents: [String] = ["ana", "ben", "cem"]) -> String {
        let people = agents.map { "  \($0): { capacity: { \(capacity) } }" }.joined(separator: "\n")
        return "queues:\n  \(queues)\ndefaultQueue: support\nagents:\n\(people)\n"
    }

    private static func post(
        _ site: TestSite, _ text: String, as identity: String = "root", headers: [ClientField] = [], query: String = ""
    ) throws -> Caller.Answer {
        try site.caller.call("POST", "/v1/plan\(query)", as: identity, headers: headers, body: Array(text.utf8))
    }

    private static func activate(_ site: TestSite, _ text: String) throws -> (status: Int, version: String?) {
        let answer = try post(site, text)
        #expect(answer.status == 200, "\(answer.text)")
        return (answer.status, answer.json?["version"]?.stringValue)
    }

    private static func contact(_ site: TestSite, _ key: String, _ queue: String) throws -> Int64 {
        let answer = try site.caller.perform(
            site.caller.contact(key: key, from: "+49\(key)", text: "Hallo", more: ["queue": .string(queue)]))
        return try #require(answer.json?["interaction"]?.integerValue)
    }

    private static func queue(of interaction: Int64, _ site: TestSite) throws -> String? {
        try site.caller.call("GET", "/v1/interactions/\(interaction)", as: "boss").json?["queue"]?.stringValue
    }
}
