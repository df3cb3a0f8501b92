/// What an agent can say to the desk: a line typed, read into what it means.
enum DeskCommand: Equatable, Sendable {
    case reply(String)
    case accept
    case reject(reason: String?)
    case use(Int64)
    case done(disposition: String?)
    case end
    case requeue(queue: String?)
    /// Hold, and what brings colleagues in: the protocol's word and whom it is about.
    case conversation(String, queue: String? = nil, agent: String? = nil)
    case rest(reason: String?)
    case ready
    case out
    case help
    /// An empty line where nothing is offered.
    case nothing
    /// Looks like a command and is none; with the nearest one.
    case unknown(String, nearest: String?)

    static let names = [
        "accept", "reject", "use", "done", "end", "requeue", "hold", "resume", "transfer", "consult", "complete",
        "conference", "dismiss", "leave", "escalate", "status", "break", "ready", "out", "help",
    ]

    /// - Parameter isOffered: whether an offer waits for an answer, which makes `accept` and `reject` words of command
    ///   without a slash; scripts use them.
    init(line: String, isOffered: Bool) {
        guard line.hasPrefix("/"), !line.hasPrefix("//") else {
            self = Self.plain(line.hasPrefix("//") ? String(line.dropFirst()) : line, isOffered)
            return
        }
        let words = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        let name = words.first.map(String.init) ?? ""
        let rest = words.count > 1 ? String(words[1].drop { $0 == " " }) : nil
        self = Int64(name).map(Self.use) ?? Self.command(name, rest)
    }

    private static func plain(_ line: String, _ isOffered: Bool) -> DeskCommand {
        if line.allSatisfy(\.isWhitespace) { return isOffered ? .accept : .nothing }
        guard isOffered else { return .reply(line) }
        let words = line.split(separator: " ", maxSplits: 1)
        switch words.first {
        case "accept" where words.count == 1: return .accept
        case "reject": return .reject(reason: words.count > 1 ? String(words[1]) : nil)
        default: return .reply(line)
        }
    }

    private static func command(_ name: String, _ rest: String?) -> DeskCommand {
        switch name {
        case "accept": .accept
        case "reject": .reject(reason: rest)
        case "use":
            rest.flatMap { Int64($0.hasPrefix("#") ? $0.dropFirst() : $0[...]) }.map(use)
                ?? .unknown("use needs a number", nearest: nil)
        case "done": .done(disposition: rest)
        case "end": .end
        case "requeue": .requeue(queue: rest)
        case "hold", "resume", "conference", "leave", "escalate": .conversation(name)
        case "transfer", "consult": whom(name, rest)
        case "complete": .conversation(name, agent: rest.map(withoutSign))
        case "dismiss":
            rest.map { .conversation(name, agent: withoutSign($0)) } ?? .unknown("dismiss needs @AGENT", nearest: nil)
        case "status": rest == "available" ? .ready : .rest(reason: rest)
        case "break": .rest(reason: rest)
        case "ready": .ready
        case "out": .out
        case "help", "?": .help
        default: .unknown(name, nearest: NearestWord.to(name, among: names))
        }
    }

    /// `@ana` is an agent, anything else a queue.
    private static func whom(_ name: String, _ rest: String?) -> DeskCommand {
        guard let rest, rest != "@" else { return .unknown("\(name) needs QUEUE or @AGENT", nearest: nil) }
        return rest.hasPrefix("@")
            ? .conversation(name, agent: withoutSign(rest)) : .conversation(name, queue: rest)
    }

    private static func withoutSign(_ name: String) -> String {
        String(name.hasPrefix("@") ? name.dropFirst() : name[...])
    }

    static let helpLines = [
        "a or Enter on an empty line accepts the offer, r rejects it (/accept, /reject [REASON] too)",
        "what you type goes to the conversation the prompt names; // begins a line with a slash",
        "/1 /2 or /use N       change to another conversation",
        "/done [DISPOSITION]   finish and close it      /end            only write up, then /done",
        "/requeue [QUEUE]      give it back or on       /break [REASON] no new contacts for now",
        "/hold  /resume        the customer waits on the line, or is back",
        "/transfer QUEUE|@NAME hand it on without asking /escalate     to the next level",
        "/consult QUEUE|@NAME  ask a colleague in; then /conference, /complete [@NAME] or /dismiss @NAME",
        "/leave                out of a conversation that a colleague goes on with",
        "/status REASON        not ready for this reason, perhaps for a while that the plan sets",
        "/ready                take contacts again      /out            sign out (^C and ^D do too)",
    ]
}
