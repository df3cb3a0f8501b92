import HTTP
import JSON
import Site

/// Sends one contact to another site.
enum HandOverCommand {
    static let command = Command(
        name: "hand-over", summary: "Offer a contact to another site",
        description: [
            "Takes a contact from whoever has it, or out of its queue, and offers it to the peer SITE. Until that site has answered nobody "
                + "here gets it; if it refuses, or does not know it when it comes back to life, the contact waits here again at its old "
                + "place. The customer notices nothing: what they write still comes here and goes on from here.",
            "CONTACT is its number or its name, such as 42 or berlin-42. The token is a supervisor's: tokens/operator beside the "
                + "configuration unless told.",
        ],
        options: SiteAccess.options,
        operands: [.init(name: "CONTACT", summary: "The contact."), .init(name: "SITE", summary: "The peer.")],
        exits: [
            (.ok, "offered"), (.data, "the site refused, and says why"), (.unavailable, "no site answered"),
            (.noPermission, "the token may not do this"),
        ],
        examples: ["interflow hand-over 42 munich"], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let access = try SiteAccess(invocation, identity: "operator")
        let contact = invocation.operands[0]
        let site = invocation.operands[1]
        _ = try access.post(
            "/v1/interactions/\(PercentEncoding.encode(contact))/hand-over", ["site": .string(site)])
        Terminal.say("\(TerminalText.safe(contact)) is offered to \(TerminalText.safe(site))")
        return .ok
    }
}

/// Empties a site, or stops emptying it.
enum DrainCommand {
    static let command = Command(
        name: "drain", summary: "Hand everything that waits to other sites, and take no more of theirs",
        description: [
            "drain on: contacts that wait are offered to peers that serve their queue, busy or not; conversations under way end here; contacts "
                + "still come in by this site's channels and go on to the others at once. drain off: everything as before. It "
                + "holds over restarts.",
            "The token is a supervisor's or an admin's: tokens/operator beside the configuration unless told.",
        ],
        options: SiteAccess.options, operands: [.init(name: "on|off", summary: "Which.")],
        exits: [(.ok, "done, and durable"), (.unavailable, "no site answered")],
        examples: ["interflow drain on"], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let word = invocation.operands[0]
        guard ["on", "off"].contains(word) else { throw CommandFailure(.usage, "drain is on or off, not \(word)") }
        let access = try SiteAccess(invocation, identity: "operator")
        _ = try access.post("/v1/drain", ["draining": .bool(word == "on")])
        Terminal.say(word == "on" ? "this site is being emptied" : "this site keeps its contacts again")
        return .ok
    }
}

extension SiteAccess {
    /// Posts JSON; an answer other than 200 is thrown in words.
    func post(_ target: String, _ body: JSONValue) throws -> JSONValue {
        var request = request("POST", target)
        request.body = .bytes(body.bytes, contentType: "application/json")
        let response = try perform(request)
        guard response.status == 200 else { throw refusal(response) }
        return (try? JSONValue.parse(response.body)) ?? .null
    }
}
