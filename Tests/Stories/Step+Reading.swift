import InteractionModel
import Routing

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
        if words.skip("supervisor") { return .supervisor(try supervisor(&words, remark: remark)) }
        if words.skip("vendor") {
            try words.must("returns")
            return .vendorReturns(try words.next("which contact"))
        }
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

    private static func supervisor(_ words: inout Words, remark: String?) throws(StoryError) -> SupervisorDeed {
        let verb = try words.next("what the supervisor does")
        switch verb {
        case "moves":
            let name = try words.next("which contact")
            try words.must("to")
            return .move(name, to: QueueName(try words.next("a queue")))
        case "assigns":
            let name = try words.next("which contact")
            try words.must("to")
            return .assign(name, to: AgentName(try words.next("an agent")))
        case "takes":
            let name = try words.next("which contact")
            try words.must("from", "its", "vendor")
            return .takeFromVendor(name)
        case "makes": return .setStatus(AgentName(try words.next("an agent")), try status(&words, remark: remark))
        case "signs":
            let agent = AgentName(try words.next("an agent"))
            try words.must("out")
            return .setStatus(agent, .signedOut)
        default: throw StoryError("a supervisor moves, assigns, takes, makes somebody available or signs out")
        }
    }

    private static func status(_ words: inout Words, remark: String?) throws(StoryError) -> AgentStatus {
        if words.skip("available") { return .available }
        try words.must("not", "ready")
        return .notReady(AgentStatus.Reason(remark ?? ""))
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
        "accepts", "accept", "rejects", "wraps", "closes", "requeues", "replies", "holds", "resumes", "transfers",
        "consults", "dismisses", "hands", "joins", "leaves", "escalates", "scores",
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
            case "in": contact.language = try words.next("a language")
            case "outbound", "callback": contact.direction = word == "callback" ? .callback : .outbound
            case "not": contact.notAgents = try words.list("agents").map { AgentName($0) }
            case "preferring": contact.preferred = AgentName(try words.next("an agent"))
            case "waiting-for-preferred": contact.preferredFor = try words.span("how long")
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
            return .status(try status(&words, remark: remark))
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
            let queue = words.skip("to") ? QueueName(try words.next("a queue")) : nil
            return .requeue(contact, to: queue, neverAgain: words.skip("never-again"))
        case "replies":
            try words.must("to")
            return .reply(try words.next("which contact"))
        default: return try conversationDeed(verb, &words)
        }
    }

    // MARK: Several agents in one conversation

    private static func conversationDeed(_ verb: String, _ words: inout Words) throws(StoryError) -> AgentDeed {
        switch verb {
        case "holds": return .hold(try words.next("which contact"))
        case "resumes": return .resume(try words.next("which contact"))
        case "transfers":
            let contact = try words.next("which contact")
            try words.must("to")
            let target = try target(&words)
            return .transfer(contact, target, neverAgain: words.skip("never-again"))
        case "consults":
            let target = try target(&words)
            try words.must("about")
            return .consult(try words.next("which contact"), target)
        case "dismisses":
            let agent = AgentName(try words.next("an agent"))
            try words.must("from")
            return .dismiss(agent, from: try words.next("which contact"))
        case "hands":
            let contact = try words.next("which contact")
            try words.must("over")
            return .handOver(contact, to: words.skip("to") ? AgentName(try words.next("an agent")) : nil)
        case "joins":
            try words.must("all", "in")
            return .conference(try words.next("which contact"))
        case "leaves": return .leave(try words.next("which contact"))
        case "escalates": return .escalate(try words.next("which contact"))
        case "scores":
            let score = try words.number("a score")
            try words.must("on")
            return .score(score, on: QueueName(try words.next("a queue")))
        default: throw StoryError("\"\(verb)\" is nothing that an agent does")
        }
    }

    /// `ben`, or `queue law`.
    private static func target(_ words: inout Words) throws(StoryError) -> AgentCommand.Target {
        if words.skip("queue") { return .queue(QueueName(try words.next("a queue"))) }
        return .agent(AgentName(try words.next("an agent, or queue and its name")))
    }
}
