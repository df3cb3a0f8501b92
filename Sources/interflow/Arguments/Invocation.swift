/// A command line taken apart by its command's declaration.
struct Invocation: Sendable {
    private var values: [String: [String]] = [:]
    private var switches: Set<String> = []
    /// By declared order; the last may be the rest.
    private(set) var operands: [String] = []

    /// - Throws: `CommandFailure` that says which word was not understood.
    init(of command: Command, from arguments: [String]) throws {
        var words = arguments[...]
        while let word = words.popFirst() {
            if word == "--" {
                operands += words
                break
            } else if word.hasPrefix("--") {
                try readLong(String(word.dropFirst(2)), command, &words)
            } else if word.hasPrefix("-"), word.count > 1 {
                for letter in word.dropFirst() { try readShort(letter, command, &words) }
            } else {
                operands.append(word)
            }
        }
        try checkOperands(command)
    }

    private mutating func readLong(_ text: String, _ command: Command, _ words: inout ArraySlice<String>) throws {
        let name = String(text.prefix { $0 != "=" })
        guard let option = command.options.first(where: { $0.name == name }) else {
            let hint = NearestWord.to(name, among: command.options.map(\.name)).map { "; did you mean --\($0)?" } ?? ""
            throw CommandFailure(.usage, "\(command.name) has no option --\(name)\(hint)")
        }
        let attached = text.count > name.count ? String(text.dropFirst(name.count + 1)) : nil
        try read(option, attached: attached, &words)
    }

    private mutating func readShort(_ letter: Character, _ command: Command, _ words: inout ArraySlice<String>) throws {
        guard let option = command.options.first(where: { $0.short == letter }) else {
            throw CommandFailure(.usage, "\(command.name) has no option -\(letter)")
        }
        try read(option, attached: nil, &words)
    }

    private mutating func read(
        _ option: Command.Option, attached: String?, _ words: inout ArraySlice<String>
    ) throws {
        guard option.value != nil else {
            guard attached == nil else { throw CommandFailure(.usage, "--\(option.name) takes no value") }
            switches.insert(option.name)
            return
        }
        guard let value = attached ?? words.popFirst() else {
            throw CommandFailure(.usage, "--\(option.name) needs a value: \(option.value ?? "")")
        }
        values[option.name, default: []].append(value)
    }

    private func checkOperands(_ command: Command) throws {
        for (index, operand) in command.operands.enumerated() where operand.isRequired && operands.count <= index {
            throw CommandFailure(.usage, "\(command.name) needs \(operand.name): \(operand.summary)")
        }
        if command.operands.last?.isRest != true, operands.count > command.operands.count {
            throw CommandFailure(.usage, "\(command.name) does not understand \(operands[command.operands.count])")
        }
    }

    func has(_ name: String) -> Bool { switches.contains(name) }

    /// The last value given.
    subscript(_ name: String) -> String? { values[name]?.last }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// - Throws: `CommandFailure` when it is no number in `range`.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw CommandFailure(.usage, "--\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
