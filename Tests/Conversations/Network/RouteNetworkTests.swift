import Foundation
import HTTP
import JSON
import Journal
import Support
import Testing

@Suite("A switch asks one site and is sent to another")
struct RouteNetworkTests {
    private func ask(_ site: TestSite, _ key: String, tried: String = "") throws -> JSONValue {
        let body =
            #"{"callId":"\#(key)","ani":"+4915112345678","dnis":"800","channel":"callback","tried":"\#(tried)","pai":"secret-name"}"#
        let answer = try site.caller.call("POST", "/v1/route", as: "carrier", body: Array(body.utf8))
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(answer.json)
    }

    @Test("The other site keeps the place before it is named, and knows the call when it comes")
    func kept() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let desk = try network["munich"].desk("cem")
        Thread.sleep(forTimeInterval: 2.5)  // Until munich has told that somebody is there.
        let answer = try ask(network["berlin"], "a", tried: "berlin")
        #expect(answer["site"] == "munich" && answer["decision"] == "route" && answer["number"] == "9001")
        let kept = try network["munich"].folder.entries().filter { $0.type == "route.answered" }
        #expect(kept.count == 1)
        #expect(try ask(network["berlin"], "a", tried: "berlin") == answer)

        let token = try #require(answer["contextToken"])
        let arrival = try network["munich"].caller.perform(
            network["munich"].caller.contact(key: "1", from: "+49151", text: "call", more: ["contextToken": token]))
        #expect(arrival.status == 202)
        let id = try #require(arrival.json?["id"]?.stringValue)
        let page = try network["munich"].caller.call("GET", "/v1/interactions/\(id)", as: "boss").text
        #expect(page.contains("secret-name"), "what the switch told berlin is known at munich")
        #expect(desk.event("offer") != nil)
    }

    @Test("A site that is gone is passed over in time: the next candidate, or the default, is said")
    func gone() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let desks = try ["berlin", "munich"].map { try network[$0].desk("cem") }
        Thread.sleep(forTimeInterval: 2.5)
        network["munich"].stop(.byKilling)
        let began = Date()
        #expect(try ask(network["berlin"], "a", tried: "berlin")["decision"] == "default")
        #expect(Date().timeIntervalSince(began) < 2)
        for call in 0..<6 {
            let answer = try ask(network["berlin"], "b\(call)")
            #expect(answer["site"] == "berlin" || answer["decision"] == "default")
        }
        #expect(try network["berlin"].caller.metric("interflow_conservation_error") == 0)
        desks.forEach { $0.close() }
    }

    @Test("A site that hangs holds nobody beyond the deadline: callers get the default, and the record says why")
    func hung() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let desk = try network["munich"].desk("cem")
        defer { desk.close() }
        Thread.sleep(forTimeInterval: 2.5)
        network["munich"].process.process.signal(SIGSTOP)
        let heard = Monitor<[(uri: JSONValue?, decision: JSONValue?, took: TimeInterval)]>([])
        let calls: [@Sendable () -> Void] = (0..<20).map { call in
            {
                let began = Date()
                let answer = try? ask(network["berlin"], "h\(call)", tried: "berlin")
                let took = Date().timeIntervalSince(began)
                heard.with { $0.append((answer?["uri"], answer?["decision"], took)) }
            }
        }
        Threads.all(calls)
        network["munich"].process.process.signal(SIGCONT)
        let answers = heard.with { $0 }
        #expect(answers.count == 20)
        #expect(answers.allSatisfy { $0.decision == "default" && $0.uri == "sip:800@127.0.0.1:5099" })
        // The plan grants 800 ms where a peer is asked; the rest is the machine's.
        #expect(answers.allSatisfy { $0.took < 1.8 }, "\(answers.map(\.took).max() ?? 0) s")
        let records = try network["berlin"].folder.entries().filter { $0.type == "route.answered" }
        let isSaid = records.contains { String(decoding: $0.body, as: UTF8.self).contains("unreachable:timed-out") }
        #expect(isSaid)
        let isBack = eventually(within: .seconds(20)) {
            let answer = try? ask(network["berlin"], "b\(Date().timeIntervalSince1970)", tried: "berlin")
            // It may have kept its three numbers for those who asked in vain: then it says so itself.
            let entries = try? network["berlin"].folder.entries()
            let record = entries?.last { $0.type == "route.answered" }?.body ?? []
            return answer?["site"] == "munich"
                || String(decoding: record, as: UTF8.self).contains(#""munich":"refused:no-number""#)
        }
        #expect(isBack, "a site that is back is asked again, and answers itself")
        try network.check()
    }

    @Test("A site that refuses says why, and the reason is in the record")
    func refused() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let desk = try network["munich"].desk("cem")
        defer { desk.close() }
        Thread.sleep(forTimeInterval: 2.5)
        for call in 0..<3 { #expect(try ask(network["berlin"], "m\(call)", tried: "berlin")["site"] == "munich") }
        let fourth = try ask(network["berlin"], "m4", tried: "berlin")
        #expect(fourth["decision"] == "default")
        let record = try network["berlin"].folder.entries().last { $0.type == "route.answered" }
        let text = String(decoding: record?.body ?? [], as: UTF8.self)
        #expect(text.contains(#""munich":"refused:no-number""#))
    }
}
