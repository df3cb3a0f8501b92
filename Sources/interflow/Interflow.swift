import Glibc

/// The command line's root: finds the command, runs it, and turns what went wrong into a sentence and an exit code.
enum Interflow {
    /// In the order in which `--help` lists them.
    static let commands: [Command] = [
        ServeCommand.command,
        AgentCommand.command,
        SendCommand.command,
        LogCommand.command,
        QueuesCommand.command,
        HandOverCommand.command,
        DrainCommand.command,
        CustodyCommand.command,
        ExplainCommand.command,
        ExplainRouteCommand.command,
        WhyCommand.command,
        JournalCommand.command,
        ProveCommand.command,
        PlanCommand.command,
        PeerCommand.command,
        CheckCommand.command,
        InitCommand.command,
        TokenCommand.command,
        ConfigCommand.command,
        HoursCommand.command,
        PhoneCommand.command,
        SimulateCommand.command,
        BenchCommand.command,
        VersionCommand.command,
        CompletionCommand.command,
    ]

    static func main() -> Never {
        signal(SIGPIPE, SIG_IGN)
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    static func run(_ arguments: [String]) -> ExitCode {
        guard let name = arguments.first, name != "--help", name != "-h", name != "help" else {
            return help(Array(arguments.dropFirst()))
        }
        guard let command = commands.first(where: { $0.name == name }) else {
            let hint = NearestWord.to(name, among: commands.map(\.name)).map { "; did you mean \($0)?" } ?? ""
            Terminal.complain("there is no command \(name)\(hint)\nTry: interflow --help")
            return .usage
        }
        let rest = Array(arguments.dropFirst())
        if rest.contains("--help") || rest.contains("-h") {
            Terminal.say(HelpPage.text(of: command))
            return .ok
        }
        return run(command, rest)
    }

    private static func run(_ command: Command, _ arguments: [String]) -> ExitCode {
        do {
            return try command.run(try Invocation(of: command, from: arguments))
        } catch let failure as CommandFailure {
            Terminal.complain(failure.text)
            if failure.code == .usage { Terminal.complain("Try: interflow \(command.name) --help") }
            return failure.code
        } catch {
            Terminal.complain("\(error)")
            return .software
        }
    }

    private static func help(_ topics: [String]) -> ExitCode {
        guard let topic = topics.first else {
            Terminal.say(HelpPage.overview(of: commands))
            return .ok
        }
        guard let command = commands.first(where: { $0.name == topic }) else {
            Terminal.complain("there is no command \(topic)")
            return .usage
        }
        Terminal.say(HelpPage.text(of: command))
        return .ok
    }
}
