import Foundation
import HTTP
import JSON
import Journal
import Support
import Testing

@Suite("A switch asks where to deliver")
struct RouteTests {
    private func ask(_ site: TestSite, _ key: String, tried: String = "") throws -> JSONValue {
        let body =
            #"{"callId":"\#(key)","ani":"+4915112345678","dnis":"800","channel":"callback","tried":"\#(tried)","pai":"secret-name"}"#
        let answer = try site.caller.call("POST", "/v1/route", as: "carrier", body: Array(body.utf8))
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(answer.json)
    }

    private func types(_ site: TestSite) throws -> [String] {
        try site.folder.entries().map(\.type).filter { $0.hasPrefix("route.") }
    }

    @Test("The answer is durable before it is said: the same question has it again after kill -9")
    func durable() throws {
        let site = try TestSite()
        let desk = try site.desk("ana")
        let first = try ask(site, "a")
        desk.close()
        #expect(first["site"] == "demo" && first["uri"] == "sip:9001@127.0.0.1:5071" && first["decision"] == "route")
        #expect(try ask(site, "a") == first)
        try site.restart(.byKilling)
        #expect(try ask(site, "a") == first)
        #expect(try types(site).count { $0 == "route.answered" } == 1)
    }

    @Test("As many as there are numbers, another site for a further try, the default at last, and then nothing")
    func policy() throws {
        let site = try TestSite()
        let desk = try site.desk("ana")
        defer { desk.close() }
        var demo = 0
        for call in 0..<50 where try ask(site, "c\(call)")["site"] == "demo" { demo += 1 }
        #expect(demo == 3, "a pool of three numbers announces three calls at once")
        let first = try ask(site, "x")
        let second = try ask(site, "x", tried: first["site"]?.stringValue == "munich" ? "M" : "127.0.0.1:5071")
        #expect(second["site"] != first["site"])
        let last = try ask(site, "x", tried: "demo munich")
        #expect(last["decision"] == "default" && last["uri"] == "sip:800@127.0.0.1:5099")
        #expect(try ask(site, "x", tried: "demo munich 127.0.0.1:5099")["decision"] == "none")
    }

    @Test("A call is joined to what the switch said of it, by token or number; unannounced it is taken all the same")
    func arrival() throws {
        let site = try TestSite()
        let desk = try site.desk("ana")
        defer { desk.close() }
        let token = try #require(try ask(site, "a")["contextToken"])
        let number = try #require(
            try ["b", "c"].map { try ask(site, $0) }.first { $0["number"] != nil }?["number"])
        for (key, claim) in [
            ("1", ["contextToken": token]), ("2", ["dialledNumber": number]), ("3", ["contextToken": "demo.made-up"]),
        ] {
            let answer = try site.caller.perform(
                site.caller.contact(key: key, from: "+49151\(key)", text: "call", more: claim))
            #expect(answer.status == 202)
            let id = try #require(answer.json?["id"]?.stringValue)
            let page = try site.caller.call("GET", "/v1/interactions/\(id)", as: "boss").text
            #expect(page.contains("secret-name") == (key != "3"), "the agent must see what the switch said")
            #expect(page.contains(#""queue":"billing""#) == (key != "3"))
        }
        #expect(try types(site).count { $0 == "route.arrived" } == 2)
        #expect(eventually { (try? types(site).contains("route.lapsed")) == true })
        #expect(try site.caller.metric("interflow_conservation_error") == 0)
    }

    @Test("Only a switch may ask; a name and a password do as well as a bearer's token")
    func access() throws {
        let site = try TestSite()
        let body = Array(#"{"callId":"a","dnis":"800"}"#.utf8)
        #expect(try site.caller.call("POST", "/v1/route", as: "shop", body: body).status == 403)
        func basic(_ name: String, _ token: String) throws -> Int {
            let text = Data("\(name):\(token)".utf8).base64EncodedString()
            return try site.caller.perform(
                site.caller.request(
                    "POST", "/v1/route", headers: [ClientField("Authorization", "Basic \(text)")], body: body)
            ).status
        }
        let token = try #require(site.folder.tokens["carrier"])
        #expect(try basic("carrier", token) == 200)
        #expect(try basic("somebody", token) == 401)
        #expect(try basic("carrier", "ifl_wrong") == 401)
    }

    @Test("Every answer can be explained, candidate by candidate")
    func explained() throws {
        let site = try TestSite()
        _ = try ask(site, "a", tried: "demo")
        let body = try #require(try site.folder.entries().first { $0.type == "route.answered" }?.body)
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains(#""dropped":{"demo":"tried"}"#) && text.contains(#""site":"munich""#))
        #expect(!text.contains("secret-name") && !text.contains("+4915112345678"))
    }
}
