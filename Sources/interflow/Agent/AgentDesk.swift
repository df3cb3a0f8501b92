import Site

/// One agent's desk as a value: what the site said and the agent typed go in, what to show and send comes out.
///
/// Nothing here reads a clock or waits. `now` is the wall clock in milliseconds; the site's clock is known by the time
/// its events carry.
struct AgentDesk: Equatable, Sendable {
    /// Requests that wait for the site's answer; a further line is not taken until some have been answered.
    static let requestsMax = 200
    /// Own messages whose delivery is still told by their beginning; an older one is told by its number.
    static let messagesMax = 500
    /// A key that comes sooner after an offer was shown was not meant for it.
    static let reactionMilliseconds: Int64 = 250
    /// How long to wait before asking a site again that had no room.
    static let againMilliseconds: Int64 = 2000

    struct Offer: Equatable, Sendable {
        var number: Int64
        var interaction: Int64
        /// Site time.
        var until: Int64
        var from: String
        var channel: String
        var queue: String
        /// Wall clock, when it was first shown.
        var shownAt: Int64
        /// Messages told already, by sequence: the first with the offer, others as they came.
        var told: Set<Int64>
    }

    struct Conversation: Equatable, Sendable {
        /// What `/1` chooses.
        var slot: Int
        var interaction: Int64
        var customer: String
        var channel: String
        var queue: String
        /// Site time at which wrap-up ends by itself; nil while it is active.
        var wrapUpUntil: Int64?
        var unread = 0
        var isOptedOut = false
    }

    struct OwnMessage: Equatable, Sendable {
        var number: Int64
        var label: String
        var beginning: String
        /// The furthest that was heard of it; reports come in any order.
        var status = ""
    }

    enum Connection: Equatable, Sendable {
        case connecting
        case connected
        /// Until when nothing is tried, wall clock.
        case lost(againAt: Int64)
    }

    let agent: String
    /// Begins every identifier of a request, so that none repeats in the journal's life.
    private let prefix: String
    private let startsReady: Bool

    var connection = Connection.connecting
    var site = ""
    /// The newest sequence seen: what `?last=` asks to go on from. Nil before the first welcome.
    var lastSequence: Int64?
    var status: SiteMessage.Status?
    var offers: [Offer] = []
    /// By slot.
    var conversations: [Conversation] = []
    /// The interaction that typed lines go to.
    var current: Int64?
    var requests: [DeskRequest] = []
    var ownMessages: [OwnMessage] = []
    /// The status last asked for, which a lost seat is taken again with.
    var wished: DeskRequest.Body
    /// How far the site's clock is ahead of ours, milliseconds.
    var clockOffset: Int64 = 0
    /// Events up to this one are old news.
    var caughtUpAt: Int64 = 0
    var isLeaving = false
    private var requestsMade = 0

    init(agent: String, prefix: String, startsReady: Bool = true) {
        self.agent = agent
        self.prefix = prefix
        self.startsReady = startsReady
        wished = startsReady ? .status("available", reason: nil) : .status("not-ready", reason: "sign-in")
    }

    // MARK: The connection

    /// The connection is gone, and the next attempt comes at `againAt`.
    mutating func lost(_ why: String, againAt: Int64, now: Int64) -> [DeskEffect] {
        defer { connection = .lost(againAt: againAt) }
        guard connection == .connected else { return [] }
        let text = "connection lost: \(why); it is taken up again by itself, and what you type is kept"
        return [.show(DeskLine(.alarm, [text], at: now))]
    }

    mutating func connecting() { connection = .connecting }

    /// Sends again what a site without room refused, when its time has come.
    mutating func passTime(_ now: Int64) -> [DeskEffect] {
        guard connection == .connected else { return [] }
        var effects: [DeskEffect] = []
        for index in requests.indices where requests[index].againAt.map({ $0 <= now }) ?? false {
            requests[index].againAt = nil
            effects.append(.send(requests[index].json))
        }
        return effects
    }

    /// Whether something on the screen counts down, or is to be done at a time.
    var hasCountdown: Bool {
        if case .lost = connection { return true }
        return !offers.isEmpty || conversations.contains { $0.wrapUpUntil != nil }
            || requests.contains { $0.againAt != nil }
    }

    // MARK: Asking

    mutating func ask(_ body: DeskRequest.Body) -> [DeskEffect] {
        requestsMade += 1
        let request = DeskRequest(id: "\(prefix)-\(requestsMade)", body)
        requests.append(request)
        return connection == .connected ? [.send(request.json)] : []
    }

    /// Whether an answer to this offer is on its way.
    func isAnswered(_ offer: Int64) -> Bool {
        requests.contains { request in
            switch request.body {
            case .accept(offer, _), .reject(offer, _, _): true
            default: false
            }
        }
    }

    /// The offer that a key answers: the oldest one that was there long enough to be seen.
    func offerToAnswer(at now: Int64) -> Offer? {
        offers.first { !isAnswered($0.number) && $0.shownAt + Self.reactionMilliseconds <= now }
    }

    /// The oldest offer not yet answered, however new.
    var openOffer: Offer? { offers.first { !isAnswered($0.number) } }

    func conversation(_ interaction: Int64) -> Conversation? {
        conversations.first { $0.interaction == interaction }
    }

    /// How a conversation is called in the transcript: its slot, else its number.
    func label(_ interaction: Int64) -> String {
        conversation(interaction).map { "\($0.slot)" } ?? "#\(interaction)"
    }

    /// Whole seconds left until a moment of site time, never negative.
    func secondsLeft(until moment: Int64, now: Int64) -> Int64 {
        max(0, (moment - now - clockOffset + 999) / 1000)
    }
}
