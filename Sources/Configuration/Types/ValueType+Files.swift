extension ValueType where Value == FilePath {
    /// A path, relative to the configuration file's folder. Nothing is opened.
    package static var filePath: ValueType { path("a file path") { _ in } }

    /// A path to a file that can be read now.
    package static var readableFile: ValueType {
        path("a path to a readable file") { (path) throws(Refusal) in try FileAccess.checkReadable(path.resolved) }
    }

    private static func path(
        _ description: String, check: @escaping @Sendable (FilePath) throws(Refusal) -> Void
    ) -> ValueType {
        contextual(
            description, example: { $0 }, text: { .scalar($0.written) },
            parse: { (written, reading) throws(Refusal) in
                let path = try reading.path(written)
                if reading.files == .opened { try check(path) }
                return path
            })
    }
}

extension ValueType where Value == Secret {
    /// A path to a file that holds a secret and that neither group nor others may read.
    ///
    /// Read at load, without its last newline. The secret itself never stands in the configuration, so the
    /// configuration can be shown, mailed and kept under version control.
    package static var secret: ValueType {
        ValueType(
            shape: .scalar("a path to a file with a secret, readable by its owner only"),
            example: { .secret(path: "secrets/\($0)") }, show: { _ in preconditionFailure("A secret has no default.") },
            read: { node, reading in
                guard let written = reading.scalar(node, expecting: "a path to a file with a secret") else {
                    return nil
                }
                do throws(Refusal) {
                    let path = try reading.path(written)
                    let bytes =
                        reading.files == .opened ? try FileAccess.secretBytes(path.resolved) : Array("assumed".utf8)
                    return Sound(value: Secret(bytes), shown: .secret(path: written))
                } catch {
                    reading.complaints.append(Complaint(at: node.place, error.reason, hint: error.hint))
                    return nil
                }
            })
    }
}
