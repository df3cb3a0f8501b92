import InteractionModel
import JSON

// The ways out of a queue: overflow, intraflow, closed hours, escalation.

extension Overflow {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("when")
        writer.beginObject()
        for condition in conditions { condition.write(to: &writer) }
        writer.endObject()
        writer.field("of", queue?.rawValue)
        writer.field("to", to?.rawValue)
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init(when: [], to: nil)
        try reader.eachMember { member, reader in
            switch member {
            case "when":
                try reader.eachMember { name, reader in conditions.append(try QueueCondition(name, from: &reader)) }
            case "of": queue = QueueName(try reader.readString())
            case "to": to = QueueName(try reader.readString())
            default: try reader.skipValue()
            }
        }
    }
}

extension QueueCondition {
    /// One member of the object of conditions. A rule names each condition once, so no name comes twice.
    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .waitingAtLeast(let count): writer.field("waitingAtLeast", count)
        case .longestWaitAtLeast(let span): writer.field("longestWaitAtLeast", span)
        case .expectedWaitAtLeast(let span): writer.field("expectedWaitAtLeast", span)
        case .signedInAtMost(let count): writer.field("signedInAtMost", count)
        case .availableAtMost(let count): writer.field("availableAtMost", count)
        case .serviceLevelBelow(let percent): writer.field("serviceLevelBelow", percent)
        case .closed: writer.field("closed", true)
        case .full: writer.field("full", true)
        }
    }

    private static let words = [
        "waitingAtLeast", "longestWaitAtLeast", "expectedWaitAtLeast", "signedInAtMost", "availableAtMost",
        "serviceLevelBelow", "closed", "full",
    ]

    /// A condition that this release does not know is no condition at all: the rule would hold too often.
    fileprivate init(_ name: String, from reader: inout JSONReader) throws {
        switch name {
        case "waitingAtLeast": self = .waitingAtLeast(Int(try reader.readInteger()))
        case "longestWaitAtLeast": self = .longestWaitAtLeast(try reader.readSpan())
        case "expectedWaitAtLeast": self = .expectedWaitAtLeast(try reader.readSpan())
        case "signedInAtMost": self = .signedInAtMost(Int(try reader.readInteger()))
        case "availableAtMost": self = .availableAtMost(Int(try reader.readInteger()))
        case "serviceLevelBelow": self = .serviceLevelBelow(Int(try reader.readInteger()))
        case "closed":
            try reader.skipValue()
            self = .closed
        case "full":
            try reader.skipValue()
            self = .full
        default: throw PlanError(word: name, known: Self.words)
        }
    }
}

extension Intraflow {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("after", after)
        writer.field("to", to.rawValue)
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init(after: .zero, to: QueueName(""))
        try reader.eachMember { member, reader in
            switch member {
            case "after": after = try reader.readSpan()
            case "to": to = QueueName(try reader.readString())
            default: try reader.skipValue()
            }
        }
    }
}

extension Interflow {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("after", after)
        writer.field("sites", sites.map(\.rawValue))
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init(after: .zero, sites: [])
        try reader.eachMember { member, reader in
            switch member {
            case "after": after = try reader.readSpan()
            case "sites": sites = try reader.names()
            default: try reader.skipValue()
            }
        }
    }
}

extension WhenClosed {
    /// Nothing for waiting, which is the rule; an object with one member else.
    func write(to writer: inout JSONWriter) {
        guard self != .wait else { return }
        writer.key("whenClosed")
        writer.beginObject()
        if case .go(let queue) = self { writer.field("to", queue.rawValue) } else { writer.field("refuse", true) }
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self = .wait
        try reader.eachMember { member, reader in
            switch member {
            case "to": self = .go(QueueName(try reader.readString()))
            case "refuse": self = try reader.readBool() ? .refuse : self
            default: throw PlanError(word: member, known: ["to", "refuse"])
            }
        }
    }
}

extension Escalation {
    func write(to writer: inout JSONWriter) {
        writer.key("escalation")
        writer.beginObject()
        switch self {
        case .queue(let queue): writer.field("queue", queue.rawValue)
        case .vendor(let vendor): writer.field("vendor", vendor)
        }
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        var escalation: Escalation?
        try reader.eachMember { member, reader in
            switch member {
            case "queue": escalation = .queue(QueueName(try reader.readString()))
            case "vendor": escalation = .vendor(try reader.readString())
            default: throw PlanError(word: member, known: ["queue", "vendor"])
            }
        }
        guard let escalation else { throw PlanError(word: "an empty escalation", known: ["queue", "vendor"]) }
        self = escalation
    }
}
