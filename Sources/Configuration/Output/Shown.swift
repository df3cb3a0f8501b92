/// A checked value as it is written out again. Holds no secret, so nothing that prints it can leak one.
indirect enum Shown: Hashable, Sendable {
    case scalar(String)
    /// The path of the file, as written.
    case secret(path: String)
    case list([Shown])
    case mapping([Entry])
    /// An optional key that was left out.
    case absent

    struct Entry: Hashable, Sendable {
        let name: String
        let value: Shown
        let isPreset: Bool

        init(_ name: String, _ value: Shown, isPreset: Bool = false) {
            self.name = name
            self.value = value
            self.isPreset = isPreset
        }
    }

    /// Without knowing which values are defaults: what two files mean is the same whether a default is written out or not.
    var bare: Shown {
        switch self {
        case .mapping(let entries): .mapping(entries.map { Entry($0.name, $0.value.bare) })
        case .list(let items): .list(items.map(\.bare))
        case .scalar, .secret, .absent: self
        }
    }

    /// As a YAML document.
    var text: String { block.map { $0 + "\n" }.joined() }

    /// The value on one line, or nil when it needs several.
    var inline: String? {
        switch self {
        case .scalar(let text): return YAMLText.scalar(text)
        case .secret(let path): return YAMLText.scalar(path)
        case .list(let items):
            let parts = items.map(\.inline)
            guard items.allSatisfy(\.isScalar) else { return nil }
            return "[\(parts.compactMap { $0 }.joined(separator: ", "))]"
        case .mapping(let entries): return entries.isEmpty ? "{}" : nil
        case .absent: return ""
        }
    }

    /// Whether there is nothing to show: an absent value, an empty list, an empty mapping.
    var isEmpty: Bool {
        switch self {
        case .absent, .list([]), .mapping([]): true
        case .scalar, .secret, .list, .mapping: false
        }
    }

    var isScalar: Bool {
        switch self {
        case .scalar, .secret: true
        case .list, .mapping, .absent: false
        }
    }

    /// The value as lines that stand under their key.
    var block: [String] {
        switch self {
        case .mapping(let entries) where !entries.isEmpty: entries.flatMap(\.lines)
        case .list(let items) where inline == nil: items.flatMap { Indent.item($0.block) }
        case .scalar, .secret, .list, .mapping, .absent: [inline ?? ""]
        }
    }
}

extension Shown.Entry {
    var lines: [String] {
        let key = YAMLText.scalar(name)
        if case .absent = value { return ["# \(key): not set"] }
        guard let inline = value.inline else { return ["\(key):"] + Indent.deeper(value.block) }
        if case .secret = value { return ["\(key): \(inline)  # a secret, not shown"] }
        return [isPreset ? "\(key): \(inline)  # default" : "\(key): \(inline)"]
    }
}

/// Moves lines of YAML to the right.
enum Indent {
    static func deeper(_ lines: [String]) -> [String] { lines.map { $0.isEmpty ? "" : "  " + $0 } }

    /// The lines as one item of a list.
    static func item(_ lines: [String]) -> [String] {
        guard let first = lines.first else { return ["-"] }
        return ["- " + first] + deeper(Array(lines.dropFirst()))
    }

    /// The lines commented out, so that taking away "# " restores them.
    static func commented(_ lines: [String]) -> [String] { lines.map { $0.isEmpty ? "#" : "# " + $0 } }
}
