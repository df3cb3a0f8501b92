import HTTP
import JSON
import Site

/// `peer rotate`: one step of changing this site's key.
struct PeerRotating {
    private let access: SiteAccess
    private let step: String

    init(_ invocation: Invocation) throws {
        access = try SiteAccess(invocation, identity: "admin")
        guard !(invocation.has("finish") && invocation.has("announce")) else {
            throw CommandFailure(.usage, "either --finish or --announce")
        }
        step = invocation.has("finish") ? "finish" : invocation.has("announce") ? "announce" : "next"
    }

    func run() throws -> ExitCode {
        let response = try access.perform(access.request("POST", "/v1/peers/rotation?step=\(step)"))
        guard response.status != 409 else { throw CommandFailure(.failed, SiteProblem(response).text) }
        guard response.status == 200 else { throw access.refusal(response) }
        let answer = (try? JSONValue.parse(response.body)) ?? .null
        for line in Self.words(answer, step: step) { Terminal.say(TerminalText.safe(line)) }
        return Self.deaf(answer).isEmpty ? .ok : .failed
    }

    private static func deaf(_ answer: JSONValue) -> [String] {
        (answer["peers"]?.arrayValue ?? []).filter { $0["knows"]?.boolValue != true }
            .compactMap { $0["name"]?.stringValue }
    }

    static func words(_ answer: JSONValue, step: String) -> [String] {
        let prints = (answer["fingerprints"]?.arrayValue ?? []).compactMap(\.stringValue)
        var lines = zip(["This site signs with", "The next key is    "], prints).map {
            "\($0) \(Fingerprint.spoken($1))"
        }
        for peer in answer["peers"]?.arrayValue ?? [] {
            let name = peer["name"]?.stringValue ?? "?"
            lines.append(
                peer["knows"]?.boolValue == true
                    ? "\(name) knows" : "\(name) does not know yet: \(peer["reason"]?.stringValue ?? "")")
        }
        let isDeaf = !deaf(answer).isEmpty
        if isDeaf {
            lines.append("Tell them again when they are back: interflow peer rotate --announce")
        } else if step != "finish", prints.count > 1 {
            lines.append("Every peer knows; change over with: interflow peer rotate --finish")
        }
        return lines
    }
}
