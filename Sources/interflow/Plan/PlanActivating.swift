import Configuration
import HTTP
import JSON
import Routing
import Site

/// `plan activate` and `plan rollback`: one request to a running site, and what it answered in words.
struct PlanActivating {
    /// Agents without an identity that are named.
    private static let namesMax = 10

    private let access: SiteAccess
    private let isJSON: Bool
    private let isDryRun: Bool
    private let comment: String?
    private let ifActive: String?

    init(_ invocation: Invocation) throws {
        access = try SiteAccess(invocation, identity: "admin")
        isJSON = invocation.has("json")
        isDryRun = invocation.has("dry-run")
        comment = invocation["comment"]
        ifActive = invocation["if-active"]
    }

    /// - Parameter file: nil for the site's own configuration, as it lies there.
    func activate(_ file: String?) throws -> ExitCode {
        guard let file else { return tell(try post(from: "file", isDryRun: isDryRun)) }
        return tell(try post(text: try checked(file), isDryRun: isDryRun))
    }

    func goBack(to version: String) throws -> ExitCode { tell(try post(from: version, isDryRun: isDryRun)) }

    /// What the site says an activation of `file` would do.
    func rehearse(_ file: String) throws -> JSONValue { try post(text: try checked(file), isDryRun: true) }

    /// The same check here first: complaints then name this file and its lines.
    private func checked(_ file: String) throws -> [UInt8] {
        _ = try PlanCommand.read(file)
        do throws(ConfigurationError) {
            return try ConfigurationFile.bytes(of: file)
        } catch {
            throw CommandFailure(.noInput, TerminalText.safe(error.description))
        }
    }

    private func post(from: String? = nil, text: [UInt8]? = nil, isDryRun: Bool) throws -> JSONValue {
        var query: [(String, String)] = []
        if let from { query.append(("from", from)) }
        if let comment { query.append(("comment", comment)) }
        if isDryRun { query.append(("dryRun", "true")) }
        let target = "/v1/plan?" + query.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        var request = access.request(
            "POST", target, headers: ifActive.map { [ClientField("If-Match", "\"\($0)\"")] } ?? [])
        request.body = .bytes(text ?? [], contentType: "application/yaml")
        let response = try access.perform(request)
        guard response.status != 412 else {
            throw CommandFailure(.failed, "nothing was changed: \(SiteProblem(response).text)")
        }
        guard response.status == 200 else { throw access.refusal(response) }
        return (try? JSONValue.parse(response.body, limits: JSONLimits(maxBytes: 16 << 20))) ?? .null
    }

    // MARK: What it answered

    private func tell(_ answer: JSONValue) -> ExitCode {
        if isJSON {
            Terminal.say(String(decoding: answer.bytes, as: UTF8.self))
            return .ok
        }
        let version = answer["version"]?.stringValue ?? "?"
        let change = answer["change"]?.stringValue ?? ""
        if isDryRun {
            tellRehearsal(answer, version, change)
        } else if answer["isNew"]?.boolValue == false {
            Terminal.say(TerminalText.safe("plan \(version) is active already; nothing was changed"))
        } else {
            let previous = answer["previous"]?.stringValue ?? "none"
            Terminal.say(TerminalText.safe("plan \(version) is active (before: \(previous)): \(change)"))
        }
        tellRemarks(answer)
        return .ok
    }

    private func tellRehearsal(_ answer: JSONValue, _ version: String, _ change: String) {
        let previous = answer["previous"]?.stringValue ?? "none"
        Terminal.say(TerminalText.safe("nothing was changed; \(version) after \(previous) would be: \(change)"))
        for change in answer["changes"]?.arrayValue ?? [] {
            let words = PlanChange(
                change["path"]?.stringValue ?? "?", from: change["from"]?.stringValue, to: change["to"]?.stringValue)
            Terminal.say(TerminalText.safe(words.description))
        }
        if let effects = answer["effects"] { Terminal.say(PlanDiffing.words(effects)) }
        if answer["wouldBeRefused"]?.boolValue == true {
            Terminal.say("it would be refused: another plan is active than --if-active says")
        }
    }

    private func tellRemarks(_ answer: JSONValue) {
        for warning in answer["warnings"]?.arrayValue ?? [] {
            let place = "line \(warning["line"]?.integerValue ?? 0): \(warning["field"]?.stringValue ?? "")"
            let hint = warning["hint"]?.stringValue.map { "; \($0)" } ?? ""
            Terminal.complain(TerminalText.safe("warning: \(place): \(warning["reason"]?.stringValue ?? "")\(hint)"))
        }
        let keys = (answer["restartKeys"]?.arrayValue ?? []).compactMap(\.stringValue)
        if !keys.isEmpty {
            Terminal.complain(
                TerminalText.safe(
                    "the file says something else than what runs under \(keys.joined(separator: ", ")): "
                        + "only a restart changes that; nothing of it was changed"))
        }
        let names = (answer["agentsWithoutIdentity"]?.arrayValue ?? []).compactMap(\.stringValue)
        if !names.isEmpty {
            let count = answer["agentsWithoutIdentityCount"]?.integerValue ?? Int64(names.count)
            let listed = names.prefix(Self.namesMax).joined(separator: ", ")
            Terminal.complain(
                TerminalText.safe(
                    "\(count == 1 ? "one agent" : "\(count) agents") of this plan without an identity cannot sign in: \(listed)"
                        + (count > Self.namesMax ? " …" : "") + "; interflow token makes one, and a restart takes it"))
        }
    }
}
