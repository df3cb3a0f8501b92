/// The keys that lead to a value, outermost first: `queues.support.skills[2]`.
///
/// A path shares its parent's storage, so a file cannot make paths that outweigh it.
package indirect enum ConfigurationPath: Hashable, Sendable {
    case root
    case key(String, of: ConfigurationPath)
    case item(Int, of: ConfigurationPath)
}

extension ConfigurationPath: CustomStringConvertible {
    package var description: String {
        switch self {
        case .root: ""
        case .key(let name, of: .root): Self.written(name)
        case .key(let name, of: let parent): "\(parent).\(Self.written(name))"
        case .item(let index, of: let parent): "\(parent)[\(index)]"
        }
    }

    /// Quotes a name that would read as several steps, such as `anna@example.com`.
    private static func written(_ name: String) -> String {
        let isSimple = !name.isEmpty && name.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2D || $0 == 0x5F }
        return isSimple && name.utf8.count <= 64 ? name : Printable.quoted(name)
    }
}
