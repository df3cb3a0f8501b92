import Glibc
import Support

/// Kills a site at random moments while clients and agents work, and compares what it promised with what it kept.
@main
enum Torture {
    static func main() {
        guard let options = Options.read(Array(CommandLine.arguments.dropFirst())) else {
            Output.error(Options.help)
            exit(64)
        }
        var run: Run
        do { run = try Run(options) } catch { end(70, "\(error)") }
        do { report(try run.perform(), options) } catch { end(1, "\(error)\nseed \(options.seed); see \(run.path)") }
    }

    private static func end(_ code: Int32, _ text: String) -> Never {
        Output.error("torture: \(text)")
        exit(code)
    }

    private static func report(_ outcome: Run.Outcome, _ options: Options) {
        let width = outcome.table.map { $0.0.count }.max() ?? 0
        for (name, value) in outcome.table {
            Output.line(name + String(repeating: " ", count: width + 2 - name.count) + value)
        }
        Output.line("violations" + String(repeating: " ", count: width - 8) + "\(outcome.violations.count)")
        guard outcome.violations.isEmpty else {
            for violation in outcome.violations.prefix(Checks.shownMax) { Output.line("  " + violation) }
            Output.line("seed \(options.seed); journal, ledger and output are in \(outcome.folder.path)")
            exit(1)
        }
        if !options.keeps { outcome.folder.remove() }
    }
}

enum Output {
    static func line(_ text: String) { write(text, to: 1) }
    static func error(_ text: String) { write(text, to: 2) }

    /// One line that is written over, where somebody looks.
    static func progress(_ text: String) {
        if isatty(2) == 1 { write("\r\(text)", to: 2, end: "") } else { error(text) }
    }

    private static func write(_ text: String, to descriptor: Int32, end: String = "\n") {
        let bytes = Array((text + end).utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
