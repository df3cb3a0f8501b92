import Foundation
import HTTP
import InteractionModel
import Journal
import Site
import Testing

@testable import interflow

/// The built program against a real site. One after the other: each has processes of its own.
@Suite(.serialized, .timeLimit(.minutes(2))) struct JourneyTests {
    /// Longer than the time in which a key is not yet meant for an offer: the thing under test is a person's pause.
    private func reactToOffer() { Thread.sleep(forTimeInterval: 0.4) }

    @Test(
        "A text is accepted with one key, answered and closed, and a broken connection neither loses nor repeats anything"
    )
    func journey() throws {
        let site = try SampleSite()
        let proxy = try Proxy(to: site.port)
        let ana = try site.agent("ana", through: proxy)
        try site.text("Wo ist mein Päckchen? 📦")
        try ana.output.wait(for: "Wo ist mein Päckchen? 📦")
        reactToOffer()
        ana.type("a")
        try ana.output.wait(for: "is yours")
        ana.type("Guten Tagx\u{7F}, Zoë\r")
        try ana.output.wait(for: "delivered: “Guten Tag, Zoë”")

        // The site takes this reply, and its answer never arrives.
        try proxy.obey("mute")
        ana.type("Ich sehe nach.\r")
        try site.phone.output.wait(for: "Ich sehe nach.")
        try proxy.obey("cut")
        try ana.output.wait(for: "connection lost")
        ana.type("Es ist unterwegs.\r")
        try site.text("Und wann kommt es?")
        try proxy.obey("open")
        try ana.output.wait(for: "connected again")
        try ana.output.wait(for: "Und wann kommt es?")
        try ana.output.wait(for: "delivered: “Es ist unterwegs.”")

        ana.type("/done solved\r")
        try ana.output.wait(for: "closed as solved")
        ana.type("/out\r")
        #expect(ana.end() == 0)
        #expect(ana.terminalIsCooked)
        #expect(ana.output.text.occurrences(of: "Und wann kommt es?") == 1)
        for reply in ["Guten Tag, Zoë", "Ich sehe nach.", "Es ist unterwegs."] {
            #expect(site.phone.output.text.occurrences(of: reply) == 1)
        }
        try checkRecords(of: site)
    }

    private func checkRecords(of site: SampleSite) throws {
        let reader = try SQLiteJournalReader(folder: site.data)
        let row = try #require(try reader.interactions(after: 0, limit: 10).first)
        #expect((row.state, row.agent, row.queue) == ("closed", "ana", "support"))
        let said = try reader.contents(of: row.interaction).compactMap { ContactContent(bytes: $0.body)?.message.text }
        #expect(
            said == [
                "Wo ist mein Päckchen? 📦", "Guten Tag, Zoë", "Ich sehe nach.", "Und wann kommt es?",
                "Es ist unterwegs.",
            ])
        let log = try site.run("log", "--interaction", "\(row.interaction)")
        #expect(log.code == 0)
        let words = log.text.split(separator: "\n").map { $0.dropFirst(23).prefix { $0 != " " } }
        #expect(
            words.filter { ["received", "offered", "accepted", "reply", "message", "closed"].contains($0) }
                == ["received", "offered", "accepted", "reply", "reply", "message", "reply", "closed"])
        let check = try site.run("journal", "verify")
        #expect(check.code == 0, "\(check.text)")
        let shown = try site.run("journal", "show", "\(row.interaction)", "--content")
        #expect(shown.text.contains("│ +4930900000 → +4915100000001") && shown.text.contains("│ Und wann kommt es?"))
        let discreet = try site.run("journal", "show", "\(row.interaction)")
        #expect(discreet.code == 0 && !discreet.text.contains("+4915100000001"))
    }

    @Test("A script accepts, answers and closes line by line")
    func lineByLine() throws {
        let site = try SampleSite()
        let ben = try Program(["agent", "ben", "--config", site.configuration])
        try ben.output.wait(for: "you are available")
        try site.text("Guten Morgen")
        try ben.output.wait(for: "Guten Morgen")
        ben.type("accept\n")
        try ben.output.wait(for: "is yours")
        ben.type("Moin\n")
        try ben.output.wait(for: "delivered: “Moin”")
        ben.type("/done nonsense\n")
        try ben.output.wait(for: "choose one of solved, callback, spam")
        ben.type("/done spam\n")
        try ben.output.wait(for: "closed as spam")
        ben.closeInput()
        #expect(ben.end() == 0)
        #expect(!ben.output.text.contains("\u{1B}"))
    }

    @Test("A script may write everything and go; with a contact in hand it is told so by the exit code")
    func endOfInput() throws {
        let site = try SampleSite()
        let quick = try Program(["agent", "ben", "--config", site.configuration])
        quick.type("/break lunch\n/out\n")
        quick.closeInput()
        #expect(quick.end() == 0)
        try quick.output.wait(for: "interflow: signed out")
        let ben = try Program(["agent", "ben", "--config", site.configuration])
        try site.text("Guten Morgen")
        try ben.output.wait(for: "Guten Morgen")
        ben.type("accept\n")
        try ben.output.wait(for: "is yours")
        ben.closeInput()
        #expect(ben.end() == 1)
        try ben.output.wait(for: "contacts are still yours")
    }

    @Test("Whoever signs in elsewhere takes over, and the first desk ends with a sentence")
    func replaced() throws {
        let site = try SampleSite()
        let first = try site.agent("ana")
        let second = try Program(onTerminal: ["agent", "ana", "--config", site.configuration])
        try second.output.wait(for: "signed in")
        #expect(first.end() == 1)
        try first.output.wait(for: "you signed in elsewhere")
        #expect(first.terminalIsCooked)
        second.type("\u{3}")
        #expect(second.end() == 0)
    }

    private static let ends: [Int32] = [SIGTERM, SIGHUP, SIGTRAP]

    @Test("Whatever ends the desk, the terminal is as it was", arguments: ends)
    func restoredTerminal(signal: Int32) throws {
        let site = try SampleSite()
        let ana = try site.agent("ana")
        #expect(!ana.terminalIsCooked)
        kill(ana.process.processIdentifier, signal)
        #expect(ana.end() == (signal == SIGTRAP ? SIGTRAP : 0))
        #expect(ana.terminalIsCooked)
    }

    @Test("A follower of the log that loses the connection prints every entry once, in order")
    func followedLog() throws {
        let site = try SampleSite()
        let proxy = try Proxy(to: site.port)
        let follower = try Program([
            "log", "-f", "--json", "--after", "0", "--config", site.configuration, "--url",
            "http://127.0.0.1:\(proxy.port)",
        ])
        try follower.output.wait(for: "plan.activated")
        try site.text("eins", from: "+4915100000001")
        try follower.output.wait(for: "contact.received")
        try proxy.obey("cut")
        try follower.output.wait(for: "trying again")
        try site.text("zwei", from: "+4915100000002")
        try proxy.obey("open")
        try site.text("drei", from: "+4915100000003")
        try follower.output.wait(for: "contact.received", count: 3)
        let sequences = follower.output.text.split(separator: "\n").filter { $0.hasPrefix("{") }
            .compactMap { try? LogEntry(json: Array($0.utf8)).sequence }
        #expect(sequences == Array(1...Int64(sequences.count)))
    }

    @Test("The same text sent three times is one contact, and one of another channel gets its number")
    func sending() throws {
        let site = try SampleSite()
        let sent = try site.run("send", "sms", "--repeat", "3", "--media", "https://example.com/a.png", "Hallo")
        #expect(sent.code == 0 && sent.text.occurrences(of: "the site has it (200)") == 3)
        let callback = try site.run(
            "send", "callback", "--queue", "billing", "--skill", "billing=3", "--head-start", "30s", "--attribute",
            "order=7",
            "--key", "k1", "--repeat", "2", "Bitte um Rückruf")
        #expect(callback.code == 0)
        #expect(Set(callback.text.split(separator: "\n")).count == 1 && callback.text.hasPrefix("interaction #"))
        let reader = try SQLiteJournalReader(folder: site.data)
        #expect(try reader.interactions(after: 0, limit: 10).count == 2)
        let refused = try site.run("send", "callback", "--from", "+4915100000009", "--queue", "nowhere", "Hallo")
        #expect(refused.code == 65 && refused.text.contains("the plan has no queue nowhere"), "\(refused.text)")
        let misplaced = try site.run("send", "sms", "--queue", "billing", "Hallo")
        #expect(misplaced.code == 64 && misplaced.text.contains("--queue is not for sms"))
    }

    @Test("A token that others may read is refused, and so is one that nobody knows")
    func tokens() throws {
        let site = try SampleSite()
        let path = "\(site.folder)/tokens/ana"
        chmod(path, 0o644)
        let open = try site.run("agent", "ana")
        #expect(open.code == 77 && open.text.contains("chmod 600"))
        chmod(path, 0o600)
        try "ifl_wrong\n".write(toFile: path, atomically: false, encoding: .utf8)
        let unknown = try site.run("agent", "ana")
        #expect(unknown.code == 77 && unknown.text.contains("does not know the token"), "\(unknown.text)")
        let away = try Program.run([
            "agent", "ana", "--url", "http://127.0.0.1:1", "--token-file", path,
        ])
        #expect(away.code == 69 && away.text.contains("did not accept a connection"), "\(away.text)")
    }

    @Test("Verify names the row that is not what the facts lead to")
    func damage() throws {
        let site = try SampleSite()
        try site.text("Hallo")
        #expect(try site.run("journal", "verify").code == 0)
        let copy = "\(site.folder)/copy"
        mkdir(copy, 0o700)
        #expect(try site.run("journal", "backup", "\(copy)/journal.sqlite").code == 0)
        #expect(try site.run("journal", "verify", "--data", copy).code == 0)
        let sqlite = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"),
            arguments: ["python3", "-c", Self.damaging, "\(copy)/journal.sqlite"])
        sqlite.waitUntilExit()
        let check = try site.run("journal", "verify", "--data", copy)
        #expect(
            check.code == 1 && check.text.contains("state is queued by the facts, stored is active"), "\(check.text)")
    }

    private static let damaging =
        "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); base.execute(\"UPDATE interaction SET state = 'active'\"); base.commit()"
}
