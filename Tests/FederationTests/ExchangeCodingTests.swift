import Chance
import Federation
import InteractionModel
import JSON
import Testing

@Suite struct ExchangeCodingTests {
    private let berlin = SiteName("berlin")

    static let transfer = Transfer(
        contact: ContactID(SiteName("berlin"), 42),
        hops: [.init(site: SiteName("berlin"), at: Timestamp(milliseconds: 1_790_000_000_000))],
        channel: ChannelName("sms"), account: AccountName("main"), direction: .callback, language: "pt-BR",
        requirement: Requirement(
            queue: QueueName("orders"),
            skills: SkillSet([.init(SkillName("german"), level: 5), .init(SkillName("returns"))]),
            headStart: .seconds(60)),
        waited: .seconds(7), level: 2, cause: .person, notAfter: Timestamp(milliseconds: 1_790_000_600_000),
        content: Array(#"{"messages":[{"text":"Wo ist mein \"Paket\"?"}]}"#.utf8))

    static let messages: [PeerMessage] = {
        let contact = transfer.contact
        let text = Array(#"{"text":"Grüße"}"#.utf8)
        var bare = transfer
        bare.direction = .inbound
        bare.language = nil
        bare.requirement = Requirement(queue: QueueName("orders"))
        bare.level = 0
        bare.content = []
        return [
            .offer(transfer, .first.next), .offer(bare, CustodyEpoch(restoration: 3, count: 9)),
            .cancel(contact, .first.next), .closed(contact, .first, disposition: "sold"),
            .closed(contact, .first, disposition: nil), .customerWrote(contact, number: 7, content: text),
            .customerLeft(contact, cause: "hung up"),
            .agentWrote(contact, number: 8, agent: AgentName("ana"), content: text),
            .delivery(contact, number: 8, .failed, detail: "30003 unreachable"),
            .delivery(contact, number: 8, .read, detail: nil), .arrived(contact, .first.next),
        ]
    }()

    @Test("Every message comes out of a batch as it went in")
    func batch() throws {
        let batch = PeerBatch(from: berlin, incarnation: 5, messages: Self.messages)
        #expect(try PeerBatch(batch.bytes) == batch)
    }

    @Test("Every answer comes back as it was given")
    func reply() throws {
        let answers: [PeerAnswer] = [
            .taken, .refused(reason: "full"), .taken, .done, .later(reason: "no plan"), .elsewhere(SiteName("munich")),
            .ended, .done, .done, .later(reason: ""), .done,
        ]
        let reply = PeerAnswers(from: berlin, incarnation: 5, answers: answers)
        let batch = PeerBatch(from: SiteName("munich"), incarnation: 1, messages: Self.messages)
        #expect(try PeerAnswers(reply.bytes(to: batch), to: Self.messages) == reply)
    }

    @Test("An answer about another contact or another epoch is no answer")
    func mismatch() throws {
        let asked: [PeerMessage] = [.cancel(Self.transfer.contact, .first.next)]
        func reply(_ message: PeerMessage, _ answer: PeerAnswer) -> [UInt8] {
            PeerAnswers(from: berlin, incarnation: 1, answers: [answer])
                .bytes(to: PeerBatch(from: berlin, incarnation: 1, messages: [message]))
        }
        #expect(try PeerAnswers(reply(asked[0], .taken), to: asked).answers == [.taken])
        #expect(throws: JSONError.self) {
            try PeerAnswers(reply(.cancel(ContactID(berlin, 43), .first.next), .taken), to: asked)
        }
        #expect(throws: JSONError.self) {
            try PeerAnswers(reply(.cancel(Self.transfer.contact, .first), .taken), to: asked)
        }
        #expect(throws: JSONError.self) { try PeerAnswers(reply(asked[0], .taken), to: asked + asked) }
        #expect(throws: JSONError.self) { try PeerAnswers(reply(asked[0], .taken), to: []) }
    }

    @Test("A message of a later release is answered later, and those beside it are read")
    func laterRelease() throws {
        let text = #"""
            {"from":"berlin","incarnation":1,"mood":"good","messages":[
            {"type":"handshake","contact":"berlin-1","secret":[1,{"a":2}]},
            {"type":"cancel","contact":"berlin-2","epoch":4,"because":"of"},
            {"type":"delivery","contact":"berlin-2","number":4,"status":"laughed-at"},
            {"type":"cancel","contact":"berlin-03","epoch":4},
            {"type":"offer","contact":"berlin-3","epoch":4}]}
            """#
        let batch = try PeerBatch(Array(text.utf8))
        let readable: [PeerMessage?] = batch.entries.map { entry in
            if case .message(let message) = entry { message } else { nil }
        }
        #expect(readable == [nil, .cancel(ContactID(berlin, 2), CustodyEpoch(count: 4)), nil, nil, nil])
        let answers = Array(
            #"{"from":"x","incarnation":1,"answers":[{"type":"danced","contact":"berlin-2","epoch":4,"x":1}],"y":2}"#
                .utf8)
        let asked: [PeerMessage] = [.cancel(ContactID(berlin, 2), CustodyEpoch(count: 4))]
        #expect(
            try PeerAnswers(answers, to: asked).answers == [.later(reason: "an answer this release does not know")])
    }

    @Test("Text for people that is too long is cut between characters, not refused")
    func longText() throws {
        let reason = String(repeating: "ü", count: 700)
        let batch = PeerBatch(
            from: berlin, incarnation: 1, messages: [.closed(Self.transfer.contact, .first, disposition: reason)])
        guard case .message(.closed(_, _, let read)) = try PeerBatch(batch.bytes).entries[0] else {
            Issue.record("The message was not read.")
            return
        }
        #expect(read == String(repeating: "ü", count: 512))
    }

    @Test("A batch of more messages or bytes than agreed is refused whole")
    func bounds() throws {
        let many = PeerBatch(
            from: berlin, incarnation: 1,
            messages: Array(repeating: .cancel(Self.transfer.contact, .first), count: PeerBatch.messagesMax + 1))
        #expect(throws: JSONError.self) { try PeerBatch(many.bytes) }
        let wide = Array("\"".utf8) + Array(repeating: UInt8(ascii: "x"), count: PeerBounds.contentBytesMax) + [34]
        let large = PeerBatch(
            from: berlin, incarnation: 1,
            messages: [.customerWrote(Self.transfer.contact, number: 1, content: wide)])
        guard case .unreadable = try PeerBatch(large.bytes).entries[0] else {
            Issue.record("A message beyond the bound was read.")
            return
        }
        var tooLarge = many
        tooLarge.entries = Array(repeating: large.entries[0], count: 5)
        #expect(throws: JSONError.self) { try PeerBatch(tooLarge.bytes) }
    }

    @Test("Damaged texts neither trap nor become something else", arguments: [UInt64(1), 2, 3])
    func damage(seed: UInt64) {
        var dice = Dice(seed: seed)
        let good = PeerBatch(from: berlin, incarnation: 5, messages: Self.messages).bytes
        let asked = Self.messages
        let reply = PeerAnswers(from: berlin, incarnation: 1, answers: asked.map { _ in .taken })
            .bytes(to: PeerBatch(from: berlin, incarnation: 1, messages: asked))
        let summary = SummaryCodingTests.summary.bytes
        for _ in 0..<1_000 {
            if let read = try? PeerBatch(Self.damaged(good, &dice)) {
                #expect(read.entries.count <= PeerBatch.messagesMax)
                for case .message(let message) in read.entries {
                    #expect((try? PeerBatch(PeerBatch(from: berlin, incarnation: 1, messages: [message]).bytes)) != nil)
                }
            }
            if let read = try? PeerAnswers(Self.damaged(reply, &dice), to: asked) {
                #expect(read.answers.count == asked.count)
            }
            _ = try? SiteSummary(Self.damaged(summary, &dice))
            _ = try? PullHint(
                Self.damaged(PullHint(from: SiteName("munich"), queues: [.init(QueueName("orders"), 2)]).bytes, &dice))
        }
    }

    private static func damaged(_ text: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var text = text
        for _ in 0...dice.below(3) where !text.isEmpty {
            let place = dice.below(text.count)
            switch dice.below(4) {
            case 0: text[place] = UInt8(dice.below(256))
            case 1: text.remove(at: place)
            case 2: text.insert(dice.pick(Array("{}[],:\"\\-0e9".utf8)), at: place)
            default:
                let other = dice.below(text.count)
                text.replaceSubrange(place..<min(place + 8, text.count), with: text[other..<min(other + 8, text.count)])
            }
        }
        return text
    }
}

@Suite struct SummaryCodingTests {
    static let summary = SiteSummary(
        site: SiteName("munich"), incarnation: 2, sequence: 1 << 32 | 7, base: 1 << 32 | 6,
        madeAt: Timestamp(milliseconds: 1_790_000_000_123), isDraining: true,
        queues: [
            QueueSummary(queue: QueueName("orders"), staffed: 12, idle: 3),
            QueueSummary(
                queue: QueueName("returns"), isOpen: false, staffed: 1, idle: 0, waiting: 9, announced: 2, room: 91,
                handling: .seconds(240), expectedWait: .minutes(2)),
        ])

    @Test("A summary comes back as it was told")
    func roundTrip() throws {
        #expect(try SiteSummary(Self.summary.bytes) == Self.summary)
        let bare = SiteSummary(site: SiteName("munich"), incarnation: 0, sequence: 1, queues: [])
        #expect(try SiteSummary(bare.bytes) == bare)
    }

    @Test(
        "Numbers below nothing and names that are none are refused",
        arguments: [
            #""queue":"x","staffed":-1"#, #""queue":"a b""#, #""queue":"x","waiting":1e3"#,
            #""queue":"x","room":10000000000"#, #""queue":"x","open":1"#, #""staffed":1"#,
        ])
    func bounds(_ member: String) {
        let text = #"{"from":"x","incarnation":1,"sequence":1,"queues":[{\#(member)}]}"#
        #expect(throws: JSONError.self) { try SiteSummary(Array(text.utf8)) }
    }

    @Test("The largest summary that may be made can be read")
    func largest() throws {
        var summary = Self.summary
        summary.queues = (0..<Directory.queuesMax).map { number in
            let name = String(String("\(number)-" + String(repeating: "q", count: 64)).prefix(64))
            return QueueSummary(
                queue: QueueName(name), isOpen: false, staffed: 1_000_000_000, idle: 1_000_000_000,
                waiting: 1_000_000_000, announced: 1_000_000_000, room: 1_000_000_000, handling: .hours(24 * 365),
                expectedWait: .hours(24 * 365))
        }
        #expect(try SiteSummary(summary.bytes) == summary)
    }

    @Test("A hint names queues and how many are idle")
    func hint() throws {
        let hint = PullHint(
            from: SiteName("munich"), queues: [.init(QueueName("orders"), 2), .init(QueueName("returns"), 1)])
        #expect(try PullHint(hint.bytes) == hint)
        #expect(throws: JSONError.self) {
            try PullHint(Array(#"{"from":"x","queues":[{"queue":"orders","idle":0}]}"#.utf8))
        }
    }
}
