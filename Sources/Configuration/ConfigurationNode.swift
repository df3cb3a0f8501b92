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
