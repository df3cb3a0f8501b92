import Configuration
import Testing

@Suite struct WordTests {
    private struct DaySection: ConfigurationSection {
        static let open = Key(
            "open", .list(of: .integer(in: 0...24), count: 0...2).orWords(["closed": [], "always": [0, 24]]),
            default: [],
            example: [8, 18], "Hours.")
        static let keys: KeyList = [open]
        let open: [Int]

        init(reading section: SectionReader) { open = section[Self.open] }
    }

    @Test(
        "A word stands for its value, and is shown as it was written",
        arguments: [
            ("open: always", [0, 24], "always"), ("open: closed", [], "closed"), ("open: [8, 12]", [8, 12], "[8, 12]"),
        ])
    func words(text: String, value: [Int], shown: String) throws {
        let loaded = try ConfigurationFile.read(DaySection.self, bytes: Array(text.utf8), file: "f")
        #expect(loaded.root.open == value && loaded.effectiveText == "open: \(shown)\n")
    }

    @Test("A default that has a word is shown as the word")
    func preset() throws {
        let loaded = try ConfigurationFile.read(DaySection.self, bytes: [], file: "f")
        #expect(loaded.effectiveText == "open: closed  # default\n")
    }

    @Test(
        "What is neither is refused with both, and with the nearest word",
        arguments: [
            ("open: alway", "did you mean always?"), ("open: 12", "must be closed, always, or a list"), ("open:", ""),
        ])
    func neither(text: String, words: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            _ = try ConfigurationFile.read(DaySection.self, bytes: Array(text.utf8), file: "f")
        }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test("Sample and reference have the example and the words")
    func output() {
        #expect(
            SampleFile.text(of: DaySection.self, extent: .everything)
                == "# Hours. (closed, always, or a list of 0 to 2, each an integer from 0 to 24)\nopen: [8, 18]\n")
        #expect(ReferencePage.text(of: DaySection.self, title: "t").contains("closed, always, or a list of 0 to 2"))
    }
}
