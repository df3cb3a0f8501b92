import Site

/// An agent's desk in a terminal.
enum AgentCommand {
    static let command = Command(
        name: "agent", summary: "Take contacts as an agent, in a terminal",
        description: [
            "Signs the agent in and shows what is offered: who, by which channel, for which queue, and how long is left. One key "
                + "accepts: a, or Enter on an empty line; r rejects. What you type then goes to the conversation that the "
                + "prompt names. /help lists the commands: /1 /2 (or /use N), /done [DISPOSITION], /end, /requeue [QUEUE], "
                + "/break [REASON], /ready, /out.",
            "A broken connection is taken up again by itself: what was missed is told once, and a reply that was not confirmed "
                + "is sent again and reaches the customer once.",
            "When standard input or output is no terminal it works line by line: accept, reject [REASON], the same "
                + "commands, and any other line is a reply. The end of the input signs out; with contacts that are still the agent's it leaves and exits with 1.",
            "^C, ^D and /out sign out. The site refuses that while contacts are yours; a second time leaves all the same, and "
                + "the site gives them to others after a while.",
        ],
        options: SiteAccess.options + [
            .init(name: "not-ready", summary: "Sign in without taking contacts yet; /ready begins.")
        ],
        operands: [.init(name: "NAME", summary: "The agent, as the plan names them.")],
        exits: [
            (.ok, "signed out, or left"),
            (.failed, "the same agent signed in elsewhere, or the input ended while contacts were held"),
            (.unavailable, "no site answered at first, or it does not speak this protocol"),
            (.noPermission, "the token is not known, not an agent's, or can be read by others"),
        ],
        examples: [
            "interflow agent ana", "interflow agent ana --url https://desk.example.com --token-file ~/.interflow/token",
            "interflow agent ana --not-ready",
        ], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let name = invocation.operands[0]
        let access = try SiteAccess(invocation, identity: name)
        let prefix = "c" + Hexadecimal.text(RandomBytes.make(8))
        let desk = AgentDesk(agent: TerminalText.safe(name), prefix: prefix, startsReady: !invocation.has("not-ready"))
        var loop = try AgentLoop(desk, AgentLink(access), isTerminal: Terminal.isInteractive)
        return try loop.run()
    }
}
