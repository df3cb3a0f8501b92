/// The door to this room: a file and its root section in, checked values or every complaint out.
package enum ConfigurationFile {
    /// Reads the file at `path`; relative paths inside it start at its folder.
    package static func load<Root: ConfigurationSection>(
        _ root: Root.Type, from path: String, catalog: SectionCatalog = .empty, files: Reading.Files = .opened
    ) throws(ConfigurationError) -> Loaded<Root> {
        let bytes = try bytes(of: path)
        return try read(root, bytes: bytes, file: path, folder: folder(of: path), catalog: catalog, files: files)
    }

    /// Reads bytes that are already there; `file` is what complaints call them.
    package static func read<Root: ConfigurationSection>(
        _ root: Root.Type, bytes: [UInt8], file: String, folder: String = "", catalog: SectionCatalog = .empty,
        files: Reading.Files = .opened
    ) throws(ConfigurationError) -> Loaded<Root> {
        let (tree, complaints) = TreeBuilder.tree(of: bytes, file: file)
        var reading = Reading(folder: folder, files: files, catalog: catalog, complaints: complaints)
        let sound = reading.section(root, from: tree)
        guard let sound, reading.complaints.isEmpty else { throw ConfigurationError(reading.complaints) }
        return Loaded(root: sound.value, shown: sound.shown)
    }

    /// Reads a tree, or as much of one as the caller left in it.
    package static func read<Root: ConfigurationSection>(
        _ root: Root.Type, tree: ConfigurationNode, folder: String = "", catalog: SectionCatalog = .empty,
        files: Reading.Files = .opened
    ) throws(ConfigurationError) -> Loaded<Root> {
        var reading = Reading(folder: folder, files: files, catalog: catalog)
        let sound = reading.section(root, from: tree)
        guard let sound, reading.complaints.isEmpty else { throw ConfigurationError(reading.complaints) }
        return Loaded(root: sound.value, shown: sound.shown)
    }

    /// Where relative paths start that stand in the file at `path`.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) + "/." } ?? ""
    }

    /// The bytes of a file, at most `ConfigurationLimits.bytesMax`.
    package static func bytes(of path: String) throws(ConfigurationError) -> [UInt8] {
        do throws(Refusal) {
            return try FileAccess.bytes(path, max: ConfigurationLimits.bytesMax)
        } catch {
            let place = Place(file: path, line: 0, column: 0)
            throw ConfigurationError([Complaint(at: place, error.reason, hint: error.hint)])
        }
    }

    /// The tree as written, before any key reads it: for tools that look at files without knowing their keys.
    package static func tree(of bytes: [UInt8], file: String) throws(ConfigurationError) -> ConfigurationNode {
        let (tree, complaints) = TreeBuilder.tree(of: bytes, file: file)
        guard complaints.isEmpty else { throw ConfigurationError(complaints) }
        return tree
    }
}

/// A configuration that passed every check.
package struct Loaded<Root: ConfigurationSection>: Sendable {
    package let root: Root
    private let shown: Shown

    init(root: Root, shown: Shown) {
        self.root = root
        self.shown = shown
    }

    /// What is in force, defaults included and marked, as YAML. A secret shows the path of its file, never itself.
    package var effectiveText: String { shown.text }

    /// The root's keys that say something else here than in `other`, in declared order. Of secrets the paths are compared.
    package func keysDiffering(from other: Loaded) -> [String] {
        guard case .mapping(let here) = shown, case .mapping(let there) = other.shown else { return [] }
        return here.filter { entry in there.first { $0.name == entry.name }?.value.bare != entry.value.bare }.map(
            \.name)
    }
}
