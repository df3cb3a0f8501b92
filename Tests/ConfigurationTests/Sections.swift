import Configuration

/// A section with a key of every type: what the tests read.
struct EverythingSection: ConfigurationSection {
    enum Policy: String, CaseIterable, Sendable { case longestIdle, roundRobin }

    static let title = Key("title", .string, "What people call this site.")
    static let greeting = Key("greeting", .text(bytes: 1...100), default: "Hello,\nhow may we help?", "Sent first.")
    static let retries = Key("retries", .integer(in: 0...20), default: 8, "How often a message is sent again.")
    static let isOpen = Key("isOpen", .boolean, default: true, "Whether contacts are taken.")
    static let answerWithin = Key(
        "answerWithin", .duration(in: .milliseconds(100) ... .seconds(7200)), default: .seconds(20),
        "How long an offer stands.")
    static let bodyMax = Key(
        "bodyMax", .size(in: .kibibytes(1) ... .mebibytes(4)), default: .kibibytes(16), "The largest body taken.")
    static let policy = Key("policy", .one(of: Policy.self), default: .longestIdle, "Who is asked first.")
    static let skills = Key(
        "skills", .list(of: .string(bytes: 1...20), count: 0...3), default: [], "What agents can do.")
    static let listen = Key("listen", .listenAddress, default: ListenAddress("127.0.0.1:8080")!, "Where to listen.")
    static let peer = Key(optional: "peer", .url(), "Another site.")
    static let callback = Key(optional: "callback", .url(unencrypted: .everywhere), "Who is told.")
    static let sender = Key(
        "sender", .phoneNumber, example: PhoneNumber("+4915112345678")!, "The number messages come from.")
    static let calendar = Key(optional: "calendar", .filePath, "A calendar of holidays.")
    static let token = Key(optional: "token", .secret, "The token callers show.")
    static let limits = Key("limits", .section(LimitsSection.self), "What is refused when there is too much.")
    static let queues = Key("queues", .named(.section(QueueSection.self)), default: [], "Queues by name.")
    static let hooks = Key("hooks", .list(of: .section(HookSection.self)), default: [], "Who else is told.")
    static let labels = Key("labels", .named(.string), default: [], "Free text by name.")
    static let channels = Key("channels", .named(.section(chosenBy: "adapter")), default: [], "Channels by name.")

    static let keys: KeyList = [
        title, greeting, retries, isOpen, answerWithin, bodyMax, policy, skills, listen, peer, callback, sender,
        calendar,
        token, limits, queues, hooks, labels, channels,
    ]

    let title: String
    let greeting: String
    let retries: Int
    let isOpen: Bool
    let answerWithin: Duration
    let bodyMax: ByteSize
    let policy: Policy
    let skills: [String]
    let listen: ListenAddress
    let peer: WebAddress?
    let callback: WebAddress?
    let sender: PhoneNumber
    let calendar: FilePath?
    let token: Secret?
    let limits: LimitsSection
    let queues: [Named<QueueSection>]
    let hooks: [HookSection]
    let labels: [Named<String>]
    let channels: [Named<ChosenSection>]

    init(reading section: SectionReader) {
        title = section[Self.title]
        greeting = section[Self.greeting]
        retries = section[Self.retries]
        isOpen = section[Self.isOpen]
        answerWithin = section[Self.answerWithin]
        bodyMax = section[Self.bodyMax]
        policy = section[Self.policy]
        skills = section[Self.skills]
        listen = section[Self.listen]
        peer = section[Self.peer]
        callback = section[Self.callback]
        sender = section[Self.sender]
        calendar = section[Self.calendar]
        token = section[Self.token]
        limits = section[Self.limits]
        queues = section[Self.queues]
        hooks = section[Self.hooks]
        labels = section[Self.labels]
        channels = section[Self.channels]
    }

    /// A cross reference: an overflow must name a queue.
    static func check(_ section: inout SectionReader) {
        guard let queues = section.ifSound(Self.queues) else { return }
        for queue in queues {
            guard let overflow = queue.value.overflow, queues.named(overflow.value) == nil else { continue }
            section.complain(at: overflow.place, "no queue is called \"\(overflow.value)\"")
        }
    }
}

struct LimitsSection: ConfigurationSection, Equatable {
    static let low = Key("low", .integer(in: 0...1000), default: 10, "Where taking begins again.")
    static let high = Key("high", .integer(in: 0...1000), default: 100, "Where taking stops.")
    static let keys: KeyList = [low, high]

    let low: Int
    let high: Int

    init(reading section: SectionReader) {
        low = section[Self.low]
        high = section[Self.high]
    }

    static func check(_ section: inout SectionReader) {
        guard let low = section.ifSound(Self.low), let high = section.ifSound(Self.high), low >= high else { return }
        section.complain(at: Self.low, and: Self.high, "must lie below high")
    }
}

struct QueueSection: ConfigurationSection, Equatable {
    static let offerTimeout = Key("offerTimeout", .duration(), default: .seconds(15), "How long an agent may think.")
    static let overflow = Key(optional: "overflow", .located(.string), "Where contacts go when it is full.")
    static let keys: KeyList = [offerTimeout, overflow]

    let offerTimeout: Duration
    let overflow: Located<String>?

    init(reading section: SectionReader) {
        offerTimeout = section[Self.offerTimeout]
        overflow = section[Self.overflow]
    }
}

struct HookSection: ConfigurationSection, Equatable {
    static let url = Key("url", .url(), "Where to post.")
    static let events = Key("events", .list(of: .string, count: 1...9), "What to post.")
    static let keys: KeyList = [url, events]

    let url: WebAddress
    let events: [String]

    init(reading section: SectionReader) {
        url = section[Self.url]
        events = section[Self.events]
    }
}

struct ShortMessageSection: ConfigurationSection, Equatable {
    static let account = Key("account", .string, example: "AC01", "The account at the provider.")
    static let keys: KeyList = [account]

    let account: String

    init(reading section: SectionReader) { account = section[Self.account] }
}

let catalog = SectionCatalog([.init("sms", ShortMessageSection.self), .init("hook", HookSection.self)])

/// Reads text as a file called `site.yaml` whose required keys are given first, in lines 1 and 2.
func readEverything(_ text: String, files: Reading.Files = .assumed) throws(ConfigurationError) -> Loaded<
    EverythingSection
> {
    let bytes = Array(("title: Home\nsender: +493012345678\n" + text).utf8)
    return try ConfigurationFile.read(
        EverythingSection.self, bytes: bytes, file: "site.yaml", catalog: catalog, files: files)
}

/// The whole text of the complaints, or "no complaint".
func complaints(_ text: String) -> String {
    complaints { () throws(ConfigurationError) in _ = try readEverything(text) }
}

func complaints(_ body: () throws(ConfigurationError) -> Void) -> String {
    do throws(ConfigurationError) {
        try body()
        return "no complaint"
    } catch {
        return error.description
    }
}
