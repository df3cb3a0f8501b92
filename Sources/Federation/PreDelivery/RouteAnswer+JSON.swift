import InteractionModel
package import JSON

// Bodies of facts and of rows: one object, names in a fixed order, what is empty left out.

extension RouteAnswer {
    package func writeMembers(to writer: inout JSONWriter) {
        writer.field("client", question.client)
        writer.field("key", question.key)
        writer.field("externalId", externalID)
        writer.field("decision", decision.rawValue)
        writer.field("service", service)
        writer.field("queue", queue?.rawValue)
        writer.field("site", site?.rawValue)
        writer.field("uri", uri)
        writer.field("label", label)
        writer.field("number", number)
        writer.field("contextToken", contextToken)
        writer.field("until", expiresAt.milliseconds)
        if quarantine != .zero { writer.field("quarantine", quarantine.milliseconds) }
        writer.field("knownAge", knownAge?.milliseconds)
        writer.field("keptBy", keptBy?.site.rawValue)
        writer.field("keptAs", keptBy?.reservation)
        if !tried.isEmpty { writer.field("tried", tried.map(\.rawValue)) }
        writer.field("replaces", replaces)
        writer.field("reason", reason)
        if !steps.isEmpty {
            writer.key("steps")
            writer.beginArray()
            for step in steps { step.write(to: &writer) }
            writer.endArray()
        }
        if let dealing {
            writer.key("dealing")
            dealing.write(to: &writer)
        }
    }

    package init(_ members: JSONObject) throws(RouteReadingError) {
        func text(_ name: String) throws(RouteReadingError) -> String {
            guard let text = members[name]?.stringValue else { throw RouteReadingError(member: name) }
            return text
        }
        guard let decision = Decision(rawValue: try text("decision")) else {
            throw RouteReadingError(member: "decision")
        }
        guard let until = members["until"]?.integerValue else { throw RouteReadingError(member: "until") }
        question = RouteKey(client: try text("client"), key: try text("key"))
        self.decision = decision
        contextToken = try text("contextToken")
        expiresAt = Timestamp(milliseconds: until)
        reason = try text("reason")
        externalID = members["externalId"]?.stringValue
        service = members["service"]?.stringValue
        queue = members["queue"]?.stringValue.map { QueueName($0) }
        site = members["site"]?.stringValue.map { SiteName($0) }
        uri = members["uri"]?.stringValue
        label = members["label"]?.stringValue
        number = members["number"]?.stringValue
        quarantine = Span(milliseconds: members["quarantine"]?.integerValue ?? 0)
        knownAge = members["knownAge"]?.integerValue.map { Span(milliseconds: $0) }
        keptBy = members.keeper
        tried = (members["tried"]?.arrayValue ?? []).compactMap { $0.stringValue.map { SiteName($0) } }
        replaces = members["replaces"]?.integerValue
        steps = []
        for value in members["steps"]?.arrayValue ?? [] { steps.append(try SiteSelection.Step(value)) }
        dealing = try members["dealing"]?.objectValue.map(Dealing.init)
    }
}

/// What a stored answer lacks, or says in words that this release does not know.
package struct RouteReadingError: Error, Hashable, Sendable {
    package var member: String
}

extension JSONObject {
    fileprivate var keeper: RouteAnswer.Keeper? {
        guard let site = self["keptBy"]?.stringValue, let number = self["keptAs"]?.integerValue else { return nil }
        return RouteAnswer.Keeper(site: SiteName(site), reservation: number)
    }
}

extension SiteSelection.Step {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("step", number)
        if isClosed { writer.field("closed", true) }
        if !dropped.isEmpty {
            writer.key("dropped")
            writer.beginObject()
            for entry in dropped {
                writer.key(entry.site.rawValue)
                writer.string(entry.rule.word)
            }
            writer.endObject()
        }
        writer.endObject()
    }

    fileprivate init(_ value: JSONValue) throws(RouteReadingError) {
        guard let number = value["step"]?.integerValue else { throw RouteReadingError(member: "steps") }
        self.init(number: Int(number), isClosed: value["closed"]?.boolValue ?? false)
        for member in value["dropped"]?.objectValue?.members ?? [] {
            // A rule of a newer release still says that the site was dropped.
            let word = member.value.stringValue ?? ""
            dropped.append(.init(SiteName(member.name), SiteDrop(word: word) ?? .refused(word)))
        }
    }
}

extension RouteAnswer.Dealing {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("account", account)
        writer.key("shares")
        writer.beginObject()
        for share in shares {
            writer.key(share.site.rawValue)
            writer.integer(Int64(share.weight))
        }
        writer.endObject()
        writer.field("able", able.map(\.rawValue))
        writer.endObject()
    }

    fileprivate init(_ members: JSONObject) throws(RouteReadingError) {
        guard let account = members["account"]?.stringValue, let shares = members["shares"]?.objectValue else {
            throw RouteReadingError(member: "dealing")
        }
        self.init(
            account: account,
            shares: shares.members.map { Share(SiteName($0.name), Int($0.value.integerValue ?? 0)) },
            able: (members["able"]?.arrayValue ?? []).compactMap { $0.stringValue.map { SiteName($0) } })
    }
}

extension RouteRow {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("state", state.rawValue)
        writer.field("client", question.client)
        writer.field("key", question.key)
        writer.field("externalId", externalID)
        writer.field("decision", decision.rawValue)
        writer.field("queue", queue?.rawValue)
        writer.field("site", site?.rawValue)
        writer.field("uri", uri)
        writer.field("label", label)
        writer.field("number", number)
        writer.field("contextToken", contextToken)
        writer.field("until", expiresAt.milliseconds)
        if quarantine != .zero { writer.field("quarantine", quarantine.milliseconds) }
        writer.field("knownAge", knownAge?.milliseconds)
        writer.field("keptBy", keptBy?.site.rawValue)
        writer.field("keptAs", keptBy?.reservation)
        if !tried.isEmpty { writer.field("tried", tried.map(\.rawValue)) }
        writer.field("reason", reason)
        writer.field("answeredAt", answeredAt.milliseconds)
        writer.field("forgetAt", forgetAt?.milliseconds)
        writer.endObject()
    }

    package init(_ members: JSONObject) throws(RouteReadingError) {
        let answer = try RouteAnswer(members)
        guard let state = members["state"]?.stringValue.flatMap({ State(rawValue: $0) }) else {
            throw RouteReadingError(member: "state")
        }
        self.init(answer, at: Timestamp(milliseconds: members["answeredAt"]?.integerValue ?? 0))
        self.state = state
        forgetAt = members["forgetAt"]?.integerValue.map { Timestamp(milliseconds: $0) }
    }
}

extension ShareAccount {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("asked", asked)
        writer.key("shares")
        writer.beginObject()
        for entry in entries {
            writer.key(entry.site.rawValue)
            writer.beginArray()
            for number in [Int64(entry.weight), entry.given, entry.credit] { writer.integer(number) }
            writer.endArray()
        }
        writer.endObject()
        writer.endObject()
    }

    package init(_ members: JSONObject) throws(RouteReadingError) {
        guard let asked = members["asked"]?.integerValue, let shares = members["shares"]?.objectValue else {
            throw RouteReadingError(member: "shares")
        }
        let entries: [Entry] = shares.members.compactMap { member in
            let numbers = (member.value.arrayValue ?? []).compactMap(\.integerValue)
            guard numbers.count == 3 else { return nil }
            return Entry(
                site: SiteName(member.name), weight: Int(numbers[0]), given: numbers[1], credit: numbers[2])
        }
        self.init(entries: entries, asked: asked)
    }
}
