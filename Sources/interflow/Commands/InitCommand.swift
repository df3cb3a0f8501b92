import Glibc
import Site

/// Makes a small site that runs: configuration, secrets and tokens in one folder.
enum InitCommand {
    static let command = Command(
        name: "init", summary: "Make a sample site in a folder",
        description: [
            "Writes interflow.yaml with two queues, three agents and an SMS account, makes the secrets and tokens it needs "
                + "(mode 600), and says what to try. Overwrites nothing. The SMS account points at a provider on this machine "
                + "that is not there: replies are tried again until you name your own."
        ],
        options: [
            .init(name: "listen", value: "ADDRESS", summary: "Where it shall listen; 127.0.0.1:8080 unless told.")
        ],
        operands: [.init(name: "FOLDER", isRequired: false, summary: "The folder; ~/.interflow unless told.")],
        exits: [
            (.ok, "the site is there"), (.usage, "a configuration is there already"),
            (.ioError, "a file cannot be made"),
        ],
        examples: ["interflow init", "interflow init ./demo --listen 127.0.0.1:9090"], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let folder = try invocation.operands.first ?? home()
        let listen = invocation["listen"] ?? "127.0.0.1:8080"
        for path in [folder, "\(folder)/tokens", "\(folder)/secrets"] { try makeFolder(path) }
        guard access("\(folder)/interflow.yaml", F_OK) != 0 else {
            throw CommandFailure(.usage, "\(folder)/interflow.yaml is there already; nothing was changed")
        }
        let tokens = ["ana", "ben", "cem", "operator", "shop", "admin"].map { (name: $0, token: RandomBytes.token()) }
        for entry in tokens { try write(entry.token + "\n", to: "\(folder)/tokens/\(entry.name)") }
        try write(Hexadecimal.text(RandomBytes.make(16)) + "\n", to: "\(folder)/secrets/sms-token")
        try write(DemoSite.configuration(listen: listen, tokens: tokens), to: "\(folder)/interflow.yaml")
        Terminal.say("A sample site is in \(folder); start it with: interflow serve --config \(folder)/interflow.yaml")
        return .ok
    }

    private static func home() throws -> String {
        guard let home = ConfigurationLookup.environment("HOME") else {
            throw CommandFailure(.usage, "there is no HOME; name a folder")
        }
        return "\(home)/.interflow"
    }

    private static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make", path) }
    }

    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("make", path) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw failure("write", path) }
    }

    private static func failure(_ what: String, _ path: String) -> CommandFailure {
        CommandFailure(.ioError, "cannot \(what) \(path): \(String(cString: strerror(errno)))")
    }
}

/// The sample site's configuration.
enum DemoSite {
    static func configuration(listen: String, tokens: [(name: String, token: String)]) -> String {
        let identities = tokens.map { entry in
            let role = ["operator": "supervisor", "shop": "integrator", "admin": "admin"][entry.name] ?? "agent"
            return "  \(entry.name): { role: \(role), tokenHash: \"\(TokenHash(ofToken: entry.token).configured)\" }"
        }
        return """
            # A small site to try Interflow with. Every key: interflow config reference
            site: demo
            listen: ["\(listen)"]
            data: data

            # Who may do what. The tokens are in tokens/; here are only their hashes.
            identities:
            \(identities.joined(separator: "\n"))

            skills: [german, billing]

            queues:
              support: { skills: { german: 1 }, offerTimeout: 20s, wrapUpMax: 5m, dispositions: [solved, callback, spam] }
              billing: { skills: { billing: 2 }, headStart: 30s }
            defaultQueue: support
            entries:
              - { channel: sms, account: main, to: "+4930900000", queue: support }
              - { channel: sms, account: main, to: "+4930900001", queue: billing }

            agents:
              ana: { skills: { german: 3, billing: 2 }, capacity: { sms: 3, callback: 1 } }
              ben: { skills: { german: 2 }, capacity: { sms: 3 } }
              cem: { skills: { billing: 4 }, capacity: { sms: 2, callback: 1 } }

            channels:
              main:
                adapter: sms
                accountSid: AC00000000000000000000000000000001
                authToken: secrets/sms-token
                from: "+4930900000"
                apiBase: http://127.0.0.1:8099

            """
    }
}
