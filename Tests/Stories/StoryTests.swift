import Foundation
import Testing

/// A story's file, named in the test's results.
struct StoryFile: Sendable, CustomTestStringConvertible {
    let url: URL
    var name: String { url.lastPathComponent }
    var testDescription: String { name }

    static let all: [StoryFile] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Routing")
        let urls = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return urls.filter { $0.pathExtension == "story" }.map { StoryFile(url: $0) }.sorted { $0.name < $1.name }
    }()
}

@Suite struct StoryTests {
    /// Set to write what the core records now into the files, so that their author reads it with `git diff`.
    static let accepts = ProcessInfo.processInfo.environment["INTERFLOW_ACCEPT"] == "1"

    @Test("The core records what the story says it does", arguments: StoryFile.all)
    func told(file: StoryFile) throws {
        let text = try String(contentsOf: file.url, encoding: .utf8)
        let told: String
        do {
            told = try Story(file: file.name, text: text).told()
        } catch {
            Issue.record("\(error)")
            return
        }
        guard told != text else { return }
        if Self.accepts {
            try told.write(to: file.url, atomically: true, encoding: .utf8)
            return
        }
        Issue.record(
            """
            \(file.name) says otherwise (- the story, + the core):
            \(UnifiedDiff.text(from: text, to: told))
            If the core is right: INTERFLOW_ACCEPT=1 swift test --filter Stories, then read git diff Tests/Stories.
            """)
    }

    @Test("There are stories, and no two have one title")
    func titles() throws {
        let titles = try StoryFile.all.map { file in
            try Story(file: file.name, text: String(contentsOf: file.url, encoding: .utf8)).title
        }
        #expect(!titles.isEmpty)
        #expect(Set(titles).count == titles.count)
    }
}
