import Foundation

/// Folders for one test run, removed when the process ends: a journal may outlive the test's last mention of it.
enum Scratch {
    private static let root: String = {
        let path = FileManager.default.temporaryDirectory.path + "/interflow-journal-\(getpid())"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(atPath: Scratch.root) }
        return path
    }()

    /// A path where nothing is yet.
    static func path() -> String { root + "/" + UUID().uuidString }
}
