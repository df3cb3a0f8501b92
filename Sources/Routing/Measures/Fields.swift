/// Counts of one type in the order in which they are stored. A new one goes to the end, and none ever goes.
struct Fields<Root>: Sendable {
    private let paths: [any WritableKeyPath<Root, Int64> & Sendable]

    init(_ paths: [any WritableKeyPath<Root, Int64> & Sendable]) { self.paths = paths }

    func values(of root: Root) -> [Int64] { paths.map { root[keyPath: $0] } }

    /// What `numbers` does not reach stays as it is.
    func fill(_ root: inout Root, from numbers: [Int64]) {
        for (path, number) in zip(paths, numbers) { root[keyPath: path] = number }
    }

    func add(_ other: Root, to root: inout Root) {
        for path in paths { root[keyPath: path] += other[keyPath: path] }
    }
}
