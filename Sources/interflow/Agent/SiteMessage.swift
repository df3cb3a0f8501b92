import JSON

/// One message of the site to an agent's desk, as `Site/Agents` writes it. Reading is pure and lenient: what a newer site
/// adds is passed over.
enum SiteMessage: Equatable, Sendable {
    /// The whole state of somebody with many long conversations; a longer one ends the connection.
    static let bytesMax = 16 << 20

    case welcome(Welcome)
    case event(SiteEvent)
    case result(RequestResult)
    /// Of a kind this release does not know.
    case unknown

    struct Welcome: Equatable, Sendable {
        var site: String
        var sequence: Int64
        /// Whether what was missed follows as events; else `contacts` is everything.
        var resumed: Bool
        var status: Status?
        var contacts: [Contact] = []
    }

    struct Status: Equatable, Sendable {
        var word: String
        var reason: String?

        /// As people say it.
        var text: String { word.replacing("-", with: " ") + (reason.map { " (\($0))" } ?? "") }
    }

    /// A contact the agent holds or is being asked about.
    struct Contact: Equatable, Sendable {
        var interaction: Int64
        var state: String
        var offer: Int64?
        var until: Int64
        var channel: String
        var queue: String
        var words: Words?
        var messages: [Said]
    }

    /// Something said in a conversation, and where it stands in the journal.
    struct Said: Equatable, Sendable {
        var sequence: Int64
        var words: Words
    }

    struct Words: Equatable, Sendable {
        var from: String
        var to: String
        var subject: String?
        var text: String
        var media: [String] = []

        /// Every line a person reads.
        var lines: [String] {
            (subject.map { ["Subject: \($0)"] } ?? [])
                + text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
                + media.map { "[\($0)]" }
        }
    }

    struct RequestResult: Equatable, Sendable {
        var id: String
        var message: Int64?
        /// Nil when it was done.
        var refusal: Refusal?

        struct Refusal: Equatable, Sendable {
            var code: String
            var detail: String
        }
    }

    init(_ text: String) {
        guard let value = try? JSONValue.parse(Array(text.utf8), limits: JSONLimits(maxBytes: Self.bytesMax)) else {
            self = .unknown
            return
        }
        switch value["type"]?.stringValue {
        case "welcome": self = .welcome(Self.welcome(value))
        case "event": self = .event(SiteEvent(value))
        case "result": self = .result(Self.result(value))
        default: self = .unknown
        }
    }

    private static func welcome(_ value: JSONValue) -> Welcome {
        Welcome(
            site: value["site"]?.stringValue ?? "", sequence: value["seq"]?.integerValue ?? 0,
            resumed: value["resumed"]?.boolValue ?? false, status: Status(value),
            contacts: (value["contacts"]?.arrayValue ?? []).map(contact))
    }

    private static func contact(_ value: JSONValue) -> Contact {
        Contact(
            interaction: value["interaction"]?.integerValue ?? 0, state: value["state"]?.stringValue ?? "",
            offer: value["offer"]?.integerValue, until: value["until"]?.integerValue ?? 0,
            channel: value["channel"]?.stringValue ?? "", queue: value["queue"]?.stringValue ?? "",
            words: value["content"].flatMap(Words.init), messages: Said.list(value["messages"]))
    }

    private static func result(_ value: JSONValue) -> RequestResult {
        var result = RequestResult(id: value["id"]?.stringValue ?? "", message: value["message"]?.integerValue)
        if value["ok"]?.boolValue != true {
            result.refusal = .init(
                code: value["code"]?.stringValue ?? "", detail: value["detail"]?.stringValue ?? "no reason was given")
        }
        return result
    }
}

extension SiteMessage.Status {
    /// Nil where the object names no status.
    init?(_ value: JSONValue) {
        guard let word = value["status"]?.stringValue else { return nil }
        self.init(word: word, reason: value["reason"]?.stringValue)
    }
}

extension SiteMessage.Words {
    /// Nil for what is no content.
    init?(_ value: JSONValue) {
        guard let text = value["text"]?.stringValue else { return nil }
        self.init(
            from: value["from"]?.stringValue ?? "", to: value["to"]?.stringValue ?? "",
            subject: value["subject"]?.stringValue, text: text,
            media: (value["media"]?.arrayValue ?? []).map { media in
                [media["contentType"]?.stringValue, media["url"]?.stringValue].compactMap { $0 }.joined(separator: " ")
            })
    }
}

extension SiteMessage.Said {
    static func list(_ value: JSONValue?) -> [SiteMessage.Said] {
        (value?.arrayValue ?? []).compactMap { entry in
            guard let sequence = entry["seq"]?.integerValue, let words = SiteMessage.Words(entry) else { return nil }
            return SiteMessage.Said(sequence: sequence, words: words)
        }
    }
}
