import Foundation

/// The project's files as a value: read from disk for the house, made up for a planted violation.
struct SourceTree: Sendable {
    /// In order of their paths.
    let files: [SourceFile]
    /// What version control holds; nil where there is no version control, as in an exported archive.
    var tracked: [String]?

    init(_ texts: [String: String], executables: Set<String> = [], tracked: [String]? = nil) {
        files = texts.sorted { $0.key < $1.key }.map {
            SourceFile(path: $0.key, text: $0.value, isExecutable: executables.contains($0.key))
        }
        self.tracked = tracked
    }

    /// The tree this test was built from.
    static let house = SourceTree(at: URL(fileURLWithPath: #filePath).deletingLastPathComponent(3))

    private init(at root: URL) {
        let listing = FileManager.default.enumerator(atPath: root.path)
        var files: [SourceFile] = []
        while let path = listing?.nextObject() as? String {
            let first = path.prefix { $0 != "/" }
            if first == ".git" || first.hasPrefix(".build") {
                if path == first { listing?.skipDescendants() }
                continue
            }
            let url = root.appendingPathComponent(path)
            guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) else {
                continue
            }
            files.append(
                SourceFile(path: path, text: text, isExecutable: FileManager.default.isExecutableFile(atPath: url.path))
            )
        }
        self.files = files.sorted { $0.path < $1.path }
        tracked = Self.trackedPaths(root)
    }

    private static func trackedPaths(_ root: URL) -> [String]? {
        guard FileManager.default.fileExists(atPath: root.appendingPathComponent(".git").path) else { return nil }
        let git = Process()
        git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        git.arguments = ["git", "-C", root.path, "ls-files", "-z"]
        let output = Pipe()
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        guard (try? git.run()) != nil else { return nil }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

    func holds(_ path: String) -> Bool { files.contains { $0.path == path || $0.path.hasPrefix(path + "/") } }

    /// The names of the folders directly under `folder`.
    func folders(in folder: String) -> [String] {
        let names = files.compactMap { file -> String? in
            let parts = file.path.split(separator: "/")
            return parts.count > 2 && parts[0] == folder ? String(parts[1]) : nil
        }
        return Set(names).sorted()
    }

    /// Swift that ships: what lies under Sources, and under Channels outside Tests.
    var production: [SourceFile] {
        files.filter {
            $0.isSwift && ($0.isUnder("Sources") || ($0.isUnder("Channels") && $0.parts[safe: 2] != "Tests"))
        }
    }
}

extension URL {
    fileprivate func deletingLastPathComponent(_ count: Int) -> URL {
        (0..<count).reduce(self) { url, _ in url.deletingLastPathComponent() }
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
