/// One command: what help, completion and parsing know of it is declared here, once.
struct Command: Sendable {
    let name: String
    /// One line, without a full stop.
    let summary: String
    /// Paragraphs for `--help`.
    var description: [String] = []
    var options: [Option] = []
    var operands: [Operand] = []
    /// What its exit codes mean here; those every command shares are in `interflow --help`.
    var exits: [(code: ExitCode, meaning: String)] = []
    /// Lines to try.
    var examples: [String] = []
    let run: @Sendable (Invocation) throws -> ExitCode

    /// `--name VALUE`, or a switch when `value` is nil.
    struct Option: Sendable {
        let name: String
        /// One letter, as `-f`.
        var short: Character?
        /// What the value is called in help.
        var value: String?
        let summary: String
    }

    struct Operand: Sendable {
        let name: String
        var isRequired = true
        /// Whether it takes all the words that are left.
        var isRest = false
        let summary: String
    }
}

/// What most commands take.
extension Command.Option {
    static let config = Command.Option(
        name: "config", value: "FILE",
        summary:
            "The configuration; else INTERFLOW_CONFIG, ./interflow.yaml, ~/.interflow/interflow.yaml, /etc/interflow/interflow.yaml."
    )
    static let url = Command.Option(
        name: "url", value: "URL", summary: "The site; else the first address of the configuration.")
    static let tokenFile = Command.Option(
        name: "token-file", value: "FILE",
        summary: "The file with the token; else INTERFLOW_TOKEN_FILE, else tokens/ beside the configuration.")
    static let authorities = Command.Option(
        name: "authorities", value: "FILE", summary: "PEM file of authorities trusted beside the system's own.")
}
