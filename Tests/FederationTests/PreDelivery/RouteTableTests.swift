import Chance
import Federation
import InteractionModel
import JSON
import Testing

@Suite("Places kept for calls that are on their way")
struct RouteTableTests {
    private let berlin = SiteName("berlin")

    private func answer(_ key: String, token: String? = nil, number: String? = nil, seconds: Int64 = 30) -> RouteAnswer
    {
        var answer = RouteAnswer(
            RouteQuestion(client: "carrier", key: key, channel: ChannelName("voice"), destination: "800", nonce: "n"),
            decision: .route, contextToken: token ?? "token-\(key)", expiresAt: moment(seconds), reason: "test")
        answer.site = berlin
        answer.queue = QueueName("support")
        answer.number = number
        answer.quarantine = .seconds(10)
        return answer
    }

    private func moment(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }
    private let pool = ["901", "902"]

    @Test("A number is not reserved again before its call came, or lapsed and was given up for good")
    func numbers() {
        var table = RouteTable()
        table.fold(.answered(answer("a", number: "901")), sequence: 1, at: moment(0))
        #expect(table.freeNumber(of: pool, at: moment(0)) == "902")
        table.fold(.answered(answer("b", number: "902")), sequence: 2, at: moment(1))
        #expect(table.freeNumber(of: pool, at: moment(29)) == nil)
        table.fold(.arrived(2, by: .number, isLate: false), sequence: 3, at: moment(5))
        #expect(table.freeNumber(of: pool, at: moment(5)) == "902")
        table.fold(.lapsed(1), sequence: 4, at: moment(30))
        #expect(table.freeNumber(of: ["901"], at: moment(39)) == nil)
        #expect(table.freeNumber(of: ["901"], at: moment(40)) == "901")
        #expect(table.freeNumber(of: pool, at: moment(40)) == "901", "its last use is longer ago")
    }

    @Test("A call is known by its token before its asker's name, and by that before the number it came in on")
    func recognition() {
        var table = RouteTable()
        table.fold(.answered(answer("a", token: "t", number: "901")), sequence: 1, at: moment(0))
        table.fold(.answered(answer("b", token: "u", number: "902")), sequence: 2, at: moment(0))
        func by(_ token: String?, _ externalID: String?, _ number: String?) -> Int64? {
            table.recognise(contextToken: token, externalID: externalID, dialledNumber: number)?.number
        }
        #expect(by("t", "b", "902") == 1)
        #expect(by("stranger", "b", "901") == 2)
        #expect(by(nil, nil, "901") == 1)
        #expect(by("x", "y", "800") == nil)
    }

    @Test("A reservation that lapsed is still recognised for a while, and then forgotten with all its names")
    func forgetting() {
        var table = RouteTable()
        table.fold(.answered(answer("a", number: "901")), sequence: 1, at: moment(0))
        #expect(table.announced(at: berlin, in: QueueName("support")) == 1)
        table.fold(.lapsed(1), sequence: 2, at: moment(30))
        #expect(table.announced(at: berlin, in: QueueName("support")) == 0)
        #expect(table.recognise(contextToken: "token-a", externalID: nil, dialledNumber: nil) != nil)
        table.fold(.answered(answer("b", seconds: 200)), sequence: 3, at: moment(90))
        #expect(table[1] == nil)
        #expect(table.recognise(contextToken: "token-a", externalID: "a", dialledNumber: "901") == nil)
        #expect(table.held == 1)
    }

    @Test("A second answer under a key takes the place of the first")
    func replaced() {
        var table = RouteTable()
        table.fold(.answered(answer("a", token: "t")), sequence: 1, at: moment(0))
        table.fold(.released(1, .triedAgain), sequence: 2, at: moment(1))
        table.fold(.answered(answer("a", token: "u")), sequence: 3, at: moment(1))
        #expect(table.newest(of: RouteKey(client: "carrier", key: "a"))?.number == 3)
        #expect(table[1] == nil && table.held == 1)
    }

    @Test("What is written down comes back the same, and goes on the same")
    func restored() throws {
        var dice = Dice(seed: 5)
        var table = RouteTable()
        var sequence: Int64 = 0
        for step in 0..<3_000 {
            sequence += 1
            let at = moment(Int64(step) / 4)
            var given = answer(
                "k\(dice.below(300))", token: "t\(step)", seconds: Int64(step) / 4 + 5 + Int64(dice.below(30)))
            given.number = table.freeNumber(of: pool, at: at)
            given.dealing = .init(
                account: "s/1", shares: [Share(berlin, 2), Share(SiteName("munich"), 1)], able: [berlin])
            if dice.below(4) == 0 { given.decision = .fallback }
            table.fold(.answered(given), sequence: sequence, at: at)
            let other = sequence - Int64(dice.below(40))
            guard let row = table[other], row.state == .held else { continue }
            sequence += 1
            table.fold(
                dice.below(2) == 0 ? .lapsed(other) : .arrived(other, by: .token, isLate: false), sequence: sequence,
                at: at)
        }
        var restored = RouteTable()
        let rows = try table.rows.map { number, row in (number, try RouteRow(read { row.write(to: &$0) })) }
        let accounts = try table.accounts.mapValues { account in try ShareAccount(read { account.write(to: &$0) }) }
        restored.restore(rows: rows, numbers: table.numbers, accounts: accounts)
        _ = table.takeChanges()
        #expect(restored.rows == table.rows && restored.accounts == table.accounts && restored.held == table.held)
        for step in 3_000..<3_400 {
            sequence += 1
            let at = moment(Int64(step) / 4)
            table.fold(.answered(answer("later\(step)", seconds: 2_000)), sequence: sequence, at: at)
            restored.fold(.answered(answer("later\(step)", seconds: 2_000)), sequence: sequence, at: at)
            #expect(restored.rows == table.rows)
            #expect(
                restored.announced(at: berlin, in: QueueName("support"))
                    == table.announced(at: berlin, in: QueueName("support")))
        }
    }

    @Test("An answer's fact comes back as it was written")
    func coding() throws {
        var full = answer("a", number: "901")
        full.externalID = "c-1"
        full.service = "sales"
        full.uri = "sip:800@127.0.0.1:5071"
        full.label = "L1"
        full.knownAge = .seconds(2)
        full.keptBy = .init(site: berlin, reservation: 17)
        full.tried = [SiteName("munich")]
        full.replaces = 3
        full.steps = [
            .init(number: 1, isClosed: true),
            .init(number: 2, dropped: [.init(SiteName("munich"), .tried), .init(SiteName("paris"), .behind(2))]),
        ]
        full.dealing = .init(account: "sales/2", shares: [Share(berlin, 60)], able: [berlin])
        let read = try read {
            $0.beginObject()
            full.writeMembers(to: &$0)
            $0.endObject()
        }
        #expect(try RouteAnswer(read) == full)
    }

    private func read(_ write: (inout JSONWriter) -> Void) throws -> JSONObject {
        var writer = JSONWriter()
        write(&writer)
        return try #require(try JSONValue.parse(writer.bytes).objectValue)
    }

    @Test(
        "An address that was tried is recognised however it is written",
        arguments: [
            ("sip:800@127.0.0.1:5071", "127.0.0.1:5071"), ("sip:800@Site.Example;transport=udp", "site.example:5060"),
            ("sips:800@site.example", "site.example:5061"), ("sip:site.example:99", "site.example:99"),
            ("sip:800@[::1]:5071", "[::1]:5071"), ("sip:800@[::1]", "[::1]:5060"), ("tel:+4930", nil), ("sip:", nil),
        ] as [(String, String?)])
    func addresses(uri: String, expected: String?) {
        #expect(RouteAddress.hostPort(of: uri) == expected)
    }

    @Test("A stranger's words cannot leave the user part of an address")
    func filling() {
        func fill(_ dialled: String) -> String {
            RouteAddress.fill("sip:{dnis}@h;x={token}{y}", dialled: dialled, number: nil, contextToken: "b.1")
        }
        #expect(fill("+49 30") == "sip:+49%2030@h;x=b.1{y}")
        #expect(fill("8@evil>\r\n") == "sip:8%40evil%3E%0D%0A@h;x=b.1{y}")
    }
}
