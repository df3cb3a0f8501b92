/// A path as the operator wrote it, and where it leads.
package struct FilePath: Hashable, Sendable {
    package let written: String
    /// Relative paths start at the configuration file's folder, not at the process's.
    package let resolved: String

    init(_ written: String, from folder: String) {
        self.written = written
        resolved = written.hasPrefix("/") || folder.isEmpty ? written : "\(folder)/\(written)"
    }
}
