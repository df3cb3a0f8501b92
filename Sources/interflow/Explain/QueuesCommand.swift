import Glibc
import HTTP
import JSON
import Site

/// How the queues of a running site do.
enum QueuesCommand {
    static let command = Command(
        name: "queues", summary: "Show how every queue does: who waits, how long, how well it serves",
        description: [
            "One line to a queue: waiting, with a bar; the longest wait; what one more contact may expect (half wait no longer, nine of "
                + "ten no longer); answered within the service level in the last half hour, with a bar up to its target; mean wait and "
                + "handling time of the last half hour; agents signed in and free. -f draws it again every two seconds.",
            "A dash means that there is nothing to say it from. GET /v1/queues gives all figures and what each means.",
        ],
        options: [
            .init(name: "follow", short: "f", summary: "Draw it again every two seconds."),
            .init(name: "json", summary: "What the site says, as it says it."),
        ] + SiteAccess.options,
        operands: [.init(name: "QUEUE", isRequired: false, summary: "Only this queue.")],
        exits: [
            (.ok, "shown; with -f: ended by ^C"), (.failed, "the plan has no such queue"),
            (.unavailable, "no site answered"), (.noPermission, "the token may not see queues"),
        ],
        examples: ["interflow queues -f", "interflow queues support --json"], run: run)

    private static let pauseMicroseconds: UInt32 = 2_000_000

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        signal(SIGPIPE, SIG_DFL)
        let access = try SiteAccess(invocation, identity: "operator")
        while true {
            let body = try ask(access)
            let text = try invocation.has("json") ? body : table(body, only: invocation.operands.first)
            let isFollowed = invocation.has("follow")
            Terminal.say((isFollowed && isatty(STDOUT_FILENO) == 1 ? "\u{1B}[H\u{1B}[J" : "") + text)
            guard isFollowed else { return .ok }
            usleep(pauseMicroseconds)
        }
    }

    private static func ask(_ access: SiteAccess) throws -> String {
        let response = try access.perform(access.request("GET", "/v1/queues"))
        guard response.status == 200 else { throw access.refusal(response) }
        return String(decoding: response.body, as: UTF8.self)
    }

    private static func table(_ body: String, only queue: String?) throws -> String {
        guard let answer = try? JSONValue.parse(Array(body.utf8)), let queues = answer["queues"]?.arrayValue else {
            throw CommandFailure(.data, "the site's queues could not be understood")
        }
        let chosen = queues.filter { queue == nil || $0["queue"]?.stringValue == queue }
        if let queue, chosen.isEmpty {
            let hint = NearestWord.to(queue, among: queues.compactMap { $0["queue"]?.stringValue })
            throw CommandFailure(
                .failed,
                "the plan has no queue \(TerminalText.safe(queue))" + (hint.map { "; did you mean \($0)?" } ?? ""))
        }
        return QueueTable(chosen).lines(paint: .ofOutput).joined(separator: "\n")
    }
}
