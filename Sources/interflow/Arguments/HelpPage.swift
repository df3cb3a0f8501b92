/// What `--help` prints, laid out like a manual page.
enum HelpPage {
    static func overview(of commands: [Command]) -> String {
        let width = commands.map(\.name.count).max() ?? 0
        let list = commands.map { "  \(pad($0.name, width))  \($0.summary)" }
        let codes = ExitCode.allCases.map { "  \(pad("\($0.rawValue)", 3)) \($0.meaning)" }
        return
            ([
                "interflow routes contacts to the people and bots who can take them.", "", "Usage: interflow COMMAND …",
                "",
            ]
            + ["Commands"] + list + ["", "Exit codes"] + codes + ["", "interflow COMMAND --help says more."])
            .joined(separator: "\n")
    }

    static func text(of command: Command) -> String {
        var lines = ["interflow \(command.name): \(command.summary)", "", "Usage: \(usage(command))"]
        for paragraph in command.description { lines += [""] + wrap(paragraph) }
        if !command.operands.isEmpty {
            lines += ["", "Operands"] + rows(command.operands.map { ($0.name, $0.summary) })
        }
        if !command.options.isEmpty {
            lines += ["", "Options"] + rows(command.options.map { (spelling($0), $0.summary) })
        }
        let exits = command.exits.isEmpty ? [(ExitCode.ok, ExitCode.ok.meaning)] : command.exits
        lines += ["", "Exit codes"] + rows(exits.map { ("\($0.0.rawValue)", $0.1) })
        lines += ["  others as in interflow --help"]
        if !command.examples.isEmpty { lines += ["", "Examples"] + command.examples.map { "  \($0)" } }
        return lines.joined(separator: "\n")
    }

    private static func usage(_ command: Command) -> String {
        let operands = command.operands.map { operand in
            let name = operand.name + (operand.isRest ? "…" : "")
            return operand.isRequired ? name : "[\(name)]"
        }
        return (["interflow \(command.name)"] + (command.options.isEmpty ? [] : ["[OPTION…]"]) + operands)
            .joined(separator: " ")
    }

    private static func spelling(_ option: Command.Option) -> String {
        let short = option.short.map { "-\($0), " } ?? ""
        return short + "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
    }

    private static func rows(_ rows: [(String, String)]) -> [String] {
        let width = min(rows.map(\.0.count).max() ?? 0, 28)
        return rows.flatMap { name, text -> [String] in
            let lines = wrap(text, width: 96 - width)
            return ["  \(pad(name, width))  \(lines.first ?? "")"]
                + lines.dropFirst().map { String(repeating: " ", count: width + 4) + $0 }
        }
    }

    private static func wrap(_ text: String, width: Int = 96) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = String(word)
            } else if lines[lines.count - 1].count + word.count < width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
