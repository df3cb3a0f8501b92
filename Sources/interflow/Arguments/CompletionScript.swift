/// Completion for shells, made from the commands' own declarations: commands, options, words and files.
enum CompletionScript {
    static let shells = ["bash", "zsh", "fish"]

    static func text(for shell: String, commands: [Command]) -> String? {
        switch shell {
        case "bash": bash(commands)
        case "zsh": zsh(commands)
        case "fish": fish(commands)
        default: nil
        }
    }

    /// The options of a command as they are typed, `--help` included.
    private static func options(_ command: Command) -> String {
        (command.options.map(\.name) + ["help"]).map { "--\($0)" }.joined(separator: " ")
    }

    /// The words its operands are chosen from.
    private static func words(_ command: Command) -> String {
        command.operands.flatMap(\.words).joined(separator: " ")
    }

    private static func takesFiles(_ command: Command) -> Bool { command.operands.contains(where: \.isFile) }

    /// `command:--option` for each option with a value of one sort, as a pattern of `case`.
    private static func pattern(_ commands: [Command], isFile: Bool) -> String {
        let patterns = commands.flatMap { command in
            command.options.filter { $0.value != nil && $0.isFile == isFile }.map { "\(command.name):--\($0.name)" }
        }
        return patterns.joined(separator: "|")
    }

    private static func quoted(_ text: String) -> String { text.replacing("'", with: "'\\''") }

    // MARK: bash

    private static func bash(_ commands: [Command]) -> String {
        let cases = commands.map { command in
            "    \(command.name)) options='\(options(command))' words='\(words(command))' files=\(takesFiles(command) ? "-f" : "") ;;"
        }
        return """
            _interflow() {
              local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
              local options='' words='' files='' IFS=$'\\n'
              COMPREPLY=()
              if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(IFS=' ' compgen -W '\(commands.map(\.name).joined(separator: " ")) help' -- "$word"))
                return
              fi
              case $command:$previous in
                \(pattern(commands, isFile: true)))
                  compopt -o filenames
                  COMPREPLY=($(compgen -f -- "$word"))
                  return ;;
                \(pattern(commands, isFile: false)))
                  return ;;
              esac
              case $command in
            \(cases.joined(separator: "\n"))
                help) words='\(commands.map(\.name).joined(separator: " "))' ;;
              esac
              case $word in
                -*) COMPREPLY=($(IFS=' ' compgen -W "$options" -- "$word")) ;;
                *)
                  COMPREPLY=($(IFS=' ' compgen -W "$words" -- "$word"))
                  if [ -n "$files" ]; then
                    compopt -o filenames
                    COMPREPLY+=($(compgen -f -- "$word"))
                  fi ;;
              esac
            }
            complete -F _interflow interflow
            """
    }

    // MARK: zsh

    private static func zsh(_ commands: [Command]) -> String {
        let list = commands.map { "    '\($0.name):\(quoted($0.summary.replacing(":", with: "\\:")))'" }
        let cases = commands.map { command in
            "    \(command.name)) options=(\(options(command))); operands=(\(words(command))); files=\(takesFiles(command) ? 1 : 0) ;;"
        }
        return """
            #compdef interflow
            _interflow() {
              local previous=${words[CURRENT-1]} command=${words[2]}
              local -a commands options operands
              local files=0
              commands=(
            \(list.joined(separator: "\n"))
              )
              if (( CURRENT == 2 )); then
                _describe command commands
                return
              fi
              case $command:$previous in
                \(pattern(commands, isFile: true))) _files; return ;;
                \(pattern(commands, isFile: false))) _message value; return ;;
              esac
              case $command in
            \(cases.joined(separator: "\n"))
              esac
              if [[ $PREFIX == -* ]]; then
                compadd -a options
              else
                compadd -a operands
                (( files )) && _files
              fi
            }
            if [[ $funcstack[1] == _interflow ]]; then _interflow; else compdef _interflow interflow; fi
            """
    }

    // MARK: fish

    private static func fish(_ commands: [Command]) -> String {
        var lines = ["complete -c interflow -f"]
        for command in commands {
            lines.append(
                "complete -c interflow -n __fish_use_subcommand -a \(command.name) -d '\(quoted(command.summary))'")
            let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
            for option in command.options { lines.append("complete -c interflow \(condition) \(fish(option))") }
            let words = words(command)
            if !words.isEmpty { lines.append("complete -c interflow \(condition) -a '\(words)'") }
            if takesFiles(command) { lines.append("complete -c interflow \(condition) -F") }
        }
        return lines.joined(separator: "\n")
    }

    private static func fish(_ option: Command.Option) -> String {
        let value = option.value == nil ? "" : option.isFile ? " -r -F" : " -x"
        return "-l \(option.name)" + (option.short.map { " -s \($0)" } ?? "") + value
            + " -d '\(quoted(option.summary))'"
    }
}

extension Command.Option {
    /// Whether its value is the path of something.
    fileprivate var isFile: Bool { value == "FILE" || value == "FOLDER" }
}

extension Command.Operand {
    private var choices: [String] { name.split(separator: "|").map(String.init) }
    /// What to choose from: the lower-case words of a name such as `bash|zsh|fish`.
    fileprivate var words: [String] { choices.filter { $0 == $0.lowercased() } }
    /// Whether it may be the path of something.
    fileprivate var isFile: Bool { choices.contains { $0 == "FILE" || $0 == "FOLDER" } }
}
