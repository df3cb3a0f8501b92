import Foundation
import Testing

@testable import interflow

@Suite struct CommandTests {
    @Test("Every command says how it is used, and its exit codes")
    func help() throws {
        for command in Interflow.commands {
            let page = HelpPage.text(of: command)
            #expect(page.contains("Usage: interflow \(command.name)") && page.contains("Exit codes"), "\(command.name)")
            for option in command.options { #expect(page.contains("--\(option.name)"), "\(command.name)") }
            let names = command.options.map(\.name)
            #expect(Set(names).count == names.count, "\(command.name) declares an option twice")
        }
    }

    /// What bash offers after these words, the last of which is being typed.
    private func candidates(_ words: String..., folder: URL) throws -> Set<String> {
        let script = """
            source <(interflow completion bash)
            COMP_WORDS=(interflow "$@"); COMP_CWORD=$#
            compopt() { :; }
            _interflow; printf '%s\\n' "${COMPREPLY[@]}"
            """
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script, "bash"] + words
        process.currentDirectoryURL = folder
        let tools = Program.executable.deletingLastPathComponent().path
        process.environment = ["PATH": "\(tools):/usr/bin:/bin"]
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return Set(text.split(separator: "\n").map(String.init))
    }

    @Test("bash completes commands, options, words and files with blanks in their names")
    func completion() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data().write(to: folder.appendingPathComponent("my site.yaml"))
        #expect(try candidates("a", folder: folder) == ["agent"])
        #expect(try candidates("agent", "ana", "--t", folder: folder) == ["--token-file"])
        #expect(try candidates("agent", "--n", folder: folder) == ["--not-ready"])
        #expect(try candidates("serve", "--config", "m", folder: folder) == ["my site.yaml"])
        #expect(try candidates("journal", "v", folder: folder) == ["verify"])
        #expect(try candidates("journal", "backup", "m", folder: folder) == ["my site.yaml"])
        #expect(try candidates("log", "--queue", "", folder: folder) == [])
        #expect(try candidates("completion", "", folder: folder) == ["bash", "zsh", "fish"])
    }

    private static let mistakes: [([String], Int32, String)] = [
        (["agnet"], 64, "did you mean agent?"), (["log", "--lsat", "3"], 64, "did you mean --last?"),
        (["log", "--last"], 64, "--last needs a value"), (["agent"], 64, "agent needs NAME"),
        (["journal", "look", "--data", "/nowhere"], 66, "there is no journal"),
        (["agent", "ana", "--url", "ftp://x", "--token-file", "/nowhere"], 64, "http:// or https://"),
        (["agent", "ana", "--url", "http://x", "--token-file", "/nowhere"], 66, "cannot open the token file"),
    ]

    @Test("A mistake is answered with what to do next and its exit code", arguments: mistakes)
    func mistaken(arguments: [String], code: Int32, words: String) throws {
        let answer = try Program.run(arguments)
        #expect(answer.code == code && answer.text.contains(words), "\(answer.text)")
    }

    @Test("Pauses between attempts double, stay within their bound and differ")
    func backoff() {
        var backoff = Backoff()
        var generator = SystemRandomNumberGenerator()
        var full = Backoff.firstMilliseconds
        for _ in 0..<20 {
            #expect((full / 2...full).contains(backoff.next(using: &generator)))
            full = min(full * 2, Backoff.longestMilliseconds)
        }
        backoff.succeeded()
        #expect(backoff.next(using: &generator) <= Backoff.firstMilliseconds)
    }
}
