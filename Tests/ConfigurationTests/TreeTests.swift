import Configuration
import Testing

@Suite struct TreeTests {
    private func said(_ bytes: [UInt8]) -> String {
        complaints { () throws(ConfigurationError) in _ = try ConfigurationFile.tree(of: bytes, file: "f") }
    }

    @Test("What is not plain YAML is refused where it stands, with what to do", arguments: refused)
    func refusal(text: String, expected: String) {
        #expect(said(Array(text.utf8)) == expected)
    }

    static let refused: [(String, String)] = [
        ("a: 1\na: 2\n", "f:2:1: a: is given twice; the first stands in line 1"),
        ("a: {b: 1, b: 2}", "f:1:11: a.b: is given twice; the first stands in line 1"),
        ("a: &x 1", "f:1:4: a: anchors (&name) are refused; write the value out"),
        ("a: *x", "f:1:4: a: aliases (*name) are refused; write the value out, or quote it"),
        ("<<: {a: 1}", "f:1:1: merge keys (<<) are refused; write the keys out"),
        ("a: !!int 5", "f:1:4: a: tags (!name) are refused; quote a value that begins with '!'"),
        ("a: !foo [x]", "f:1:4: a: tags (!name) are refused; quote a value that begins with '!'"),
        ("a: ! x", "f:1:4: a: tags (!name) are refused; quote a value that begins with '!'"),
        ("? [a, b]\n: 1", "f:1:3: a key must be text, not a list"),
        ("\"\": 1", "f:1:1: a key is empty"),
        ("a: 1\n---\nb: 2", "f:2:1: a second document begins here; keep one document to a file and remove the ---"),
        ("a:\n\tb: 1", "f:2:1: is indented with a tab; YAML wants spaces"),
        ("a:\n  b: 1\n \tc: 2", "f:3:2: is indented with a tab; YAML wants spaces"),
        (
            "a: b: c",
            "f:1:5: is not YAML: mapping values are not allowed in this context; quote a value that holds a colon and a space, or check the indentation"
        ),
        (
            "a: 1\n b: 2",
            "f:2:3: is not YAML: mapping values are not allowed in this context; quote a value that holds a colon and a space, or check the indentation"
        ),
        (
            "a: @x",
            "f:1:4: is not YAML: found character that cannot start any token; quote a value that begins with this character"
        ),
        ("a: [1, 2", "f:2:1: is not YAML: did not find expected ',' or ']'"),
        ("ä: 1\nö: \u{1}", "f:2:4: is not YAML: control characters are not allowed"),
        (String(repeating: "k", count: 129) + ": 1", "f:1:1: a key is longer than 128 bytes"),
    ]

    @Test("Bytes that are not UTF-8 are refused at their line and column")
    func encoding() {
        #expect(said(Array("ä: 1\nb: ".utf8) + [0xFF]) == "f:2:4: is not UTF-8 here; save the file as UTF-8")
        #expect(said([0xFF, 0xFE, 0x61, 0x00]) == "f:1:1: is not UTF-8 here; save the file as UTF-8")
    }

    @Test("A byte order mark and carriage returns change nothing")
    func marks() throws {
        let plain = try ConfigurationFile.tree(of: Array("a: 1\nb: 2\n".utf8), file: "f")
        #expect(try ConfigurationFile.tree(of: Array("\u{FEFF}a: 1\r\nb: 2\r\n".utf8), file: "f") == plain)
    }

    @Test(
        "Scalars stay as written, whatever YAML would make of them",
        arguments: ["no", "0123", "+4915112345678", "1e3", "2026-01-01", "12:30:00", "0x1F", "off"])
    func verbatim(text: String) throws {
        let tree = try ConfigurationFile.tree(of: Array("a: \(text)".utf8), file: "f")
        guard case .mapping(let entries) = tree.content else {
            Issue.record("not a mapping")
            return
        }
        #expect(entries.map(\.value.content) == [.scalar(text, isPlain: true)])
    }

    @Test("Depth, count and size are bounded, and each bound says so")
    func bounds() {
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        #expect(said(Array("a: \(deep)".utf8)) == "f:1:35: is nested deeper than 32 levels")
        let wide = "[" + String(repeating: "a,", count: 99_998)  // The list itself is a value too.
        #expect(said(Array((wide + "a]").utf8)) == "no complaint")
        #expect(said(Array((wide + "a,b]").utf8)) == "f:1:200000: holds more than 100000 values")
        let large = [UInt8](repeating: 0x23, count: ConfigurationLimits.bytesMax + 1)
        #expect(said(large) == "f:1:1: is larger than 1048576 bytes")
        #expect(said(Array(large.dropLast())) == "no complaint")
    }

    @Test("A file built to explode is refused in seconds")
    func bombs() {
        let laughs = "a: &a [x,x]\n" + (1...30).map { "k\($0): &k\($0) [*a,*a,*a]\n" }.joined()
        let half = String(repeating: "k", count: 100)
        let texts = [
            laughs, String(repeating: "- ", count: 500_000), String(repeating: "{a: ", count: 250_000),
            String(repeating: "? ", count: 500_000), String(repeating: "\"", count: 1_000_000),
            String(repeating: "a: b: ", count: 170_000), String(repeating: "&a ", count: 300_000),
            String(repeating: "\(half): [", count: 10_000), String(repeating: "a:\n", count: 340_000),
            String(repeating: "- a: 1\n", count: 140_000), String(repeating: "[", count: 1_000_000),
            String(repeating: "!", count: 1_000_000), String(repeating: "%A B\n", count: 200_000),
            String(repeating: " ", count: 1_000_000) + "a", String(repeating: "\n\t", count: 500_000),
        ]
        for text in texts {
            let clock = ContinuousClock()
            let taken = clock.measure { #expect(said(Array(text.utf8)) != "no complaint" || text.hasPrefix(" ")) }
            #expect(taken < .seconds(10), "\(text.prefix(12)) took \(taken)")
        }
    }
}
