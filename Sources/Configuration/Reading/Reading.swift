/// One pass over a file: what the types need to know, and what they complained about.
package struct Reading {
    /// Whether files named in the configuration are looked at.
    package enum Files: Hashable, Sendable {
        /// Secrets are read and paths checked: for a start.
        case opened
        /// No file is opened and every secret reads as made-up bytes: for checking samples.
        case assumed
    }

    /// Where relative paths start; "" is the process's own folder.
    let folder: String
    let files: Files
    let catalog: SectionCatalog
    var complaints: [Complaint] = []

    /// The text of a scalar, or nil after a complaint.
    mutating func scalar(_ node: ConfigurationNode, expecting description: String) -> String? {
        switch node.content {
        case .scalar(let text, isPlain: true) where YAMLText.isNull(text):
            let hint = text.isEmpty ? "write one, or remove the key" : "remove the key, or quote it to mean the text"
            complaints.append(Complaint(at: node.place, "has no value", hint: hint))
        case .scalar(let text, _): return text
        case .sequence, .mapping:
            complaints.append(Complaint(at: node.place, "must be \(description), not \(node.kind)"))
        case .refused: break
        }
        return nil
    }

    /// The items of a list, or nil after a complaint.
    mutating func items(_ node: ConfigurationNode, expecting shape: Shape) -> [ConfigurationNode]? {
        switch node.content {
        case .sequence(let items): return items
        case .scalar, .mapping:
            complaints.append(
                Complaint(
                    at: node.place, "must be \(shape.text), not \(node.kind)",
                    hint: "put '- ' before each item, or write [first, second]"))
        case .refused: break
        }
        return nil
    }

    /// The entries of a mapping, or nil after a complaint. A key with nothing after it is an empty mapping.
    mutating func entries(_ node: ConfigurationNode, expecting shape: Shape) -> [ConfigurationNode.Entry]? {
        switch node.content {
        case .mapping(let entries): return entries
        case .scalar("", isPlain: true): return []
        case .scalar, .sequence:
            complaints.append(Complaint(at: node.place, "must be \(shape.text), not \(node.kind)"))
        case .refused: break
        }
        return nil
    }

    mutating func checkCount(_ count: Int, _ range: ClosedRange<Int>, at place: Place) -> Bool {
        if range.contains(count) { return true }
        complaints.append(
            Complaint(at: place, "must have \(range.lowerBound) to \(range.upperBound) entries, not \(count)"))
        return false
    }

    mutating func named<Item>(_ entry: ConfigurationNode.Entry, as item: ValueType<Item>) -> Sound<Named<Item>>? {
        var isSound = true
        if Printable.escaped(entry.name) != entry.name || entry.name.first == " " || entry.name.last == " " {
            complaints.append(
                Complaint(at: entry.place, "is no name", hint: "use visible characters, without quotes around blanks"))
            isSound = false
        }
        guard let value = item.read(entry.value, &self), isSound else { return nil }
        return Sound(value: Named(name: entry.name, place: entry.place, value: value.value), shown: value.shown)
    }

    func path(_ written: String) throws(Refusal) -> FilePath {
        guard !written.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Refusal("holds a control character")
        }
        guard !written.hasPrefix("~") else {
            throw Refusal("must not begin with '~'", hint: "write the path out: no shell reads this file")
        }
        guard written.utf8.count < 4096 else { throw Refusal("is longer than a path may be (4095 bytes)") }
        return FilePath(written, from: folder)
    }
}
