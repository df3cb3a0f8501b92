/// A centre to be simulated: who calls, who answers, by which rules, for how long. Times are seconds unless said otherwise.
package struct Scenario: Hashable, Sendable {
    package var name: String
    package var queues: [CustomerQueue]
    package var groups: [AgentGroup]
    package var policy: Policy
    package var sites: SitePolicy?
    /// How many contacts may be in the house at once, waiting or served; one more finds every line busy and counts as
    /// blocked without reaching the router. Nil: no bound.
    package var lines: Int?
    /// How many may wait in all queues together; who cannot be served at once and finds so many waiting is blocked.
    package var waitingMax: Int?
    /// What comes before this moment is simulated and not counted.
    package var warmup: Double
    package var length: Length

    /// How much is counted after the warm-up.
    package enum Length: Hashable, Sendable {
        case seconds(Double)
        case contacts(Int)
    }

    package init(
        name: String, queues: [CustomerQueue], groups: [AgentGroup], policy: Policy = Policy(),
        sites: SitePolicy? = nil, lines: Int? = nil, waitingMax: Int? = nil, warmup: Double = 0, length: Length
    ) {
        self.name = name
        self.queues = queues
        self.groups = groups
        self.policy = policy
        self.sites = sites
        self.lines = lines
        self.waitingMax = waitingMax
        self.warmup = warmup
        self.length = length
    }

    /// The sites that agents name, in order of first naming; one without a name when none does.
    package var siteNames: [String] {
        var names: [String] = []
        for group in groups { if let site = group.site, !names.contains(site) { names.append(site) } }
        return names.isEmpty ? [""] : names
    }

    package var agentCount: Int { groups.reduce(0) { $0 + $1.count } }
}

/// A skill and a level, required or possessed.
package struct SkillLevel: Hashable, Sendable {
    package var skill: String
    /// 1 to 10.
    package var level: Int

    package init(_ skill: String, _ level: Int = 1) {
        self.skill = skill
        self.level = level
    }
}

/// Customers of one kind: one queue of the plan.
package struct CustomerQueue: Hashable, Sendable {
    package var name: String
    package var arrivals: Arrivals
    /// Bigger first: a band under strict priority, else a head start in seconds.
    package var priority: Double
    package var skills: [SkillLevel]
    /// Mean of the exponential time after which a waiting customer gives up; nil waits for ever.
    package var patience: Double?
    /// Answered within this many seconds counts as in time.
    package var serviceLevel: Double
    package var waitingMax: Int?
    /// Nil: as long as the agents' own groups say.
    package var handling: ServiceTime?

    package init(
        name: String, arrivals: Arrivals, priority: Double = 0, skills: [SkillLevel] = [], patience: Double? = nil,
        serviceLevel: Double = 20, waitingMax: Int? = nil, handling: ServiceTime? = nil
    ) {
        self.name = name
        self.arrivals = arrivals
        self.priority = priority
        self.skills = skills
        self.patience = patience
        self.serviceLevel = serviceLevel
        self.waitingMax = waitingMax
        self.handling = handling
    }
}

/// When customers come.
package enum Arrivals: Hashable, Sendable {
    /// A Poisson process of this many an hour.
    case rate(perHour: Double)
    /// A Poisson process whose rate changes over the day, which repeats; ascending, the first from hour 0.
    case profile([Step])
    /// These moments, ascending, in seconds from the beginning.
    case recorded([Double])

    package struct Step: Hashable, Sendable {
        /// Hour of the simulated day, 0 up to but not 24.
        package var from: Double
        package var perHour: Double

        package init(from: Double, perHour: Double) {
            self.from = from
            self.perHour = perHour
        }
    }
}

/// Agents who are alike.
package struct AgentGroup: Hashable, Sendable {
    package var name: String
    package var count: Int
    package var skills: [SkillLevel]
    package var site: String?
    package var handling: ServiceTime
    /// Hours of the simulated day in which they are there; none means always. A shift past midnight has `to` < `from`.
    package var shifts: [Shift]

    package struct Shift: Hashable, Sendable {
        package var from: Double
        package var to: Double

        package init(from: Double, to: Double) {
            self.from = from
            self.to = to
        }
    }

    package init(
        name: String, count: Int, skills: [SkillLevel] = [], site: String? = nil, handling: ServiceTime,
        shifts: [Shift] = []
    ) {
        self.name = name
        self.count = count
        self.skills = skills
        self.site = site
        self.handling = handling
        self.shifts = shifts
    }
}
