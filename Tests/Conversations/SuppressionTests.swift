import JSON
import Support
import Testing

@Suite("STOP and START")
struct SuppressionTests {
    @Test("After STOP nothing is sent to that number, also after a restart; START opens it again")
    func stop() throws {
        let provider = try Provider()
        defer { provider.stop() }
        var options = SiteFolder.Options()
        options.provider = provider.url
        let site = try TestSite(options: options)
        let customer = "+4915112340000"
        let (desk, interaction) = try site.acceptedText(by: "ana", from: customer)

        func say(_ word: String) throws {
            #expect(
                try site.caller.perform(site.caller.text(sid: TestSite.sid(), from: customer, text: word)).status == 200
            )
        }
        func reply(_ desk: Desk, _ id: String) -> JSONValue? {
            desk.ask(["type": "reply", "id": .string(id), "interaction": .integer(interaction), "text": .string(id)])
        }

        try say("STOP")
        #expect(desk.event("message")?["optedOut"] == true)
        #expect(reply(desk, "r1")?["code"] == "suppressed")
        try site.restart(.byKilling)
        let again = try site.desk("ana")
        #expect(reply(again, "r2")?["code"] == "suppressed")
        #expect(provider.sent == [])

        try say("START")
        #expect(again.event("message")?["optedOut"] == false)
        let result = try #require(reply(again, "r3")?["message"]?.integerValue)
        let sent = try #require(provider.wait { $0.message == result })
        #expect([sent.to, sent.text] == [customer, "r3"])
        // The refused ones were not kept for later.
        #expect(provider.sent.map(\.text) == ["r3"])
    }
}
