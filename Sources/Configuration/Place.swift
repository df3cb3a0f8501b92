/// Where something stands in a configuration file: what every complaint begins with.
package struct Place: Hashable, Sendable {
    /// The file as the caller named it.
    package let file: String
    /// Counted from 1; 0 when the whole file is meant.
    package let line: Int
    /// Counted from 1, in Unicode scalars.
    package let column: Int
    package let path: ConfigurationPath

    package init(file: String, line: Int, column: Int, path: ConfigurationPath = .root) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
    }

    /// The same line and column, spoken of as a value one step further in.
    func stepping(to name: String) -> Place {
        Place(file: file, line: line, column: column, path: .key(name, of: path))
    }

    /// The same line and column, spoken of as a value some steps further in.
    func stepping(along steps: ArraySlice<String>) -> Place {
        let path = steps.reduce(path) { path, step in
            Int(step).map { .item($0, of: path) } ?? .key(step, of: path)
        }
        return Place(file: file, line: line, column: column, path: path)
    }
}
