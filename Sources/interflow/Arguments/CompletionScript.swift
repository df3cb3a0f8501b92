/// Completion for shells, made from the commands' own declarations.
enum CompletionScript {
    static func text(for shell: String, commands: [Command]) -> String? {
        switch shell {
        case "bash": bash(commands)
        case "zsh": "autoload -U +X bashcompinit && bashcompinit\n" + bash(commands)
        case "fish": fish(commands)
        default: nil
        }
    }

    private static func bash(_ commands: [Command]) -> String {
        let cases = commands.map { command in
            "    \(command.name)) words='\(command.options.map { "--\($0.name)" }.joined(separator: " "))' ;;"
        }
        return """
            _interflow() {
              local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=''
              case $previous in --config|--token-file) COMPREPLY=($(compgen -f -- "$word")); return ;; esac
              if [ "$COMP_CWORD" -eq 1 ]; then
                words='\(commands.map(\.name).joined(separator: " "))'
              else
                case ${COMP_WORDS[1]} in
            \(cases.joined(separator: "\n"))
                esac
              fi
              COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _interflow interflow
            """
    }

    private static func fish(_ commands: [Command]) -> String {
        var lines = ["complete -c interflow -f"]
        for command in commands {
            lines.append(
                "complete -c interflow -n __fish_use_subcommand -a \(command.name) -d '\(command.summary)'")
            for option in command.options {
                let value = option.value == nil ? "" : " -r -F"
                lines.append(
                    "complete -c interflow -n '__fish_seen_subcommand_from \(command.name)' -l \(option.name)\(value)")
            }
        }
        return lines.joined(separator: "\n")
    }
}
