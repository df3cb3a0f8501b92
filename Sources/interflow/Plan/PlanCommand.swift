import Configuration
import Glibc
import Site

/// The routing rules: checking, comparing, activating, and going back.
enum PlanCommand {
    static let command = Command(
        name: "plan", summary: "Check, compare and activate routing rules",
        description: [
            "A plan is the routing rules: queues, entries, agents, hours. It stands in the site's configuration or in a file of its own, "
                + "which then holds nothing else. Its version is a digest of the rules, so equal rules have equal versions.",
            "check [FILE] prints every complaint with file, line, column and key, then warnings: what is clear and probably not "
                + "meant. FILE is the configuration unless told.",
            "diff [OLD] [NEW] prints what NEW says differently, queue by queue and agent by agent, and which agents gain or lose "
                + "queues. Each is a file, active, previous, or a version; active and the configuration unless told. --live also "
                + "says what would happen to those who wait and talk now, if NEW is a file and OLD is active.",
            "activate [FILE] makes FILE's rules the active ones, at once and without a restart: conversations and offers go on, those who "
                + "wait keep their place. The site checks the text again and takes it whole or not at all. Without FILE it takes what its own "
                + "configuration says now. Everything else in a whole configuration (addresses, identities, channels) is left alone, and the answer "
                + "names what differs.",
            "rollback [VERSION] goes back to a plan that was active before; to the previous one unless told. A rollback is an activation "
                + "like any other. list prints the activations, newest first. show [VERSION] prints a plan as JSON; the active one unless told.",
            "After a restart that plan is active which was activated last, unless the configuration's rules were changed after that: then "
                + "those are. The site says which in its first lines.",
            "The token is an admin's for activate, rollback and --live, and a supervisor's, an admin's or an auditor's for the rest: tokens/admin "
                + "beside the configuration unless told.",
        ],
        options: [
            .init(name: "json", summary: "Print JSON."),
            .init(name: "strict", summary: "check: warnings too are a no."),
            .init(name: "live", summary: "diff: also what would happen on the running site."),
            .init(name: "dry-run", summary: "activate, rollback: change nothing, and say what would change."),
            .init(name: "comment", value: "TEXT", summary: "activate, rollback: why, for the log and the list."),
            .init(
                name: "if-active", value: "VERSION",
                summary:
                    "activate, rollback: only if this version is active, so that two people do not overwrite each other."
            ),
        ] + SiteAccess.options,
        operands: [
            .init(name: "check|diff|activate|rollback|list|show", summary: "What to do."),
            .init(name: "FILE|VERSION", isRequired: false, isRest: true, summary: "What to do it with."),
        ],
        exits: [
            (.ok, "done; for diff: there is no difference"),
            (
                .failed,
                "diff: they differ; check --strict: there are warnings; activate, rollback: another plan is active than --if-active says"
            ),
            (.data, "the site refused, and says why"), (.noInput, "there is no such file"),
            (.unavailable, "no site answered, or it takes nothing now: nothing was changed"),
            (.noPermission, "the token may not do this"), (.configuration, "the plan is wrong, as printed"),
        ],
        examples: [
            "interflow plan check plan.yaml", "interflow plan diff active plan.yaml --live",
            "interflow plan activate plan.yaml --if-active p-0123456789ab --comment 'more people for billing'",
            "interflow plan rollback", "interflow plan list",
        ], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let verb = invocation.operands[0]
        let words = Array(invocation.operands.dropFirst())
        guard words.count <= (verb == "diff" ? 2 : verb == "list" ? 0 : 1) else {
            throw CommandFailure(.usage, "plan \(verb) does not understand \(words[words.count - 1])")
        }
        switch verb {
        case "check": return try PlanChecking(invocation, words.first).run()
        case "diff": return try PlanDiffing(invocation, words).run()
        case "activate": return try PlanActivating(invocation).activate(words.first)
        case "rollback": return try PlanActivating(invocation).goBack(to: words.first ?? "previous")
        case "list": return try PlanListing(invocation).list()
        case "show": return try PlanListing(invocation).show(words.first)
        default:
            throw CommandFailure(.usage, "plan can check, diff, activate, rollback, list and show, not \(verb)")
        }
    }

    /// A plan in a file, or exit 78 with every complaint.
    static func read(_ path: String) throws -> PlanText {
        guard access(path, F_OK) == 0 else {
            throw CommandFailure(.noInput, "there is no file \(TerminalText.safe(path))")
        }
        do throws(ConfigurationError) {
            return try PlanText.load(path, catalog: ChannelCatalog.sections)
        } catch {
            throw CommandFailure(.configuration, "the plan is wrong\n\(TerminalText.lines(error.description))")
        }
    }
}
