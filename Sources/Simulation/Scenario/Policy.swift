/// The routing rules under trial. Each is a field of its own with what the router does today as its default, so that a
/// new rule of the plan is a new field here.
package struct Policy: Hashable, Sendable {
    /// Which of several idle agents gets a contact.
    package enum AgentOrder: String, CaseIterable, Hashable, Sendable {
        case longestIdle = "longest-idle"
        case leastOccupied = "least-occupied"
        case roundRobin = "round-robin"
        /// No rule of the router: the simulator draws one of the idle agents and asks the router for that one, through a
        /// skill that only that agent has. A baseline to compare with.
        case random
    }

    /// What a queue's priority means.
    package enum Priority: String, CaseIterable, Hashable, Sendable {
        /// Seconds by which a contact counts as having come earlier.
        case headStart = "head-start"
        /// A band: nobody is taken from a lower one while somebody waits in a higher one.
        case strict
    }

    /// Which of several waiting contacts an agent who becomes free takes.
    package enum ContactChoice: String, CaseIterable, Hashable, Sendable {
        case longestWait = "longest-wait"
        /// The agent's primary skill first: the first skill its group names.
        case primaryFirst = "primary-first"
    }

    package var order: AgentOrder
    package var priority: Priority
    package var choice: ContactChoice

    package init(
        order: AgentOrder = .longestIdle, priority: Priority = .headStart, choice: ContactChoice = .longestWait
    ) {
        self.order = order
        self.priority = priority
        self.choice = choice
    }
}

/// How contacts find one of several sites, and what happens when they wait there.
package struct SitePolicy: Hashable, Sendable {
    /// Who is asked before a contact is delivered.
    package enum Rule: String, CaseIterable, Hashable, Sendable {
        /// One queue over all sites.
        case pooled
        /// A contact stays where it came in: drawn in proportion to the sites' agents.
        case separate
        case roundRobin = "round-robin"
        /// One router without agents is asked, which knows the sites by their reports: minimum expected delay.
        case minimumDelay = "med"
        /// The site where it came in is asked, which knows itself now and the others by report.
        case local
    }

    /// What a report is worth when it is old.
    package enum Belief: String, CaseIterable, Hashable, Sendable {
        /// It is believed as it is: a baseline, no rule of the router.
        case naive
        /// What was sent to the site since is added.
        case counted
    }

    package var rule: Rule
    /// Seconds between two reports of a site; 0 means that whoever is asked before delivery knows everything at once.
    package var reportEvery: Double
    package var belief: Belief
    /// Seconds after which a waiting contact may go to any other site; nil means never.
    package var interflow: Double?

    package init(rule: Rule, reportEvery: Double = 0, belief: Belief = .counted, interflow: Double? = nil) {
        self.rule = rule
        self.reportEvery = reportEvery
        self.belief = belief
        self.interflow = interflow
    }
}
