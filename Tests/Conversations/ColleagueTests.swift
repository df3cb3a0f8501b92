import HTTP
import JSON
import Journal
import Support
import Testing

/// Agents who help each other, and a supervisor who sees to it, at a running site.
@Suite struct ColleagueTests {
    @Test("A colleague is asked in, takes the contact over, and each desktop hears its part")
    func consultAndComplete() throws {
        let site = try TestSite()
        let (ana, interaction) = try site.acceptedText(by: "ana")
        let ben = try site.desk("ben")
        let id = JSONValue.integer(interaction)
        ana.send(["type": "hold", "id": "1", "interaction": id])
        #expect(ana.event("held")?["interaction"] == id)
        #expect(ana.ask(["type": "consult", "id": "2", "interaction": id, "agent": "ben"])?["ok"] == true)
        let asked = try #require(ben.event("invitation"))
        #expect(asked["by"] == "ana")
        #expect(asked["content"]?["text"] == "Hallo")
        let offer = try #require(asked["offer"])
        #expect(ben.ask(["type": "accept", "id": "1", "offer": offer])?["ok"] == true)
        #expect(ana.event("invitation-ended")?["outcome"] == "accepted")
        ana.send(["type": "complete", "id": "3", "interaction": id])
        #expect(ben.event("transferred")?["to"] == "ben")
        #expect(ana.event("transferred")?["to"] == "ben")
        let refused = ana.ask(["type": "close", "id": "4", "interaction": id])
        #expect(refused?["code"] == "not-yours")
        #expect(ben.ask(["type": "reply", "id": "2", "interaction": id, "text": "Guten Tag"])?["ok"] == true)
    }

    @Test("A supervisor moves a contact, signs its agent out, and is told what cannot be")
    func supervision() throws {
        let site = try TestSite()
        let (ana, interaction) = try site.acceptedText(by: "ana")
        func post(_ path: String, _ body: JSONValue, as name: String = "boss") throws -> Int {
            try site.caller.call("POST", path, as: name, body: body.bytes).status
        }
        #expect(try post("/v1/interactions/\(interaction)/move", ["queue": "nowhere"]) == 409)
        #expect(try post("/v1/interactions/\(interaction)/move", ["queue": "billing"]) == 200)
        #expect(ana.event("taken-back") != nil)
        #expect(try post("/v1/interactions/\(interaction)/move", ["queue": "billing"], as: "shop") == 403)
        #expect(try post("/v1/interactions/\(interaction)/move", [:]) == 400)
        #expect(try post("/v1/interactions/999/move", ["queue": "billing"]) == 404)
        #expect(try post("/v1/interactions/\(interaction)/vendor-return", [:]) == 409)
        #expect(try post("/v1/agents/ana/results", ["queue": "billing", "score": 80]) == 200)
        #expect(try post("/v1/agents/ana/results", ["queue": "billing", "score": 101]) == 400)
        #expect(try post("/v1/agents/zoe/status", ["status": "signed-out"]) == 404)
        #expect(try post("/v1/agents/ana/status", ["status": "signed-out"]) == 200)
        #expect(ana.event("status")?["status"] == "signed-out")
        #expect(try site.caller.metric("interflow_conservation_error") == 0)
    }

    @Test("A contact brings its direction, its language, and whom it wants and does not want")
    func wishes() throws {
        let site = try TestSite()
        let wishes: [String: JSONValue] = [
            "direction": "callback", "language": "de-AT", "preferredAgent": "ben", "preferredSeconds": 9,
            "notAgents": ["ana"],
        ]
        let answer = try site.caller.perform(
            site.caller.contact(key: "k", from: "+49151", text: "Hallo", more: wishes))
        #expect(answer.status == 202)
        let entries = try site.folder.entries()
        let body = try #require(entries.first { $0.type == "contact.received" }?.body)
        let fact = try JSONValue.parse(body)
        #expect(fact["direction"] == "callback")
        #expect(fact["language"] == "de-AT")
        #expect(fact["preferredAgent"] == "ben")
        #expect(fact["notAgents"] == ["ana"])
        let wrong = try site.caller.perform(
            site.caller.contact(key: "l", from: "+49151", text: "Hallo", more: ["direction": "sideways"]))
        #expect(wrong.status == 400)
        #expect(wrong.faultyFields == ["$.direction"])
    }
}
