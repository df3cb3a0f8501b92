import HTTP
import JSON
import Journal
import Support
import Testing

/// Rows of what users of other systems complain about; the numbers are those of the list kept with the designs.
@Suite("Complaints from the field")
struct FieldComplaintTests {
    @Test("A webhook answered 200 has created its contact, whatever happens to the process next")
    func acknowledgedButNotCreated() throws {
        let site = try TestSite()
        var sids: [String] = []
        for round in 0..<3 {
            let requests = (0..<40).map { number in
                sids.append(TestSite.sid())
                return site.caller.text(sid: sids[sids.count - 1], from: "+49\(round)00\(number)", text: "\(number)")
            }
            for answer in site.caller.performAll(requests) { #expect(try answer.get().status == 200) }
            try site.restart(.byKilling)
        }
        let keys = try site.folder.entries().filter { $0.type == "contact.received" }.compactMap(\.key)
        #expect(keys.sorted() == sids.map { "sms:main:\($0)" }.sorted())
        #expect(try site.caller.metric("interflow_conservation_error") == 0)
    }

    @Test("A contact is never there without its first message: in the offer, in the API, after a kill")
    func createdWithoutFirstMessage() throws {
        let site = try TestSite()
        let requests = (0..<50).map { site.caller.contact(key: "k\($0)", from: "+49\($0)", text: "Nachricht \($0)") }
        let answers = try site.caller.performAll(requests).map { try $0.get() }

        func words(of answer: Caller.Answer) throws -> String? {
            let id = try #require(answer.json?["interaction"]?.integerValue)
            let shown = try site.caller.call("GET", "/v1/interactions/\(id)", as: "shop")
            return shown.json?["history"]?.arrayValue?.first?["content"]?["text"]?.stringValue
        }
        let expected = (0..<50).map { "Nachricht \($0)" }
        #expect(try answers.map { try words(of: $0) } == expected)
        let desk = try Desk(site.folder, agent: "ana")
        _ = try desk.welcome()
        desk.send(["type": "status", "id": "1", "status": "available"])
        let offer = try #require(desk.event("offer"))
        #expect(expected.contains(offer["content"]?["text"]?.stringValue ?? ""))
        try site.restart(.byKilling)
        #expect(try answers.map { try words(of: $0) } == expected)
    }
}
