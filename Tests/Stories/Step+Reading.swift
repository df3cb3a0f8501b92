import InteractionModel

extension Step {
    /// Reads `at 0:10 carl texts for law → #1`; `block` holds the lines indented under it.
    init(_ text: String, block: [NumberedLine], clock: StoryClock) throws(StoryError) {
        let (sentence, names) = Self.names(in: text)
        let (said, remark) = Self.remark(in: sentence)
        var words = Words(said)
        if words.skip("at") { at = try clock.moment(&words) }
        if words.first == "plan" {
            _ = try words.next("plan")
            deed = .plan(try words.next("the plan's name"), block)
        } else if words.first == "time" {
            try words.must("time", "passes", "to")
            at = try clock.moment(&words)
            deed = .timePasses
        } else if words.first == "the" {
            deed = try Self.event(&words, remark: remark)
        } else {
            deed = try Self.doing(&words, remark: remark, names: names)
        }
        try words.end()
        if !block.isEmpty, case .plan = deed {
        } else if !block.isEmpty {
            throw StoryError("only a plan has lines indented under it")
        }
    }

    /// Splits off `→ #1, #2`.
    private static func names(in text: String) -> (String, [String]) {
        guard let arrow = text.firstIndex(of: "→") else { return (text, []) }
        let names = text[text.index(after: arrow)...].split { $0 == " " || $0 == "," }.map(String.init)
        return (String(text[..<arrow]), names)
    }

    /// Splits off what stands after a colon at a word's end.
    private static func remark(in text: String) -> (String, String?) {
        var words = text.split(separator: " ").map(String.init)
        guard let place = words.firstIndex(where: { $0.hasSuffix(":") }) else { return (text, nil) }
        words[place].removeLast()
        let remark = words[(place + 1)...].joined(separator: " ")
        return (words[...place].joined(separator: " "), remark.isEmpty ? nil : remark)
    }

    private static func event(_ words: inout Words, remark: String?) throws(StoryError) -> Deed {
        try words.must("the")
        if words.skip("provider") { return try provider(&words, remark: remark) }
        if words.skip("router") {
            try words.must("restarts")
            return .routerRestarts
        }
        try words.must("wall", "clock", "moves")
        let word = try words.next("how far")
        let span = try TimeText.span(String(word.drop { $0 == "+" || $0 == "-" }))
        return .wallClockMoves(word.hasPrefix("-") ? span.negated : span)
    }

    private static func provider(_ words: inout Words, remark: String?) throws(StoryError) -> Deed {
        let verb = try words.next("what the provider does")
        try words.must("the", "message", "of")
        let name = try words.next("which contact")
        switch verb {
        case "takes": return .provider(.takes, of: name)
        case "postpones": return .provider(.wantsLater(remark ?? "busy"), of: name)
        case "refuses": return .provider(.refuses(remark ?? "refused"), of: name)
        case "delivers": return .provider(.delivers, of: name)
        default: throw StoryError("the provider takes, postpones, refuses or delivers a message")
        }
    }

    // MARK: Who does what

    private static func doing(
        _ words: inout Words, remark: String?, names: [String]
    ) throws(StoryError) -> Deed {
        var who: [String] = []
        while let word = words.first, !verbs.contains(word) {
            _ = try words.next("somebody")
            if word != "and" { who.append(String(word.filter { $0 != "," })) }
        }
        guard !who.isEmpty, !words.isEmpty else {
            throw StoryError("nobody does anything that a story knows; see the steps in Tests/Stories/README.md")
        }
        let verb = try words.next("what happens")
        if let channel = channels[verb] {
            return .contact(from: who, try contact(on: channel, &words), names: names)
        }
        switch verb {
        case "says": return .keyword(from: who, try keyword(&words))
        case "hangs", "gives":
            try words.must("up")
            let contact = try words.next("which contact")
            return .customerLeaves(contact, cause: remark ?? (verb == "hangs" ? "hung up" : "gave up"))
        default: return .agents(who.map { AgentName($0) }, try agentDeed(verb, &words, remark: remark))
        }
    }

    private static let channels = [
        "texts": "sms", "text": "sms", "calls": "voice", "call": "voice", "chats": "chat", "chat": "chat",
        "mails": "email", "mail": "email",
    ]

    private static let verbs: Set<String> = Set(channels.keys).union([
        "says", "hangs", "gives", "signs", "sign", "connects", "connect", "reconnects", "reconnect", "loses", "lose",
        "is", "are",
        "accepts", "accept", "rejects", "wraps", "closes", "requeues", "replies",
    ])

    private static func contact(on channel: String, _ words: inout Words) throws(StoryError) -> ContactWords {
        var contact = ContactWords(channel: ChannelName(channel))
        while !words.isEmpty {
            let word = try words.next("how")
            switch word {
            case "for": contact.queue = QueueName(try words.next("a queue"))
            case "to": contact.destination = try words.next("an address")
            case "needing": contact.skills = try words.skills("skills")
            case "head-start": contact.headStart = try words.span("the head start")
            case "key": contact.key = try words.next("a key")
            default: throw StoryError("\"\(word)\" is not understood of a contact")
            }
        }
        return contact
    }

    private static func keyword(_ words: inout Words) throws(StoryError) -> ContactEvent.Kind {
        let word = try words.next("a keyword")
        switch word {
        case "STOP": return .optOut(keyword: word)
        case "START": return .optIn(keyword: word)
        case "HELP": return .help(keyword: word)
        default: throw StoryError("\"\(word)\" is no keyword; STOP, START and HELP are")
        }
    }

    private static func agentDeed(
        _ verb: String, _ words: inout Words, remark: String?
    ) throws(StoryError) -> AgentDeed {
        switch verb {
        case "signs", "sign":
            if words.skip("in") { return .signIn }
            try words.must("out")
            return .status(.signedOut)
        case "connects", "connect", "reconnects", "reconnect": return .connect
        case "loses", "lose":
            try words.must("connection")
            return .loseConnection
        case "is", "are":
            if words.skip("available") { return .status(.available) }
            try words.must("not", "ready")
            return .status(.notReady(AgentStatus.Reason(remark ?? "")))
        case "accepts", "accept": return .accept(try words.next("which contact"))
        case "rejects": return .reject(try words.next("which contact"), reason: remark)
        case "wraps":
            try words.must("up")
            return .wrapUp(try words.next("which contact"))
        case "closes":
            let contact = try words.next("which contact")
            return .close(contact, disposition: words.skip("as") ? try words.next("a disposition") : nil)
        case "requeues":
            let contact = try words.next("which contact")
            return .requeue(contact, to: words.skip("to") ? QueueName(try words.next("a queue")) : nil)
        case "replies":
            try words.must("to")
            return .reply(try words.next("which contact"))
        default: throw StoryError("\"\(verb)\" is nothing that an agent does")
        }
    }
}
