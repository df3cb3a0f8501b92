import Glibc
import HTTP
import InteractionModel
import Site

/// The routing log for people, or for machines.
enum LogCommand {
    static let command = Command(
        name: "log", summary: "Read the routing log: what was decided, and why",
        description: [
            "Prints one line for each entry: when, which interaction, what, and why. Without --after or --last it prints the "
                + "newest \(lastUsual) entries, and with --interaction all of that one; other filters choose among those. -f goes on "
                + "with what is written from then on.",
            "A follower that loses the connection comes back by itself and goes on after the last entry printed: nothing is "
                + "lost and nothing is repeated.",
            "The token is a supervisor's, an admin's or an auditor's: tokens/operator beside the configuration unless told. "
                + "No personal content is in the log.",
        ],
        options: [
            .init(name: "follow", short: "f", summary: "Go on with what comes."),
            .init(name: "why", short: "w", summary: "Explain each decision in full."),
            .init(name: "json", summary: "The entries as JSON, one to a line."),
            .init(name: "after", value: "SEQ", summary: "Entries after this sequence."),
            .init(name: "last", value: "N", summary: "Begin N entries before the end."),
            .init(name: "interaction", value: "N", summary: "Only this interaction."),
            .init(name: "queue", value: "NAME", summary: "Only this queue."),
            .init(name: "agent", value: "NAME", summary: "Only this agent."),
            .init(name: "channel", value: "NAME", summary: "Only this channel."),
            .init(name: "type", value: "TYPE", summary: "Only types that begin so: offer, message, agent …"),
        ] + SiteAccess.options,
        exits: [
            (.ok, "printed; with -f: ended by ^C or because nobody reads any more"),
            (.data, "the site refused the filter"),
            (.unavailable, "no site answered (with -f: not even at first)"),
            (.noPermission, "the token may not read the log"),
        ],
        examples: [
            "interflow log -f", "interflow log --interaction 42 --why",
            "interflow log --json --after 0 --type offer",
        ], run: run)

    /// Entries shown when nobody said where to begin.
    static let lastUsual = 50

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        // Whoever reads the output may stop, as head does; the command then ends as every filter does.
        signal(SIGPIPE, SIG_DFL)
        let access = try SiteAccess(invocation, identity: "operator")
        let printer = LogPrinter(
            format: invocation.has("json") ? .json : .lines(withWhy: invocation.has("why")), paint: .ofOutput)
        let reader = LogReader(access, query: try query(invocation), start: try start(invocation))
        guard invocation.has("follow") else {
            try reader.readToHead(printer.print)
            return .ok
        }
        return try reader.follow(printer.print)
    }

    /// The filters, as the site's parameters.
    static func query(_ invocation: Invocation) throws -> [ClientField] {
        _ = try invocation.integer("interaction", in: 1...Int.max)
        return ["interaction", "queue", "agent", "channel", "type"].compactMap { name in
            invocation[name].map { ClientField(name, $0) }
        }
    }

    private static func start(_ invocation: Invocation) throws -> LogReader.Start {
        let after = try invocation.integer("after", in: 0...Int.max)
        let last = try invocation.integer("last", in: 0...Int.max)
        guard after == nil || last == nil else {
            throw CommandFailure(.usage, "--after and --last exclude each other; keep one of the two")
        }
        if let after { return .after(Int64(after)) }
        // An interaction's number is the sequence of its first entry.
        if last == nil, let first = try invocation.integer("interaction", in: 1...Int.max) {
            return .after(Int64(first - 1))
        }
        return .last(Int64(last ?? lastUsual))
    }
}
