/// Turns bytes into a tree of nodes, and refuses what a configuration must not hold: names given twice, anchors,
/// aliases, tags, keys that are not text, several documents.
///
/// Nothing is ever expanded, so a small file cannot become a large tree. Recursion is bounded by
/// `ConfigurationLimits.depthMax`, which the event reader enforces.
struct TreeBuilder {
    private let file: String
    private var events: ArraySlice<YAMLEvent> = []
    private(set) var complaints: [Complaint] = []

    private init(file: String) {
        self.file = file
    }

    /// The root of a file and what is wrong with it so far. An empty file is an empty mapping.
    static func tree(of bytes: [UInt8], file: String) -> (root: ConfigurationNode, complaints: [Complaint]) {
        var builder = TreeBuilder(file: file)
        let root = builder.root(of: bytes)
        return (root, builder.complaints)
    }

    private mutating func root(of bytes: [UInt8]) -> ConfigurationNode {
        let start = Place(file: file, line: 1, column: 1)
        let refused = ConfigurationNode(content: .refused, place: start)
        guard bytes.count <= ConfigurationLimits.bytesMax else {
            complaints.append(Complaint(at: start, "is larger than \(ConfigurationLimits.bytesMax) bytes"))
            return refused
        }
        let text = SourceText.withoutByteOrderMark(bytes)
        if let offset = SourceText.firstInvalidByte(in: text) {
            let (line, column) = SourceText.position(ofByte: offset, in: text)
            let place = Place(file: file, line: line, column: column)
            complaints.append(Complaint(at: place, "is not UTF-8 here", hint: "save the file as UTF-8"))
            return refused
        }
        do throws(YAMLProblem) {
            events = try YAMLEventReader.events(of: text)[...]
        } catch {
            let place = Place(file: file, line: error.line, column: error.column)
            complaints.append(Complaint(at: place, error.reason, hint: error.hint))
            return refused
        }
        return document(start: start)
    }

    private mutating func document(start: Place) -> ConfigurationNode {
        guard events.popFirst() != nil, let first = events.popFirst() else {
            return ConfigurationNode(content: .mapping([]), place: start)
        }
        let root = node(first, path: .root)
        if let second = events.first {
            complaints.append(
                Complaint(
                    at: place(second, .root), "a second document begins here",
                    hint: "keep one document to a file and remove the ---"))
        }
        if case .scalar("", isPlain: true) = root.content {  // Comments only.
            return ConfigurationNode(content: .mapping([]), place: start)
        }
        return ConfigurationNode(content: root.content, place: start)
    }

    /// The node that begins with `event`, with all its children taken from `events`.
    private mutating func node(_ event: YAMLEvent, path: ConfigurationPath) -> ConfigurationNode {
        let place = place(event, path)
        if event.hasAnchor {
            complaints.append(Complaint(at: place, "anchors (&name) are refused", hint: "write the value out"))
        }
        if event.hasTag {
            complaints.append(
                Complaint(at: place, "tags (!name) are refused", hint: "quote a value that begins with '!'"))
        }
        switch event.kind {
        case .alias:
            complaints.append(
                Complaint(at: place, "aliases (*name) are refused", hint: "write the value out, or quote it"))
            return ConfigurationNode(content: .refused, place: place)
        case .scalar(let text, let isPlain):
            return ConfigurationNode(content: .scalar(text, isPlain: isPlain), place: place)
        case .sequenceStart:
            return ConfigurationNode(content: .sequence(items(path)), place: place)
        case .mappingStart:
            return ConfigurationNode(content: .mapping(entries(path)), place: place)
        case .documentStart, .sequenceEnd, .mappingEnd:
            return ConfigurationNode(content: .refused, place: place)  // libyaml never begins a node with these.
        }
    }

    private mutating func items(_ path: ConfigurationPath) -> [ConfigurationNode] {
        var items: [ConfigurationNode] = []
        while let event = events.popFirst(), event.kind != .sequenceEnd {
            items.append(node(event, path: .item(items.count, of: path)))
        }
        return items
    }

    private mutating func entries(_ path: ConfigurationPath) -> [ConfigurationNode.Entry] {
        var entries: [ConfigurationNode.Entry] = []
        var firstLine: [String: Int] = [:]  // Looked up only.
        while let event = events.popFirst(), event.kind != .mappingEnd {
            let name = name(event, of: path)
            let value = events.popFirst().map { node($0, path: name.map { .key($0, of: path) } ?? path) }
            guard let name, let value else { continue }
            let place = place(event, .key(name, of: path))
            if let line = firstLine[name] {
                complaints.append(Complaint(at: place, "is given twice; the first stands in line \(line)"))
                continue
            }
            firstLine[name] = event.line
            entries.append(ConfigurationNode.Entry(name: name, place: place, value: value))
        }
        return entries
    }

    /// The text of a key, or nil after a complaint.
    private mutating func name(_ event: YAMLEvent, of path: ConfigurationPath) -> String? {
        let key = node(event, path: path)
        switch key.content {
        case .scalar("<<", isPlain: true):
            complaints.append(Complaint(at: key.place, "merge keys (<<) are refused", hint: "write the keys out"))
        case .scalar(let text, _) where text.isEmpty:
            complaints.append(Complaint(at: key.place, "a key is empty"))
        case .scalar(let text, _) where text.utf8.count > ConfigurationLimits.nameBytesMax:
            let bound = ConfigurationLimits.nameBytesMax
            complaints.append(Complaint(at: key.place, "a key is longer than \(bound) bytes"))
        case .scalar(let text, _): return text
        case .sequence, .mapping:
            complaints.append(Complaint(at: key.place, "a key must be text, not \(key.kind)"))
        case .refused: break
        }
        return nil
    }

    private func place(_ event: YAMLEvent, _ path: ConfigurationPath) -> Place {
        Place(file: file, line: event.line, column: event.column, path: path)
    }
}
