import Configuration
import Routing
import Site

/// Reads a configuration and says everything that is wrong with it.
enum CheckCommand {
    static let command = Command(
        name: "check", summary: "Check a configuration",
        description: [
            "Prints every complaint with file, line, column and key, and exits with 78; or says that all is well."
        ],
        options: [.config],
        exits: [
            (.ok, "all is well"), (.noInput, "there is no configuration"), (.configuration, "it is wrong, as printed"),
        ], examples: ["interflow check --config interflow.yaml"],
        run: { invocation in
            let (path, loaded) = try ConfigurationLookup.load(invocation)
            let plan = try loaded.root.rules.plan(at: .wallNow)
            Terminal.say(
                "\(path): all is well; plan \(plan.version), \(plan.queues.count) queues, \(plan.agents.count) agents, "
                    + "\(loaded.root.channels.count) channel accounts")
            return .ok
        })
}

enum VersionCommand {
    static let command = Command(
        name: "version", summary: "Say which release this is",
        run: { _ in
            Terminal.say("interflow \(Site.release)")
            return .ok
        })
}

/// Makes a token. It is shown once; the configuration holds its hash.
enum TokenCommand {
    static let command = Command(
        name: "token", summary: "Make a token for an identity",
        description: [
            "Prints a new token and the line for identities in the configuration. The token is shown this once; keep it in a "
                + "file that only its owner can read."
        ],
        operands: [.init(name: "NAME", summary: "The identity; for an agent, the agent's name in the plan.")],
        examples: ["interflow token ana"],
        run: { invocation in
            let token = RandomBytes.token()
            Terminal.say("token:     \(token)")
            Terminal.say(
                "identity:  \(invocation.operands[0]): { role: agent, tokenHash: \"\(TokenHash(ofToken: token).configured)\" }"
            )
            return .ok
        })
}

/// Shows what a configuration means, and what one may say.
enum ConfigCommand {
    static let command = Command(
        name: "config", summary: "Show the effective configuration, a sample, or the reference",
        description: [
            "show prints every key in force, defaults included; secrets are shown as their files' names. sample prints a file to "
                + "start from. reference prints every key with type, bounds and meaning, as Markdown."
        ],
        options: [.config], operands: [.init(name: "show|sample|reference", summary: "What to print.")],
        run: { invocation in
            switch invocation.operands[0] {
            case "show": Terminal.say(try ConfigurationLookup.load(invocation).loaded.effectiveText)
            case "sample":
                Terminal.say(
                    SampleFile.text(of: SiteConfiguration.self, extent: .everything, catalog: ChannelCatalog.sections))
            case "reference":
                Terminal.say(
                    ReferencePage.text(
                        of: SiteConfiguration.self, title: "interflow.yaml", catalog: ChannelCatalog.sections))
            default: throw CommandFailure(.usage, "config prints show, sample or reference")
            }
            return .ok
        })
}

/// Prints a script that completes commands and options in a shell.
enum CompletionCommand {
    static let command = Command(
        name: "completion", summary: "Print completion for a shell",
        operands: [.init(name: "bash|zsh|fish", summary: "The shell.")],
        examples: ["source <(interflow completion bash)"],
        run: { invocation in
            guard let script = CompletionScript.text(for: invocation.operands[0], commands: Interflow.commands) else {
                throw CommandFailure(.usage, "completion is made for bash, zsh or fish")
            }
            Terminal.say(script)
            return .ok
        })
}
