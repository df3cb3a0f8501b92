import HTTP
import JSON
import Journal
import Support
import Testing

@Suite("Repetitions")
struct RepetitionTests {
    @Test("A webhook repeated a hundred times at once makes one contact and gives a hundred equal answers")
    func webhook() throws {
        let site = try TestSite()
        let sid = TestSite.sid()
        let caller = try Caller(site.folder, connections: 50)
        let request = caller.text(sid: sid, from: "+491", text: "Hallo")
        let before = caller.performAll([ClientRequest](repeating: request, count: 100))
        try site.restart(.byKilling)
        let after = caller.performAll([ClientRequest](repeating: request, count: 100))
        let answers = try (before + after).map { try $0.get() }
        #expect(answers.count == 200)
        #expect(answers.allSatisfy { $0 == answers[0] })
        #expect(answers[0].status == 200)
        let entries = try site.folder.entries()
        #expect(entries.count { $0.key == "sms:main:\(sid)" } == 1)
        #expect(entries.count { $0.type == "contact.received" } == 1)
        #expect(entries.count { $0.type == "contact.message" } == 0)
    }

    @Test("A contact repeated under its key is the same interaction, also for other words and after a kill")
    func key() throws {
        let site = try TestSite()
        let caller = try Caller(site.folder, connections: 50)
        let requests = (0..<100).map { caller.contact(key: "same", from: "+49\($0)", text: "text \($0)") }
        let before = caller.performAll(requests)
        try site.restart(.byKilling)
        let answers = try (before + caller.performAll(requests)).map { try $0.get() }
        #expect(answers.allSatisfy { $0 == answers[0] })
        #expect(answers[0].status == 202)
        #expect(try site.folder.entries().count { $0.type == "contact.received" } == 1)
    }
}
