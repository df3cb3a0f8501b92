package import InteractionModel

/// One site that a call could be delivered to, with what is known of it when a switch asks.
package struct SiteCandidate: Hashable, Sendable {
    package var site: SiteName
    /// Nil: nothing was ever heard of the site, or it does not tell anything.
    package var known: Known?
    /// What stands in its way whatever the policy says; nil: nothing.
    package var hindrance: SiteDrop?

    package init(_ site: SiteName, known: Known? = nil, hindrance: SiteDrop? = nil) {
        self.site = site
        self.known = known
        self.hindrance = hindrance
    }

    /// A site's own word on one queue, or what we see of it.
    package struct Known: Hashable, Sendable {
        package var isOpen: Bool
        package var isDraining: Bool
        /// Agents able to serve the queue who are signed in, and those of them who could take one contact more and hold none.
        package var staffed: Int
        package var idle: Int
        /// Contacts before a newcomer: waiting, announced, and sent there since the site told of itself.
        package var ahead: Int
        /// How many more may wait there.
        package var room: Int
        package var handling: Span?
        /// The site's own forecast, median; the measure where handling times are not known.
        package var expectedWait: Span?
        /// Since the agent was idle who has been so for longest; known of our own agents only.
        package var longestIdle: Span?
        /// How old the word is; zero at home.
        package var age: Span
        /// Young enough to be believed.
        package var isFresh: Bool

        package init(
            isOpen: Bool = true, isDraining: Bool = false, staffed: Int, idle: Int, ahead: Int, room: Int = 100_000,
            handling: Span? = nil, expectedWait: Span? = nil, longestIdle: Span? = nil, age: Span = .zero,
            isFresh: Bool = true
        ) {
            self.isOpen = isOpen
            self.isDraining = isDraining
            self.staffed = staffed
            self.idle = idle
            self.ahead = ahead
            self.room = room
            self.handling = handling
            self.expectedWait = expectedWait
            self.longestIdle = longestIdle
            self.age = age
            self.isFresh = isFresh
        }

        /// What the directory knows of a peer's queue, with our own dispatches counted.
        package init(_ outlook: Directory.Outlook) {
            self.init(
                isOpen: outlook.summary.isOpen, isDraining: outlook.isDraining, staffed: outlook.summary.staffed,
                idle: outlook.summary.idle, ahead: outlook.ahead,
                room: outlook.summary.room - outlook.summary.announced - outlook.dispatched,
                handling: outlook.summary.handling, expectedWait: outlook.summary.expectedWait, age: outlook.age,
                isFresh: outlook.isFresh)
        }
    }
}

/// The first rule that kept a site from a call. The words are stable: they are in the journal.
package enum SiteDrop: Hashable, Sendable {
    /// The switch has tried it for this call already.
    case tried
    /// The network plan gives it no label, or every number of its pool is in use.
    case noLabel, noNumber
    /// It was asked, and did not answer or said no.
    case unreachable(String)
    case refused(String)
    case draining, closed, full
    /// Nobody who could serve the queue is signed in.
    case unstaffed
    /// A rule that compares needs a word of the site, and there is none or an old one.
    case notHeardOf, stale
    /// The step's condition of that number, from 1, did not hold.
    case considerIf(Int), acceptIf(Int)
    /// The step does not name it.
    case notNamed
    /// Behind the chosen one by the step's criterion of that number, from 1; 0: equal in all, and later by name.
    case behind(Int)
    /// It was not its turn.
    case notItsTurn

    package var word: String {
        switch self {
        case .tried: "tried"
        case .noLabel: "no-label"
        case .noNumber: "no-number"
        case .unreachable(let why): "unreachable:\(why)"
        case .refused(let why): "refused:\(why)"
        case .draining: "draining"
        case .closed: "closed"
        case .full: "full"
        case .unstaffed: "unstaffed"
        case .notHeardOf: "not-heard-of"
        case .stale: "stale"
        case .considerIf(let number): "consider-if:\(number)"
        case .acceptIf(let number): "accept-if:\(number)"
        case .notNamed: "not-named"
        case .behind(let number): "behind:\(number)"
        case .notItsTurn: "not-its-turn"
        }
    }

    package init?(word: String) {
        let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let detail = parts.count > 1 ? parts[1] : nil
        switch (parts[0], detail) {
        case ("tried", nil): self = .tried
        case ("no-label", nil): self = .noLabel
        case ("no-number", nil): self = .noNumber
        case ("unreachable", let why?): self = .unreachable(why)
        case ("refused", let why?): self = .refused(why)
        case ("draining", nil): self = .draining
        case ("closed", nil): self = .closed
        case ("full", nil): self = .full
        case ("unstaffed", nil): self = .unstaffed
        case ("not-heard-of", nil): self = .notHeardOf
        case ("stale", nil): self = .stale
        case ("consider-if", let number?):
            guard let number = Int(number) else { return nil }
            self = .considerIf(number)
        case ("accept-if", let number?):
            guard let number = Int(number) else { return nil }
            self = .acceptIf(number)
        case ("not-named", nil): self = .notNamed
        case ("behind", let number?):
            guard let number = Int(number) else { return nil }
            self = .behind(number)
        case ("not-its-turn", nil): self = .notItsTurn
        default: return nil
        }
    }
}
