import Federation
import InteractionModel
import Routing

/// One site: its journal, which outlives its processes, and the process of now: one serial loop over one inbox, which decides,
/// commits, and only then answers.
struct SiteProcess: Sendable {
    /// One input, with who waits for its answer.
    struct Job: Sendable {
        var deed: Deed
        var asker = Asker.nobody
    }

    enum Deed: Sendable {
        case event(Input.Event)
        /// A customer's line reaches the site's webhook.
        case line(Int)
        case reply(AgentName, InteractionID, line: Int)
        case peer(PeerMessage, from: Int, incarnation: Int64)
    }

    enum Asker: Sendable {
        case nobody
        case line(Int)
        /// A place in a peer's request.
        case request(Int, place: Int)
        /// A peer's request, for what it hears of us.
        case summary(from: Int, Int64)
    }

    /// A peer's request that is being worked on.
    struct Response: Sendable {
        var from: Int
        var request: Int
        var items: [Owed.Item]
        var answers: [PeerAnswer]
        var left: Int
    }

    let name: SiteName
    /// What to add to the world's clock to get this site's.
    let skew: Int64

    // MARK: What outlives a process

    var journal = SiteJournal()
    var isDead = false
    var incarnation: Int64 = 1
    var epoch: Int64 = 0
    var session: Int64 = 0
    var planVersion = 1
    /// How many facts were in the last backup, and what the witness knew then.
    var backup = 0
    var backedUp: [Witness.Row] = []
    /// The witness's numbers of contacts.
    var contacts: [InteractionID: Int] = [:]

    // MARK: What a crash takes

    var isUp = false
    var life = 0
    var state: RoutingState
    var inbox: [Job] = []
    var isCommitting = false
    /// Decided and not durable yet.
    var decided: [RecordedFact] = []
    var fresh = SiteJournal.Additions()
    var replies: [(Asker, Answer)] = []
    var responses: [Int: Response] = [:]
    var responsesGiven = 0
    var outboxes: [PeerOutbox<Owed.Item>] = []
    /// By peer: the request in flight, and what it asked.
    var requests: [Int?] = []
    /// By peer: when the outbox is asked next.
    var askAt: [Int64] = []
    var summarisers: [Summariser] = []
    /// By peer: the number of the summary under way, and since when.
    var telling: [(sequence: Int64, at: Int64)?] = []
    /// When the timer planned last goes off.
    var timerAt: Int64 = .max
    /// By agent: when the agent acts next.
    var wakeAt: [Int64] = []

    init(name: SiteName, skew: Int64) {
        self.name = name
        self.skew = skew
        state = RoutingState(site: name, incarnation: 1)
    }

    func moment(_ now: Int64) -> Timestamp { Timestamp(milliseconds: 1_700_000_000_000 + now + skew) }
    func worldTime(_ moment: Timestamp) -> Int64 { moment.milliseconds - 1_700_000_000_000 - skew }

    // MARK: Deciding

    /// Applies one input; what it decided waits in `decided`.
    mutating func decide(_ event: Input.Event, at now: Int64, key: IdempotencyKey? = nil, lines: [Int32] = []) -> Answer
    {
        let before = decided.count
        let answer = state.apply(Input(at: moment(now), event), into: &decided)
        for place in before..<decided.count {
            let origin = state.contentOrigin(of: decided[place].fact)
            fresh.note(decided[place], key: key, lines: lines, origin: origin, journal)
        }
        return answer
    }

    func knows(_ key: IdempotencyKey) -> EarlierContact? {
        (fresh.keys[key] ?? journal.keys[key]).map { EarlierContact(interaction: $0) }
    }

    // MARK: Lives

    /// The process ends; only the journal stays.
    mutating func end() {
        isUp = false
        life += 1
        inbox = []
        isCommitting = false
        decided = []
        fresh = .init()
        replies = []
        responses = [:]
        outboxes = []
        requests = []
        askAt = []
        summarisers = []
        telling = []
        timerAt = .max
        wakeAt = []
    }

    /// A new process reads what the journal kept.
    mutating func begin(fromRows: Bool, peers: [SiteName], rules: OutboxRules) throws {
        isUp = true
        life += 1
        outboxes = peers.map { PeerOutbox(to: $0, rules: rules) }
        requests = peers.map { _ in nil }
        askAt = peers.map { _ in 0 }
        summarisers = peers.map { _ in Summariser(site: name, incarnation: incarnation, after: (epoch + 1) << 32) }
        telling = peers.map { _ in nil }
        state = try fromRows ? journal.restored(site: name, incarnation) : journal.folded(site: name, incarnation)
    }
}
