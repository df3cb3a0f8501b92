import InteractionModel
import Testing

@testable import Routing

/// Messages to customers: in order, until taken or given up; and the right not to be written to.
@Suite struct MessageStories {
    /// Ana has carl's contact; the moment is 0.
    static func talking() -> (Office, InteractionID) {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        return (office, id)
    }

    static func queued(by author: MessageQueued.Author = .agent("ana"), at moment: Int64 = 0) -> Fact {
        .messageQueued(
            MessageQueued(
                author: author, channel: Office.sms, account: AccountName("main"), party: "carl",
                giveUpAt: at(moment + 86_400), activeUntil: author == .compliance ? nil : at(moment + 43_200)))
    }

    @Test("Messages of one interaction are sent one after another, in the order they were written")
    func inOrder() {
        var (office, id) = Self.talking()
        let first = office.replies("ana", to: id)
        #expect(office.facts == [Self.queued(), .sendStarted(first, attempt: 1, until: at(120))])
        let second = office.replies("ana", to: id)
        #expect(office.facts == [Self.queued()])
        let third = office.replies("ana", to: id)
        office.happens(.sendEnded(first, attempt: 1, .sent(providerID: "SM1")))
        #expect(
            office.facts == [
                .messageSent(first, providerID: "SM1", until: at(259_200)),
                .sendStarted(second, attempt: 1, until: at(120)),
            ])
        office.happens(.sendEnded(second, attempt: 1, .never(reason: "21211")))
        #expect(
            office.facts == [.messageFailed(second, reason: "21211"), .sendStarted(third, attempt: 1, until: at(120))])
    }

    @Test("A refused attempt is repeated after 5 s, doubling to 15 min, and given up after 24 h")
    func retrySchedule() {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        var pauses: [Int64] = []
        while let sending = office.state.messages[message], pauses.count < 200 {
            office.happens(.sendEnded(message, attempt: sending.attempts, .again(after: nil, reason: "503")))
            guard case .sendPostponed(_, _, let until)? = office.facts.first else { break }
            pauses.append(until.since(office.now).milliseconds / 1000)
            office.secondsPass(pauses.last!)
            #expect(office.recorded.contains { $0.fact.type == "message.attempt" })
        }
        #expect(pauses.prefix(10) == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900])
        #expect(pauses.dropFirst(8).allSatisfy { $0 == 900 })
        #expect(office.facts == [.messageFailed(message, reason: "gave up: 503")])
        #expect(office.now > at(86_400 - 900) && office.now < at(86_400))
    }

    @Test(
        "The provider's wish to wait longer wins, and a wish beyond the time there is gives up",
        arguments: [60, 90_000])
    func providerAsksToWait(wish: Int64) {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        office.happens(.sendEnded(message, attempt: 1, .again(after: .seconds(wish), reason: "429")))
        let expected: [Fact] =
            wish == 60
            ? [.sendPostponed(message, reason: "429", until: at(60))]
            : [.messageFailed(message, reason: "gave up: 429")]
        #expect(office.facts == expected)
    }

    @Test("A message that waits behind another is given up at its own time")
    func behindAnother() {
        var (office, id) = Self.talking()
        let first = office.replies("ana", to: id)
        office.happens(.sendEnded(first, attempt: 1, .again(after: .seconds(80_000), reason: "down")))
        let second = office.replies("ana", to: id)
        #expect(office.facts == [Self.queued()])
        office.secondsPass(80_000)
        office.happens(.sendEnded(first, attempt: 2, .again(after: nil, reason: "down")))
        office.secondsPass(6400)
        #expect(office.state.messages[second] == nil)
        #expect(office.state.unsent == 0)
    }

    @Test("After a restart an uncertain message is sent again, under the same number")
    func restart() {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        office.happens(.siteStarted(epoch: 2, release: "test", wallOffset: .zero))
        #expect(office.facts.last == .sendPostponed(message, reason: "the router restarted", until: at(0)))
        office.happens(.timePassed)
        #expect(office.facts == [.sendStarted(message, attempt: 2, until: at(120))])
        office.happens(.sendEnded(message, attempt: 1, .never(reason: "late")))
        #expect(office.facts == [], "an older attempt's failure is not this one's")
        office.happens(.sendEnded(message, attempt: 1, .sent(providerID: "SM1")))
        #expect(office.facts == [.messageSent(message, providerID: "SM1", until: at(259_200))])
    }

    @Test("A channel that says nothing for two minutes is asked again")
    func noWord() {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        office.secondsPass(120)
        #expect(office.facts == [.sendPostponed(message, reason: "no word from the channel", until: at(125))])
        office.secondsPass(5)
        #expect(office.facts == [.sendStarted(message, attempt: 2, until: at(245))])
    }

    @Test("A report on an uncertain message proves it was sent: it is not sent again")
    func provenByReport() throws {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        office.secondsPass(120)
        let key = office.key()
        office.happens(.delivery(DeliveryReport(key: key, message: message, status: .delivered), repeated: false))
        #expect(
            office.facts == [
                .messageSent(message, providerID: "", until: at(120 + 259_200)),
                .deliveryReported(message, .delivered, detail: nil),
            ])
        office.secondsPass(5)
        #expect(office.facts == [])
        office.happens(.sendEnded(message, attempt: 1, .sent(providerID: "SM1")))
        #expect(office.facts == [.messageSent(message, providerID: "SM1", until: at(120 + 259_200))])
        #expect(office.state.messages[message]?.state == .sent(providerID: "SM1", .delivered))
    }

    @Test("Reports may come in any order: the furthest stands, and after the last word a message is forgotten")
    func reports() {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        office.happens(.sendEnded(message, attempt: 1, .sent(providerID: "SM1")))
        for status in [DeliveryStatus.read, .delivered, .sent] {
            let key = office.key()
            office.happens(.delivery(DeliveryReport(key: key, message: message, status: status), repeated: false))
            #expect(office.answer == .noted)
            #expect(office.facts == [.deliveryReported(message, status, detail: nil)])
            #expect(office.state.messages[message]?.state == .sent(providerID: "SM1", .read))
        }
        office.secondsPass(259_200)
        #expect(office.facts.contains(.messageSettled(message)))
        let late = DeliveryReport(key: office.key(), message: message, status: .failed)
        office.happens(.delivery(late, repeated: false))
        #expect(office.answer == .refused(.unknownMessage(message)))
        office.happens(.delivery(late, repeated: true))
        #expect(office.answer == .repeated(nil))
    }

    @Test("After an opt-out a reply is refused, what was queued is not sent, and the answer the law wants is")
    func optOut() {
        var (office, id) = Self.talking()
        let sending = office.replies("ana", to: id)
        let waiting = office.replies("ana", to: id)
        office.writes("carl", .optOut(keyword: "STOP"), answered: true)
        #expect(office.answer == .noted)
        #expect(
            office.facts == [
                .optedOut("carl", Office.sms, keyword: "STOP"),
                .messageFailed(waiting, reason: "the person opted out before it was sent"),
                Self.queued(by: .compliance),
            ])
        let answer = MessageID(office.state.lastSequence)
        office.replies("ana", to: id)
        #expect(office.answer == .refused(.suppressed(Office.sms)))
        office.happens(.sendEnded(sending, attempt: 1, .sent(providerID: "SM1")))
        #expect(office.facts.last == .sendStarted(answer, attempt: 1, until: at(120)))
    }

    @Test("A message to be tried again is not, once its person has opted out; the answer does not wait for it")
    func optOutBetweenAttempts() {
        var (office, id) = Self.talking()
        let message = office.replies("ana", to: id)
        office.happens(.sendEnded(message, attempt: 1, .again(after: .seconds(900), reason: "503")))
        office.writes("carl", .optOut(keyword: "STOP"), answered: true)
        let answer = MessageID(office.state.lastSequence - 1)
        #expect(
            office.facts == [
                .optedOut("carl", Office.sms, keyword: "STOP"),
                .messageFailed(message, reason: "the person opted out before it was sent"),
                Self.queued(by: .compliance), .sendStarted(answer, attempt: 1, until: at(120)),
            ])
    }

    @Test("An opt-in opens the channel again, and only that channel was ever closed")
    func optIn() {
        var (office, id) = Self.talking()
        office.writes("carl", .optOut(keyword: "STOP"), on: "chat")
        #expect(office.replies("ana", to: id) != MessageID(-1), "the interaction is on another channel")
        office.writes("carl", .optOut(keyword: "STOP"))
        #expect(office.facts == [.optedOut("carl", Office.sms, keyword: "STOP")], "nobody asked for an answer")
        office.replies("ana", to: id)
        #expect(office.answer == .refused(.suppressed(Office.sms)))
        office.writes("carl", .optIn(keyword: "START"))
        #expect(office.facts == [.optedIn("carl", Office.sms, keyword: "START")])
        #expect(office.replies("ana", to: id) != MessageID(-1))
    }

    @Test("A provider's word that the person opted out there is taken as one")
    func providerKnowsOptOut() {
        var (office, id) = Self.talking()
        let first = office.replies("ana", to: id)
        let second = office.replies("ana", to: id)
        office.happens(.sendEnded(first, attempt: 1, .optedOut(reason: "21610")))
        #expect(
            office.facts == [
                .optedOut("carl", Office.sms, keyword: "provider"),
                .messageFailed(second, reason: "the person opted out before it was sent"),
                .messageFailed(first, reason: "21610"),
            ])
    }

    @Test("A keyword from a stranger is answered and never routed", arguments: ["STOP", "HELP"])
    func strangersKeyword(keyword: String) {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let isStop = keyword == "STOP"
        office.writes("carl", isStop ? .optOut(keyword: keyword) : .help(keyword: keyword), answered: true)
        let first: Fact =
            isStop
            ? .optedOut("carl", Office.sms, keyword: keyword) : .helpAsked("carl", Office.sms, keyword: keyword)
        let answer = MessageID(office.state.lastSequence - 1)
        #expect(
            office.facts == [
                first, Self.queued(by: .compliance), .sendStarted(answer, attempt: 1, until: at(120)),
            ])
        #expect(office.state.interactions.isEmpty)
    }

    @Test("Ten thousand unsent messages dropped by one opt-out do not exhaust the stack")
    func longOutbox() {
        var (office, id) = Self.talking()
        let first = office.replies("ana", to: id)
        for _ in 0..<9_999 { office.replies("ana", to: id) }
        office.replies("ana", to: id)
        #expect(office.answer == .refused(.outboxFull(10_000)))
        office.writes("carl", .optOut(keyword: "STOP"))
        #expect(office.facts.count == 10_000)
        #expect(office.state.interactions[id]?.outbox == [first])
    }

    @Test("A repeated key makes nothing new (Chatwoot 11901)")
    func repeated() {
        var (office, id) = Self.talking()
        var contact = InboundContact(
            key: office.key(), channel: Office.sms, account: AccountName("main"), party: "carl", thread: "carl",
            destination: "+4930")
        contact.earlier = EarlierContact(interaction: id)
        office.happens(.contact(contact))
        #expect(office.answer == .repeated(id))
        #expect(office.facts == [])
        office.says("ana", .reply(id, key: office.key(), repeated: true))
        #expect(office.answer == .repeated(id))
        #expect(office.facts == [])
    }
}
