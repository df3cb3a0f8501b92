import Site

/// The lines under the transcript: what is offered, what counts down, who is there, and the line being typed. Pure.
struct DeskView: Equatable, Sendable {
    /// Offers shown at once; more are counted.
    static let offersMax = 3

    enum Tone: Equatable, Sendable {
        case offer, countdown, bar
    }

    struct Row: Equatable, Sendable {
        var tone: Tone
        var text: String
    }

    var rows: [Row] = []
    var prompt = ""
    var line = ""
    /// The cursor's column in the last row, from 0.
    var column = 0

    init(_ desk: AgentDesk, _ editor: LineEditor, now: Int64, columns: Int) {
        // The last column stays free: a terminal may wrap after it.
        let width = max(20, columns - 1)
        rows = (Self.offers(desk, now) + Self.wrapUps(desk, now) + [Self.bar(desk, now)]).map {
            Row(tone: $0.tone, text: TextWidth.cut(TerminalText.safe($0.text), to: width))
        }
        prompt = TextWidth.cut(TerminalText.safe(Self.prompt(desk)), to: width / 2)
        let promptWidth = TextWidth.of(prompt)
        (line, column) = editor.window(width - promptWidth)
        column += promptWidth
    }

    private static func offers(_ desk: AgentDesk, _ now: Int64) -> [Row] {
        let open = desk.offers.filter { !desk.isAnswered($0.number) }
        var rows = open.prefix(offersMax).enumerated().map { place, offer in
            let left = desk.secondsLeft(until: offer.until, now: now)
            let keys = place == 0 ? "   [a] accept  [r] reject" : ""
            return Row(
                tone: .offer,
                text: "▸ offer #\(offer.interaction)  \(offer.channel)  \(offer.from)  \(offer.queue)  \(left) s\(keys)"
            )
        }
        if open.count > offersMax {
            rows.append(Row(tone: .offer, text: "  and \(open.count - offersMax) more offers"))
        }
        return rows
    }

    private static func wrapUps(_ desk: AgentDesk, _ now: Int64) -> [Row] {
        desk.conversations.compactMap { conversation in
            guard let until = conversation.wrapUpUntil else { return nil }
            let left = desk.secondsLeft(until: until, now: now)
            let seconds = left % 60 < 10 ? "0\(left % 60)" : "\(left % 60)"
            let text =
                "  \(conversation.slot) \(conversation.customer)  wrap-up \(left / 60):\(seconds)   /done [DISPOSITION]"
            return Row(tone: .countdown, text: text)
        }
    }

    private static func bar(_ desk: AgentDesk, _ now: Int64) -> Row {
        let state: String
        switch desk.connection {
        case .connecting: state = "connecting"
        case .connected: state = desk.status?.text ?? "signing in"
        case .lost(let againAt): state = "not connected, again in \(max(0, (againAt - now + 999) / 1000)) s"
        }
        let unanswered = desk.requests.isEmpty ? "" : " · \(desk.requests.count) unanswered"
        let tabs = desk.conversations.map { tab($0, isCurrent: $0.interaction == desk.current) }
        return Row(tone: .bar, text: (["\(desk.agent) · \(state)\(unanswered)"] + tabs).joined(separator: " │ "))
    }

    private static func tab(_ conversation: AgentDesk.Conversation, isCurrent: Bool) -> String {
        let unread = conversation.unread > 0 ? " (\(conversation.unread) new)" : ""
        let name = "\(conversation.slot) \(conversation.customer)"
        return (isCurrent ? "[\(name)]" : name) + unread + (conversation.isOptedOut ? " opted out" : "")
    }

    private static func prompt(_ desk: AgentDesk) -> String {
        guard let current = desk.current, let conversation = desk.conversation(current) else { return "> " }
        return "\(conversation.slot) \(conversation.customer)> "
    }
}
