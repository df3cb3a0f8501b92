/// One value of a configuration file as it was written: nothing is typed, renamed or merged.
package struct ConfigurationNode: Hashable, Sendable {
    /// What was written. Scalars stay text, so `no`, `0123` and `+4915…` cannot change before their key reads them.
    package enum Content: Hashable, Sendable {
        /// `isPlain`: written without quotes, so that an empty or `null` value can be told from a quoted one.
        case scalar(String, isPlain: Bool)
        case sequence([ConfigurationNode])
        /// In file order; no name twice.
        case mapping([Entry])
        /// Already complained about: readers pass over it in silence.
        case refused
    }

    package struct Entry: Hashable, Sendable {
        package let name: String
        /// Where the name stands.
        package let place: Place
        package let value: ConfigurationNode
    }

    package let content: Content
    package let place: Place

    /// Whether it is a mapping with this key.
    package func has(_ name: String) -> Bool {
        guard case .mapping(let entries) = content else { return false }
        return entries.contains { $0.name == name }
    }

    /// The same mapping without some of its keys.
    package func leavingOut(_ names: [String]) -> ConfigurationNode {
        guard case .mapping(let entries) = content else { return self }
        return ConfigurationNode(content: .mapping(entries.filter { !names.contains($0.name) }), place: place)
    }

    /// Where the value at `path` stands, or the last thing on the way there that was written; the place speaks of the whole
    /// path either way. Items of a list go by their index.
    package func place(at path: ArraySlice<String>) -> Place { place(at: path, of: place) }

    /// - Parameter owner: where the name of this node stands: what is missing in it is spoken of there.
    func place(at path: ArraySlice<String>, of owner: Place) -> Place {
        guard let step = path.first else { return place }
        switch content {
        case .mapping(let entries):
            guard let entry = entries.first(where: { $0.name == step }) else { return owner.stepping(along: path) }
            return path.count == 1 ? entry.place : entry.value.place(at: path.dropFirst(), of: entry.place)
        case .sequence(let items):
            guard let index = Int(step), items.indices.contains(index) else { return owner.stepping(along: path) }
            return items[index].place(at: path.dropFirst(), of: items[index].place)
        case .scalar, .refused: return owner.stepping(along: path)
        }
    }

    /// "a list", for sentences that say what was found.
    var kind: String {
        switch content {
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .refused: "a refused value"
        }
    }
}
