package import Configuration
import InteractionModel
import Routing

/// A way out at arrival.
package struct OverflowSection: ConfigurationSection {
    static let waitingAtLeast = Key(
        optional: "waitingAtLeast", .integer(in: 1...10_000_000), example: 50, "When so many wait.")
    static let longestWaitAtLeast = Key(
        optional: "longestWaitAtLeast", .duration(in: .seconds(1) ... .seconds(604_800)), example: .seconds(300),
        "When the first in line has waited this long.")
    static let expectedWaitAtLeast = Key(
        optional: "expectedWaitAtLeast", .duration(in: .seconds(1) ... .seconds(604_800)), example: .seconds(600),
        "When half of those who came now would wait this long; never while there is too little to tell.")
    static let signedInAtMost = Key(
        optional: "signedInAtMost", .integer(in: 0...100_000), "When no more agents who can serve it are signed in.")
    static let availableAtMost = Key(
        optional: "availableAtMost", .integer(in: 0...100_000),
        "When no more agents of the queue itself could take one now.")
    static let serviceLevelBelow = Key(
        optional: "serviceLevelBelow", .integer(in: 1...100), example: 70,
        "When less than so many percent of the last half hour met the service level; never with fewer than 20 contacts."
    )
    static let closed = Key("closed", .boolean, default: false, "When it is outside its hours.")
    static let full = Key("full", .boolean, default: false, "When waitingMax is reached.")
    static let of = Key(
        optional: "of", .located(.name), "The queue the conditions are asked of; this one unless named.")
    static let to = Key(optional: "to", .located(.name), "The queue it goes to.")
    static let refuse = Key(
        "refuse", .boolean, default: false, "Instead of to: refuses the contact before it is accepted.")

    package static let keys: KeyList = [
        waitingAtLeast, longestWaitAtLeast, expectedWaitAtLeast, signedInAtMost, availableAtMost, serviceLevelBelow,
        closed, full, of, to, refuse,
    ]

    let of, to: Located<String>?
    private let conditions: [QueueCondition]

    package static func check(_ section: inout SectionReader) {
        WayOut.check(&section, to: to, refuse: refuse)
        if section.isSound, conditions(section).isEmpty {
            section.complain(
                at: section.place, "has no condition", hint: "give it one, such as waitingAtLeast: 50 or closed: true")
        }
    }

    package init(reading section: SectionReader) {
        of = section[Self.of]
        to = section[Self.to]
        conditions = Self.conditions(section)
    }

    private static func conditions(_ section: SectionReader) -> [QueueCondition] {
        let given: [QueueCondition?] = [
            (section.ifSound(waitingAtLeast) ?? nil).map { .waitingAtLeast($0) },
            (section.ifSound(longestWaitAtLeast) ?? nil).map { .longestWaitAtLeast(Span($0)) },
            (section.ifSound(expectedWaitAtLeast) ?? nil).map { .expectedWaitAtLeast(Span($0)) },
            (section.ifSound(signedInAtMost) ?? nil).map { .signedInAtMost($0) },
            (section.ifSound(availableAtMost) ?? nil).map { .availableAtMost($0) },
            (section.ifSound(serviceLevelBelow) ?? nil).map { .serviceLevelBelow($0) },
            section.ifSound(closed) == true ? .closed : nil, section.ifSound(full) == true ? .full : nil,
        ]
        return given.compactMap { $0 }
    }

    var rule: Overflow {
        Overflow(when: conditions, of: of.map { QueueName($0.value) }, to: to.map { QueueName($0.value) })
    }
}

/// A way out while waiting.
package struct IntraflowSection: ConfigurationSection {
    static let after = Key(
        "after", .duration(in: .seconds(1) ... .seconds(604_800)), example: .seconds(600),
        "How long it has waited in this queue.")
    static let to = Key("to", .located(.name), "The queue it goes to.")

    package static let keys: KeyList = [after, to]

    let to: Located<String>
    private let after: Duration

    package init(reading section: SectionReader) {
        after = section[Self.after]
        to = section[Self.to]
    }

    var rule: Intraflow { Intraflow(after: Span(after), to: QueueName(to.value)) }
}

/// A way to other sites while waiting.
package struct InterflowSection: ConfigurationSection {
    static let after = Key(
        "after", .duration(in: .zero ... .seconds(604_800)), example: .seconds(5),
        "How long it has waited since it came, at this site or another.")
    static let sites = Key(
        "sites", .list(of: .name, count: 1...Interflow.sitesMax), example: ["munich"],
        "The peers that may get it; the least loaded of those with an agent free is offered it.")

    package static let keys: KeyList = [after, sites]

    private let after: Duration
    private let sites: [String]

    package init(reading section: SectionReader) {
        after = section[Self.after]
        sites = section[Self.sites]
    }

    var rule: Interflow { Interflow(after: Span(after), sites: sites.map { SiteName($0) }) }
}

/// What becomes of contacts that come outside the hours.
package struct WhenClosedSection: ConfigurationSection {
    static let to = Key(optional: "to", .located(.name), staysCommented: true, "The queue they go to.")
    static let refuse = Key("refuse", .boolean, default: false, "Refuses them before they are accepted.")

    package static let keys: KeyList = [to, refuse]

    let to: Located<String>?
    private let refuse: Bool

    package static func check(_ section: inout SectionReader) {
        guard section.isGiven(to), section.ifSound(refuse) == true else { return }
        section.complain(at: refuse, and: to, "excludes `to`", hint: "keep one of the two")
    }

    package init(reading section: SectionReader) {
        to = section[Self.to]
        refuse = section[Self.refuse]
    }

    var rule: WhenClosed { to.map { .go(QueueName($0.value)) } ?? (refuse ? .refuse : .wait) }
}

/// Where an escalation leads.
package struct EscalationSection: ConfigurationSection {
    static let queue = Key(optional: "queue", .located(.name), "The queue it goes to.")
    static let vendor = Key(
        optional: "vendor", .string(bytes: 1...64), staysCommented: true,
        "Instead of queue: out of the house, to this supplier.")

    package static let keys: KeyList = [queue, vendor]

    let queue: Located<String>?
    private let vendor: String?

    package static func check(_ section: inout SectionReader) {
        if section.isGiven(queue) == section.isGiven(vendor) {
            section.complain(at: section.place, "needs either queue or vendor", hint: "give it one of the two")
        }
    }

    package init(reading section: SectionReader) {
        queue = section[Self.queue]
        vendor = section[Self.vendor]
    }

    var rule: Escalation { queue.map { .queue(QueueName($0.value)) } ?? .vendor(vendor ?? "") }
}

enum WayOut {
    /// A way out leads somewhere, or refuses.
    static func check(_ section: inout SectionReader, to: Key<Located<String>?>, refuse: Key<Bool>) {
        guard let refuses = section.ifSound(refuse) else { return }
        if section.isGiven(to), refuses {
            section.complain(at: refuse, and: to, "excludes `to`", hint: "keep one of the two")
        } else if !section.isGiven(to), !refuses {
            section.complain(at: section.place, "leads nowhere", hint: "give it `to: QUEUE` or `refuse: true`")
        }
    }
}
