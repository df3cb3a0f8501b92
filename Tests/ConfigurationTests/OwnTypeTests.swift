import Configuration
import Testing

@Suite struct OwnTypeTests {
    /// A type made by an adapter's author, and a file that must be there.
    struct Section: ConfigurationSection {
        static let weekday = Key(
            "weekday",
            .scalar(
                "a day from 1 to 7", example: "1", text: { "\($0)" },
                parse: { (text) throws(Refusal) in
                    guard let day = UInt8(text), (1...7).contains(day) else {
                        throw Refusal("must be a day from 1 to 7", hint: "1 is Monday")
                    }
                    return day
                }), default: UInt8(1), "When the week begins.")
        static let page = Key(optional: "page", .readableFile, "What is shown.")
        static let keys: KeyList = [weekday, page]

        let weekday: UInt8
        let page: FilePath?

        init(reading section: SectionReader) {
            weekday = section[Self.weekday]
            page = section[Self.page]
        }
    }

    private func read(_ text: String, files: Reading.Files = .opened) throws(ConfigurationError) -> Loaded<Section> {
        try ConfigurationFile.read(Section.self, bytes: Array(text.utf8), file: "f", folder: "/nowhere", files: files)
    }

    @Test("An adapter's own type is read, refused and shown like the house's")
    func ownType() throws {
        #expect(try read("weekday: 7").root.weekday == 7)
        #expect(try read("").effectiveText == "weekday: 1  # default\n# page: not set\n")
        let said = complaints { () throws(ConfigurationError) in _ = try read("weekday: 8") }
        #expect(said == "f:1:10: weekday: must be a day from 1 to 7; 1 is Monday")
    }

    @Test("A file that must be readable is looked for at a start and assumed when a sample is checked")
    func readableFile() throws {
        let said = complaints { () throws(ConfigurationError) in _ = try read("page: a.html") }
        #expect(said == "f:1:7: page: cannot be opened: \"/nowhere/a.html\": No such file or directory")
        #expect(try read("page: a.html", files: .assumed).root.page?.written == "a.html")
        let folder = complaints { () throws(ConfigurationError) in _ = try read("page: /tmp") }
        #expect(folder == "f:1:7: page: is not a regular file")
    }
}
