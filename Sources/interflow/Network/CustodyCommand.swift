import HTTP
import JSON
import Site

/// Who has a contact, as one site knows it; and the last resort when an offer stays in doubt.
enum CustodyCommand {
    static let command = Command(
        name: "custody", summary: "Show who has a contact; take back an offer in doubt",
        description: [
            "show CONTACT says what this site knows of a contact that moved between sites: who has it, under which epoch, and what is owed.",
            "force CONTACT --i-have-checked-with SITE takes back an offer that SITE has not answered. An offer in doubt ends by itself when SITE "
                + "answers, however late, so force is for a site that will never come back. If SITE has taken the contact after all, two "
                + "sites serve it until they meet: look there first (interflow custody show CONTACT there, or its journal).",
            "CONTACT is called as in the whole network, such as berlin-42. The token is an admin's: tokens/admin beside the configuration "
                + "unless told.",
        ],
        options: [
            .init(
                name: "i-have-checked-with", value: "SITE",
                summary: "force: the site whose answer is missing, and where you have looked."),
            .init(name: "json", summary: "show: what the site says, as it says it."),
        ] + SiteAccess.options,
        operands: [
            .init(name: "show|force", summary: "What to do."), .init(name: "CONTACT", summary: "The contact."),
        ],
        exits: [
            (.ok, "shown, or taken back"), (.failed, "this site knows of no such contact that moved"),
            (.data, "nothing is in doubt, or with another site"), (.unavailable, "no site answered"),
        ],
        examples: [
            "interflow custody show berlin-42", "interflow custody force berlin-42 --i-have-checked-with munich",
        ], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let access = try SiteAccess(invocation, identity: "admin")
        let contact = invocation.operands[1]
        let path = "/v1/custody/\(PercentEncoding.encode(contact))"
        switch invocation.operands[0] {
        case "show": return try show(access, path, invocation)
        case "force":
            guard let peer = invocation["i-have-checked-with"] else {
                throw CommandFailure(
                    .usage,
                    "look at the site that has not answered first, then say --i-have-checked-with SITE")
            }
            _ = try access.post("\(path)/force", ["checkedWith": .string(peer)])
            Terminal.say("\(TerminalText.safe(contact)) waits here again")
            return .ok
        case let verb: throw CommandFailure(.usage, "custody can show and force, not \(verb)")
        }
    }

    private static func show(_ access: SiteAccess, _ path: String, _ invocation: Invocation) throws -> ExitCode {
        let response = try access.perform(access.request("GET", path))
        if response.status == 404 { throw CommandFailure(.failed, SiteProblem(response).text) }
        guard response.status == 200 else { throw access.refusal(response) }
        let answer = (try? JSONValue.parse(response.body)) ?? .null
        Terminal.say(invocation.has("json") ? String(decoding: answer.bytes, as: UTF8.self) : words(answer))
        return .ok
    }

    private static func words(_ answer: JSONValue) -> String {
        func text(_ name: String) -> String? { answer[name]?.stringValue.map(TerminalText.safe) }
        let peer = text("peer") ?? "?"
        let state: String
        switch text("state") {
        case "held": state = "here"
        case "offered":
            let seconds = (answer["inDoubtFor"]?.integerValue ?? 0) / 1000
            state = "offered to \(peer), which has not answered for \(seconds) s"
        case "gone": state = "at \(text("at") ?? peer)"
        case "refused": state = "refused here; \(peer) had offered it"
        case "closed": state = "ended here"
        case let other: state = other ?? "?"
        }
        var lines = ["\(text("contact") ?? "?"): \(state) (epoch \(text("epoch") ?? "?"))"]
        let hops = (answer["hops"]?.arrayValue ?? []).compactMap { $0.stringValue.map(TerminalText.safe) }
        if !hops.isEmpty { lines.append("  was at \(hops.joined(separator: ", "))") }
        if let number = answer["interaction"]?.integerValue { lines.append("  interaction \(number) here") }
        if let owed = answer["owed"]?.integerValue, owed > 0 { lines.append("  \(owed) messages still to be told") }
        return lines.joined(separator: "\n")
    }
}
