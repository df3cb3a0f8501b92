import Testing

@testable import interflow

/// The desk as a value: what the site says and the agent types, and exactly what follows.
@Suite struct AgentDeskTests {
    private static let now: Int64 = 1_000_000

    private func words(_ text: String, from: String = "+49151") -> String {
        #"{"from":"\#(from)","to":"+4930","text":"\#(text)"}"#
    }

    private func event(_ sequence: Int64, _ name: String, _ interaction: Int64, _ more: String = "") -> String {
        #"{"type":"event","seq":\#(sequence),"at":\#(Self.now),"event":"\#(name)","interaction":\#(interaction)\#(more)}"#
    }

    private func welcome(_ sequence: Int64, resumed: Bool = false, _ more: String = #","contacts":[]"#) -> String {
        #"{"type":"welcome","version":1,"site":"demo","agent":"ana","seq":\#(sequence),"resumed":\#(resumed),"status":"available"\#(more)}"#
    }

    private func take(_ desk: inout AgentDesk, _ texts: String...) -> [DeskEffect] {
        texts.flatMap { desk.take(SiteMessage($0), now: Self.now) }
    }

    /// Signed in, with conversation 1 (#5) open and the sign-in answered.
    private func working() -> AgentDesk {
        var desk = AgentDesk(agent: "ana", prefix: "c")
        _ = take(
            &desk, welcome(4), #"{"type":"result","id":"c-1","ok":true}"#, event(6, "offer", 5, offer()))
        _ = desk.perform(.accept, now: Self.now)
        _ = take(
            &desk, event(7, "accepted", 5, #","offer":6,"messages":[]"#), #"{"type":"result","id":"c-2","ok":true}"#)
        return desk
    }

    private func offer() -> String {
        #","offer":6,"until":\#(Self.now + 20_000),"channel":"sms","queue":"support","waited":3000,"content":\#(words("Hallo"))"#
    }

    private func shown(_ effects: [DeskEffect]) -> [String] {
        effects.flatMap { effect -> [String] in if case .show(let line) = effect { line.lines } else { [] } }
    }

    private func sent(_ effects: [DeskEffect]) -> [String] {
        effects.compactMap { if case .send(let text) = $0 { text } else { nil } }
    }

    @Test("An offer says who, what, for which queue and how long; accepting it opens the conversation")
    func offerAndAccept() {
        var desk = AgentDesk(agent: "ana", prefix: "c")
        #expect(sent(take(&desk, welcome(4))) == [#"{"id":"c-1","type":"status","status":"available"}"#])
        let offered = take(&desk, event(6, "offer", 5, offer()))
        #expect(
            shown(offered) == ["offer #5: sms from +49151 for support, waited 3 s; 20 s to answer", "    Hallo"])
        #expect(offered.contains(.ring))
        #expect(desk.offerToAnswer(at: Self.now + 249) == nil)
        #expect(desk.offerToAnswer(at: Self.now + 250)?.number == 6)
        #expect(sent(desk.perform(.accept, now: Self.now)) == [#"{"id":"c-2","type":"accept","offer":6}"#])
        #expect(desk.openOffer == nil)
        let accepted = take(
            &desk,
            event(
                7, "accepted", 5,
                #","offer":6,"messages":[{"seq":5,"from":"+49151","to":"+4930","text":"Hallo"},{"seq":6,"from":"+49151","to":"+4930","text":"Noch da?"}]"#
            ))
        #expect(shown(accepted) == ["1 +49151 is yours (#5, support)", "1 +49151: Noch da?"])
        #expect(desk.current == 5)
    }

    @Test(
        "Hold and colleagues are one line each",
        arguments: [
            ("/hold", #""type":"hold","interaction":5"#), ("/resume", #""type":"resume","interaction":5"#),
            ("/transfer law", #""type":"transfer","interaction":5,"queue":"law""#),
            ("/transfer @ben", #""type":"transfer","interaction":5,"agent":"ben""#),
            ("/consult @ben", #""type":"consult","interaction":5,"agent":"ben""#),
            ("/complete", #""type":"complete","interaction":5"#),
            ("/complete @ben", #""type":"complete","interaction":5,"agent":"ben""#),
            ("/conference", #""type":"conference","interaction":5"#),
            ("/dismiss @ben", #""type":"dismiss","interaction":5,"agent":"ben""#),
            ("/leave", #""type":"leave","interaction":5"#), ("/escalate", #""type":"escalate","interaction":5"#),
            ("/status lunch", #""type":"status","status":"not-ready","reason":"lunch""#),
        ])
    func conversationCommands(line: String, members: String) {
        var desk = working()
        let effects = desk.perform(DeskCommand(line: line, isOffered: false), now: Self.now)
        #expect(sent(effects) == [#"{"id":"c-3",\#(members)}"#])
    }

    @Test("A command that needs somebody says so and sends nothing", arguments: ["/transfer", "/consult", "/dismiss"])
    func conversationCommandsNeedSomebody(line: String) {
        var desk = working()
        let effects = desk.perform(DeskCommand(line: line, isOffered: false), now: Self.now)
        #expect(sent(effects) == [])
        #expect(shown(effects).first?.contains("needs") == true)
    }

    @Test("A colleague's invitation is answered like an offer, and its end closes the conversation")
    func invitation() {
        var desk = AgentDesk(agent: "ana", prefix: "c")
        _ = take(&desk, welcome(4))
        let asked = take(&desk, event(6, "invitation", 5, offer() + #","by":"ben""#))
        #expect(shown(asked).first == "ben asks you into #5")
        #expect(sent(desk.perform(.accept, now: Self.now)) == [#"{"id":"c-2","type":"accept","offer":6}"#])
        _ = take(
            &desk, event(7, "invitation-ended", 5, #","offer":6,"agent":"ana","outcome":"accepted","messages":[]"#))
        #expect(desk.current == 5)
        let joined = take(&desk, event(8, "joined", 5, #","agent":"ana""#))
        #expect(shown(joined) == ["1: ana speaks with the customer too"])
        let yours = take(&desk, event(9, "transferred", 5, #","from":"ben","to":"ana","reason":"left""#))
        #expect(shown(yours) == ["1: yours now, ben is out"])
        let out = take(&desk, event(10, "left", 5, #","agent":"ana","reason":"closed""#))
        #expect(shown(out) == ["1: you are out (closed)"])
        #expect(desk.current == nil)
    }

    @Test("Who asked a colleague in hears what became of it")
    func invited() {
        var desk = working()
        let told = take(
            &desk, event(8, "invited", 5, #","agent":"ben","until":1"#),
            event(9, "invitation-ended", 5, #","offer":8,"agent":"ben","outcome":"rejected","reason":"busy""#),
            event(10, "held", 5, #","until":1"#), event(11, "resumed", 5, #","reason":"limit""#),
            event(12, "transferred", 5, #","from":"ana","to":"ben","reason":"transfer""#))
        #expect(
            shown(told) == [
                "1: ben is asked in", "1: ben is not: rejected: busy",
                "1: the customer is on hold; /resume brings them back",
                "1: the customer is back: held long enough", "1: ben's now, ana is out",
            ])
        #expect(desk.current == nil)
    }

    @Test("A reply not yet answered is sent again under its identifier after a broken connection, and shown once")
    func resending() {
        var desk = working()
        let first = sent(desk.perform(.reply("Guten Tag"), now: Self.now))
        #expect(first == [#"{"id":"c-3","type":"reply","interaction":5,"text":"Guten Tag"}"#])
        _ = desk.lost("cut", againAt: Self.now + 300, now: Self.now)
        #expect(sent(desk.perform(.reply("Und noch etwas"), now: Self.now)) == [])
        #expect(desk.lastSequence == 7)
        let back = take(&desk, welcome(9, resumed: true, ""))
        #expect(sent(back) == first + [#"{"id":"c-4","type":"reply","interaction":5,"text":"Und noch etwas"}"#])
        let missed = take(
            &desk, event(8, "reply", 5, #","message":8,"content":\#(words("Guten Tag", from: "+4930"))"#),
            #"{"type":"result","id":"c-3","ok":true}"#)
        #expect(shown(missed) == [] && desk.requests.map(\.id) == ["c-4"])
    }

    @Test("An event that is told again is not taken again")
    func repeatedEvent() {
        var desk = working()
        let message = event(8, "message", 5, #","content":\#(words("Ja"))"#)
        #expect(shown(take(&desk, message)) == ["1 +49151: Ja"])
        let before = desk
        #expect(take(&desk, message) == [] && desk == before)
    }

    @Test("A repeated close that finds the interaction closed is no error; one that was never done is")
    func repeatedClose() {
        var desk = working()
        _ = desk.perform(.done(disposition: "solved"), now: Self.now)
        _ = desk.lost("cut", againAt: Self.now, now: Self.now)
        _ = take(&desk, welcome(9, resumed: true, ""), event(8, "closed", 5, #","disposition":"solved","by":"ana""#))
        let refusal = #"{"type":"result","id":"c-3","ok":false,"code":"unknown-interaction","detail":"not open"}"#
        #expect(take(&desk, refusal) == [])
        var other = working()
        _ = other.perform(.done(disposition: "x"), now: Self.now)
        #expect(shown(take(&other, refusal)) == ["not done: not open"])
    }

    @Test("A site without room is asked again later, under the same identifier")
    func temporaryRefusal() {
        var desk = working()
        let request = sent(desk.perform(.reply("Hallo"), now: Self.now))
        _ = take(&desk, #"{"type":"result","id":"c-3","ok":false,"code":"overloaded","detail":"too much waits"}"#)
        #expect(desk.passTime(Self.now + 1999) == [])
        #expect(sent(desk.passTime(Self.now + 2000)) == request)
        #expect(desk.passTime(Self.now + 9000) == [])
    }

    @Test("When a conversation ends the next line goes to nobody, and stays in the editor")
    func endedConversation() {
        var desk = working()
        let ended = take(&desk, event(8, "taken-back", 5, #","reason":"inactive""#))
        #expect(shown(ended) == ["1 +49151: taken back: inactive"])
        let typed = desk.perform(.reply("Hallo"), now: Self.now)
        #expect(typed.contains(.keepLine) && sent(typed) == [])
    }

    @Test("A customer who opted out is not written to")
    func optedOut() {
        var desk = working()
        _ = take(&desk, event(8, "message", 5, #","optedOut":true,"content":\#(words("STOP"))"#))
        #expect(shown(desk.perform(.reply("Schade"), now: Self.now)) == ["1 opted out, so nothing can be sent"])
        _ = take(&desk, event(9, "message", 5, #","optedOut":false,"content":\#(words("START"))"#))
        #expect(sent(desk.perform(.reply("Hallo"), now: Self.now)).count == 1)
    }

    @Test("The whole state after a restart shows only what is new, and says what is gone")
    func wholeState() {
        var desk = working()
        _ = desk.lost("cut", againAt: Self.now, now: Self.now)
        let contact = { (number: Int64, state: String, text: String) in
            #"{"interaction":\#(number),"state":"\#(state)","until":\#(Self.now + 60_000),"channel":"sms","queue":"support","content":\#(self.words("Hallo")),"messages":[{"seq":5,"from":"+49151","to":"+4930","text":"Hallo"},{"seq":12,"from":"+49151","to":"+4930","text":"\#(text)"}]}"#
        }
        var same = desk
        let kept = take(&same, welcome(20, #","contacts":[\#(contact(5, "wrapping", "Danke"))]"#))
        #expect(shown(kept).last == "1 +49151: Danke" && shown(kept).count == 2)
        #expect(same.conversation(5)?.wrapUpUntil == Self.now + 60_000)
        let gone = take(&desk, welcome(20))
        #expect(shown(gone).last == "1 +49151 (#5) is no longer yours" && desk.conversations == [])
    }

    @Test("Delivery is told by the reply's beginning and never goes back")
    func delivery() {
        var desk = working()
        _ = desk.perform(.reply("Guten Tag"), now: Self.now)
        let told = take(
            &desk, event(8, "reply", 5, #","message":8,"content":\#(words("Guten Tag", from: "+4930"))"#),
            event(9, "delivery", 5, #","message":8,"status":"delivered","reason":"delivered""#),
            event(10, "delivery", 5, #","message":8,"status":"sent""#))
        #expect(shown(told) == ["1   delivered: “Guten Tag”"])
    }

    @Test("Leaving asks the site first, and a second time goes all the same")
    func leaving() {
        var desk = working()
        #expect(sent(desk.perform(.out, now: Self.now)).count == 1)
        let refused = take(
            &desk,
            #"{"type":"result","id":"c-3","ok":false,"code":"holds-contacts","detail":"1 contacts are still yours"}"#)
        #expect(shown(refused).first == "not done: 1 contacts are still yours")
        #expect(
            desk.perform(.out, now: Self.now) == [
                .leave(.ok, "left without signing out; the site gives your contacts to others after a while")
            ])
        var other = working()
        _ = other.perform(.out, now: Self.now)
        #expect(take(&other, #"{"type":"result","id":"c-3","ok":true}"#) == [.leave(.ok, "signed out")])
    }

    @Test("Nothing a customer writes is obeyed by the terminal")
    func hostileText() {
        var desk = working()
        let effects = take(&desk, event(8, "message", 5, #","content":\#(words("a\\u001b[2Jb\\n\\u202ec\\u009b1md"))"#))
        #expect(shown(effects) == ["1 +49151: a[2Jb", "    c1md"])
    }

    @Test("The view counts the offer down, marks what is unread, and fits the screen")
    func view() {
        var desk = working()
        _ = take(&desk, event(8, "offer", 7, offer()))
        let editor = LineEditor()
        let view = DeskView(desk, editor, now: Self.now + 5_000, columns: 80)
        #expect(
            view.rows.map(\.text) == [
                "▸ offer #7  sms  +49151  support  15 s   [a] accept  [r] reject", "ana · available │ [1 +49151]",
            ])
        #expect(view.prompt == "1 +49151> " && view.column == 10)
        for columns in [1, 30, 50] {
            let narrow = DeskView(desk, editor, now: Self.now, columns: columns)
            #expect(narrow.rows.allSatisfy { TextWidth.of($0.text) < max(21, columns) })
        }
        _ = desk.lost("cut", againAt: Self.now + 3000, now: Self.now)
        #expect(DeskView(desk, editor, now: Self.now, columns: 80).rows.last?.text.contains("again in 3 s") == true)
    }

    private static let lines: [(String, Bool, DeskCommand)] = [
        ("Hallo", false, .reply("Hallo")), ("accept", false, .reply("accept")), ("accept", true, .accept),
        ("", true, .accept), (" ", false, .nothing), ("reject too busy", true, .reject(reason: "too busy")),
        ("/2", false, .use(2)), ("/use #42", false, .use(42)), ("/done solved", false, .done(disposition: "solved")),
        ("/done", true, .done(disposition: nil)), ("/requeue billing", false, .requeue(queue: "billing")),
        ("/break lunch", false, .rest(reason: "lunch")), ("//path", false, .reply("/path")),
        ("/redy", false, .unknown("redy", nearest: "ready")), ("/", false, .unknown("", nearest: nil)),
    ]

    @Test("A line means one thing", arguments: lines)
    func commands(line: String, isOffered: Bool, command: DeskCommand) {
        #expect(DeskCommand(line: line, isOffered: isOffered) == command)
    }
}
