import InteractionModel
package import JSON

/// The text of a calendar in a plan, and so in the journal: member names are stable for ever.
extension OpeningHours {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name.rawValue)
        writer.key("zone")
        zone.write(to: &writer)
        writer.key("week")
        writer.array(week) { $1.array($0) { $1.string($0.description) } }
        writer.key("exceptions")
        writer.array(exceptions) { $0.write(to: &$1) }
        writer.key("closures")
        writer.array(closures) { $0.write(to: &$1) }
        writer.endObject()
    }

    /// - Throws: `JSONError` that names the member.
    package init(from reader: inout JSONReader) throws {
        var name = ""
        var zone = ZoneTable.utc(until: 0)
        var week: [[OpenInterval]] = []
        var exceptions: [HoursException] = []
        var closures: [HoursClosure] = []
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = try reader.readString()
            case "zone": zone = try ZoneTable(from: &reader)
            case "week": week = try reader.array { try $0.array { try OpenInterval(from: &$0) } }
            case "exceptions": exceptions = try reader.array { try HoursException(from: &$0) }
            case "closures": closures = try reader.array { try HoursClosure(from: &$0) }
            default: try reader.skipValue()
            }
        }
        self.init(name: CalendarName(name), zone: zone, week: week, exceptions: exceptions, closures: closures)
    }
}

extension ZoneTable {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name)
        writer.key("offsets")
        writer.array(transitions) { transition, writer in
            writer.array([transition.from, transition.offset]) { $1.integer($0) }
        }
        writer.field("until", horizonEnd)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        var name = ""
        var transitions: [Transition] = []
        var horizonEnd: Int64 = 0
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = try reader.readString()
            case "offsets": transitions = try reader.array { try Transition(from: &$0) }
            case "until": horizonEnd = try reader.readInteger()
            default: try reader.skipValue()
            }
        }
        self.init(name: name, transitions: transitions, horizonEnd: horizonEnd)
    }
}

extension ZoneTable.Transition {
    fileprivate init(from reader: inout JSONReader) throws {
        let pair = try reader.array { try $0.readInteger() }
        guard pair.count == 2, pair[1].magnitude <= UInt64(ZoneTable.offsetMax) else {
            throw reader.failure(.invalidValue("expected a moment and an offset of at most a day, in seconds"))
        }
        self.init(from: pair[0], offset: pair[1])
    }
}

extension OpenInterval {
    fileprivate init(from reader: inout JSONReader) throws {
        guard let interval = OpenInterval(try reader.readString()) else {
            throw reader.failure(.invalidValue("expected an interval such as 08:00-12:00"))
        }
        self = interval
    }
}

extension HoursException {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("date", date.description)
        writer.field("title", title)
        writer.key("open")
        writer.array(intervals) { $1.string($0.description) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        var date = LocalDate(day: 0)
        var title = ""
        var intervals: [OpenInterval] = []
        try reader.eachMember { member, reader in
            switch member {
            case "date": date = try reader.readDate()
            case "title": title = try reader.readString()
            case "open": intervals = try reader.array { try OpenInterval(from: &$0) }
            default: try reader.skipValue()
            }
        }
        self.init(date: date, title: title, intervals: intervals)
    }
}

extension JSONReader {
    fileprivate mutating func readDate() throws -> LocalDate {
        if let date = LocalDate(try readString()) { return date }
        throw failure(.invalidValue("expected a date such as 2026-12-24"))
    }
}

extension HoursClosure {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("from", from)
        writer.field("until", until)
        writer.field("title", title)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        var from: Int64 = 0
        var until: Int64 = 0
        var title = ""
        try reader.eachMember { member, reader in
            switch member {
            case "from": from = try reader.readInteger()
            case "until": until = try reader.readInteger()
            case "title": title = try reader.readString()
            default: try reader.skipValue()
            }
        }
        self.init(from: from, until: until, title: title)
    }
}
