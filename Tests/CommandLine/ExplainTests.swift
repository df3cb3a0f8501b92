import Foundation
import JSON
import Testing

@testable import interflow

/// The commands that answer “why”, against a real site and its journal.
@Suite struct ExplainTests {
    @Test(
        "A contact that waits is explained, with its place and who is kept from it by what; and why says the same of the agent"
    )
    func waiting() throws {
        let site = try SampleSite()
        try site.text("Wo ist mein Paket?")
        let queues = try site.run("queues")
        #expect(queues.code == 0, "\(queues.text)")
        #expect(queues.text.contains("waiting"))
        let id = try #require(try site.firstContact())
        let explained = try site.run("explain", "\(id)")
        #expect(explained.code == 0, "\(explained.text)")
        #expect(explained.text.contains("received"))
        #expect(explained.text.contains("position 1; nothing can be said: nobody who could take it is signed in"))
        #expect(explained.text.contains("2 signed out: ana, ben"))
        #expect(explained.text.contains("it expires"))
        let why = try site.run("why", "ana")
        #expect(why.code == 0, "\(why.text)")
        #expect(why.text.contains("ana is signed out"))
        #expect(why.text.contains("is signed out"))
    }

    @Test("An offer is explained by everybody it did not go to, and as of before it the contact waits")
    func offered() throws {
        let site = try SampleSite()
        try site.text("Wo ist mein Paket?")
        let id = try #require(try site.firstContact())
        let ana = try site.agent("ana")
        try ana.output.wait(for: "#\(id)")
        let text = try site.run("explain", "\(id)", "--json")
        #expect(text.code == 0, "\(text.text)")
        let json = try JSONValue.parse(Array(text.text.utf8))
        let events = json["events"]?.arrayValue ?? []
        let offer = try #require(events.first { $0["type"]?.stringValue == "offer.made" })
        let rules = (offer["candidates"]?.arrayValue ?? []).compactMap { $0["rule"]?.stringValue }
        #expect(rules == ["signed-out", "skill"])
        let before = try site.run("explain", "\(id)", "--at", "\(id)")
        #expect(before.code == 0)
        #expect(before.text.contains("It waits in"))
        ana.process.terminate()
    }

    @Test("Who asks for nobody is told so, with the nearest name")
    func unknown() throws {
        let site = try SampleSite()
        #expect(try site.run("explain", "999999").code == 1)
        #expect(try site.run("explain", "x").code == 64)
        let why = try site.run("why", "anna")
        #expect(why.code == 1)
        #expect(why.text.contains("did you mean ana?"))
        #expect(try site.run("queues", "nowhere").code == 1)
    }

    @Test("A table of queues has a line for each, with bars no longer than their column")
    func table() throws {
        let queues = try JSONValue.parse(
            Array(
                #"""
                [{"queue":"support","waiting":12,"longestWait":90000,"expectedWait":{"p50":61000,"p90":150000},
                  "serviceLevel":{"within":20000,"target":80},"agents":{"signedIn":4,"available":0},
                  "last30Minutes":{"meanWait":12000,"meanHandling":240000,"serviceLevel":{"answered-in-time-of-offered":71.5}}},
                 {"queue":"night","open":false,"waiting":0,"expectedWait":{"silent":"closed"},"serviceLevel":{"target":80}}]
                """#.utf8))
        let lines = QueueTable(queues.arrayValue ?? []).lines(paint: Paint(isOn: false))
        #expect(
            lines == [
                "queue           waiting            longest  expected           in time             ASA   AHT    agents",
                "support         12       ████████  90 s     61 s / 2 min 30 s  71 % of 80  █████▋  12 s  4 min  4 in, 0 free",
                "night (closed)  0                  -        - (closed)         -                   -     -      0 in, 0 free",
            ])
        #expect(QueueTable.bar(50, of: 100) == "████")
        #expect(QueueTable.bar(0.001, of: 100) == "▏")
        #expect(QueueTable.bar(500, of: 100) == "████████")
    }
}

extension SampleSite {
    /// The number of the first contact in the record.
    fileprivate func firstContact() throws -> Int64? {
        let log = try run("log", "--json", "--after", "0", "--type", "contact.received")
        let line = log.text.split(separator: "\n").first.map { Array($0.utf8) } ?? []
        return try JSONValue.parse(line)["interaction"]?.integerValue
    }
}
