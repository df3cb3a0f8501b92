import HTTP
import JSON
import Site

/// A contact of any channel, through `POST /v1/interactions`.
enum ContactSending {
    static func run(_ invocation: Invocation) throws -> ExitCode {
        let access = try SiteAccess(invocation, identity: "shop")
        let key = invocation["key"] ?? Hexadecimal.text(RandomBytes.make(16))
        var request = access.request("POST", "/v1/interactions", headers: [ClientField("Idempotency-Key", key)])
        request.body = .bytes(try body(invocation), contentType: "application/json")
        return try SendCommand.send(request, invocation, access) { response in
            guard (200..<300).contains(response.status) else { throw access.refusal(response) }
            let answer = (try? JSONValue.parse(response.body)) ?? .null
            guard let number = answer["interaction"]?.integerValue, let id = answer["id"]?.stringValue else {
                return "the site took note of it"
            }
            return "interaction #\(number) (\(TerminalText.safe(id)))"
        }
    }

    static func body(_ invocation: Invocation) throws -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("channel", invocation.operands[0])
        writer.field("from", invocation["from"] ?? SendCommand.defaultCustomer)
        writer.field("to", invocation["to"] ?? "interflow")
        let text = invocation.operands.dropFirst().joined(separator: " ")
        if !text.isEmpty { writer.field("text", text) }
        writer.field("subject", invocation["subject"])
        writer.field("queue", invocation["queue"])
        writer.field("headStartSeconds", try invocation["head-start"].map(seconds))
        try writeSkills(invocation.all("skill"), to: &writer)
        try writeAttributes(invocation.all("attribute"), to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private static func writeSkills(_ skills: [String], to writer: inout JSONWriter) throws {
        guard !skills.isEmpty else { return }
        writer.key("skills")
        writer.beginObject()
        for skill in skills {
            let (name, level) = try pair(skill, of: "skill", form: "NAME=LEVEL")
            guard let level = Int64(level) else {
                throw CommandFailure(.usage, "--skill \(skill): the level is a number from 1 to 10")
            }
            writer.key(name)
            writer.integer(level)
        }
        writer.endObject()
    }

    private static func writeAttributes(_ attributes: [String], to writer: inout JSONWriter) throws {
        guard !attributes.isEmpty else { return }
        writer.key("attributes")
        writer.beginObject()
        for attribute in attributes {
            let (name, value) = try pair(attribute, of: "attribute", form: "NAME=VALUE")
            writer.key(name)
            writer.string(value)
        }
        writer.endObject()
    }

    private static func pair(_ text: String, of option: String, form: String) throws -> (String, String) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw CommandFailure(.usage, "--\(option) is written \(form), not \(text)")
        }
        return (String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    /// `90`, `90s`, `2m` or `1h`, in seconds.
    static func seconds(_ text: String) throws -> Int64 {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[$0] }
        guard let count = Int64(unit == nil ? text[...] : text.dropLast()), (0...86_400).contains(count),
            count * (unit ?? 1) <= 86_400
        else {
            throw CommandFailure(.usage, "--head-start is a time from 0 to 24h, such as 30s or 2m, not \(text)")
        }
        return count * (unit ?? 1)
    }
}
