import InteractionModel
import JSON

extension Transfer {
    /// All but the contact, which every message names.
    func writeMembers(to writer: inout JSONWriter) {
        writer.key("hops")
        writer.beginArray()
        for hop in hops {
            writer.beginObject()
            writer.field("site", hop.site.rawValue)
            writer.field("at", hop.at.milliseconds)
            writer.endObject()
        }
        writer.endArray()
        writer.field("channel", channel.rawValue)
        writer.field("account", account.rawValue)
        if direction != .inbound { writer.field("direction", direction.rawValue) }
        writer.field("language", language)
        writer.field("queue", requirement.queue.rawValue)
        if !requirement.skills.skills.isEmpty {
            writer.key("skills")
            writer.beginObject()
            for skill in requirement.skills.skills {
                writer.key(skill.skill.rawValue)
                writer.integer(Int64(skill.level))
            }
            writer.endObject()
        }
        if requirement.headStart != .zero { writer.field("headStart", requirement.headStart.milliseconds) }
        writer.field("waited", waited.milliseconds)
        if level != 0 { writer.field("level", level) }
        if heard != 0 { writer.field("heard", heard) }
        writer.field("cause", cause.rawValue)
        writer.field("notAfter", notAfter.milliseconds)
        writer.content(content)
    }

    /// The members of an offer, read in whatever order they come.
    struct Members {
        private var hops: [Hop] = []
        private var channel: ChannelName?
        private var account: AccountName?
        private var direction = Direction.inbound
        private var language: String?
        private var queue: QueueName?
        private var skills = SkillSet()
        private var headStart = Span.zero
        private var waited: Int64?
        private var level = 0
        private var heard: Int64 = 0
        private var notAfter: Int64?

        mutating func read(_ name: String, from reader: inout JSONReader) throws(JSONError) {
            switch name {
            case "hops": hops = try Self.readHops(&reader)
            case "channel": channel = try reader.readName()
            case "account": account = try reader.readName()
            case "direction": direction = try reader.readWord()
            case "language": language = try Self.readLanguage(&reader)
            case "queue": queue = try reader.readName()
            case "skills": skills = try Self.readSkills(&reader)
            case "headStart":
                headStart = Span(milliseconds: try reader.readInteger(in: 0...Requirement.headStartMax.milliseconds))
            case "waited": waited = try reader.readMilliseconds()
            case "level": level = Int(try reader.readInteger(in: 0...1000))
            case "heard": heard = try reader.readInteger(in: 0...Int64.max)
            case "notAfter": notAfter = try reader.readMilliseconds()
            default: try reader.skipValue()
            }
        }

        func transfer(
            of contact: ContactID, cause: String, content: [UInt8], _ reader: borrowing JSONReader
        ) throws(JSONError) -> Transfer {
            guard let cause = Cause(rawValue: cause) else {
                throw reader.failure(.invalidValue("has an unknown cause"))
            }
            guard !hops.isEmpty else { throw reader.failure(.missingKey("hops")) }
            return Transfer(
                contact: contact, hops: hops, channel: try reader.need(channel, "channel"),
                account: try reader.need(account, "account"), direction: direction, language: language,
                requirement: Requirement(
                    queue: try reader.need(queue, "queue"), skills: skills, headStart: headStart),
                waited: Span(milliseconds: try reader.need(waited, "waited")), level: level, heard: heard, cause: cause,
                notAfter: Timestamp(milliseconds: try reader.need(notAfter, "notAfter")), content: content)
        }

        private static func readHops(_ reader: inout JSONReader) throws(JSONError) -> [Hop] {
            var hops: [Hop] = []
            try reader.beginArray()
            while try reader.hasNextElement() {
                guard hops.count < PeerBounds.hopsMax else {
                    throw reader.failure(.invalidValue("names more than \(PeerBounds.hopsMax) sites"))
                }
                var site: SiteName?
                var at: Int64?
                try reader.beginObject()
                while let name = try reader.nextKey() {
                    switch name {
                    case "site": site = try reader.readName()
                    case "at": at = try reader.readMilliseconds()
                    default: try reader.skipValue()
                    }
                }
                hops.append(
                    Hop(
                        site: try reader.need(site, "site"), at: Timestamp(milliseconds: try reader.need(at, "at"))))
            }
            return hops
        }

        /// RFC 5646 §2.1: letters, digits and hyphens.
        private static func readLanguage(_ reader: inout JSONReader) throws(JSONError) -> String {
            let tag = try reader.readString()
            let isTag = tag.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            }
            guard isTag, (1...35).contains(tag.utf8.count) else {
                throw reader.failure(.invalidValue("is not a language tag"))
            }
            return tag
        }

        private static func readSkills(_ reader: inout JSONReader) throws(JSONError) -> SkillSet {
            var skills: [SkillRequirement] = []
            try reader.beginObject()
            while let name = try reader.nextKey() {
                guard SkillName.isValid(name), skills.count < PeerBounds.skillsMax else {
                    throw reader.failure(.invalidValue("is not a set of at most \(PeerBounds.skillsMax) skills"))
                }
                skills.append(SkillRequirement(SkillName(name), level: Int(try reader.readInteger(in: 1...10))))
            }
            return SkillSet(skills)
        }
    }
}
