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
        guard options.sites == 1 else { return tortureNetwork(options) }
        var run: Run
        do { run = try Run(options) } catch { end(70, "\(error)") }
        do {
            let outcome = try run.perform()
            report(outcome.table, outcome.violations, in: run.path, options) { outcome.folder.remove() }
        } catch { end(1, "\(error)\nseed \(options.seed); see \(run.path)") }
    }

    private static func tortureNetwork(_ options: Options) {
        var folder = ""
        do {
            var run = try NetworkRun(options)
            folder = run.folder
            let outcome = try run.perform()
            report(outcome.table, outcome.violations, in: folder, options) { Files.remove(folder) }
        } catch {
            end(1, "\(error)\nseed \(options.seed); see \(folder)")
        }
    }

    private static func end(_ code: Int32, _ text: String) -> Never {
        Output.error("torture: \(text)")
        exit(code)
    }

    private static func report(
        _ table: [(String, String)], _ violations: [String], in folder: String, _ options: Options,
        remove: () -> Void
    ) {
        let width = table.map { $0.0.count }.max() ?? 0
        for (name, value) in table {
            Output.line(name + String(repeating: " ", count: width + 2 - name.count) + value)
        }
        Output.line("violations" + String(repeating: " ", count: max(2, width - 8)) + "\(violations.count)")
        guard violations.isEmpty else {
            for violation in violations.prefix(Checks.shownMax) { Output.line("  " + violation) }
            Output.line("seed \(options.seed); journal, ledger and output are in \(folder)")
            exit(1)
        }
        if !options.keeps { remove() }
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
