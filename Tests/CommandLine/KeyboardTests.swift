import Testing

@testable import interflow

@Suite struct KeyboardTests {
    private static let sequences: [(String, [KeyReader.Key])] = [
        ("aä€😀", [.character("a"), .character("ä"), .character("€"), .character("😀")]),
        ("\r\n", [.enter, .enter]),
        (
            "\u{7F}\u{8}\u{15}\u{17}\u{3}\u{4}",
            [.backspace, .backspace, .eraseLine, .eraseWord, .interrupt, .endOfInput]
        ),
        ("\u{1B}[D\u{1B}[C\u{1B}OA\u{1B}[3~\u{1B}[H\u{1B}[F", [.left, .right, .up, .delete, .home, .end]),
        ("\u{1B}[1;5C\u{1B}[99~x", [.right, .character("x")]),
        ("\u{1B}[200~ab\r\nc\u{1B}[201~d", [.paste("ab\nc"), .character("d")]),
        ("\u{1}\u{7}\u{1A}b", [.home, .character("b")]),
    ]

    @Test("Bytes are the same keys wherever the pieces are cut", arguments: sequences)
    func keys(text: String, keys: [KeyReader.Key]) {
        let bytes = Array(text.utf8)
        for size in 1...max(1, bytes.count) {
            var reader = KeyReader()
            var read: [KeyReader.Key] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                read += reader.read(bytes[start..<min(bytes.count, start + size)])
            }
            #expect(read == keys, "pieces of \(size)")
        }
    }

    @Test("Bytes that are no UTF-8 are passed over, and what follows them is read")
    func damagedBytes() {
        var reader = KeyReader()
        #expect(reader.read([0xFF, 0xC3, 0x41, 0xC2, 0x9B, 0x42]) == [.character("A"), .character("B")])
    }

    @Test("A paste beyond the bound is cut there and still ends")
    func longPaste() {
        var reader = KeyReader()
        let text = "\u{1B}[200~" + String(repeating: "x", count: KeyReader.pasteBytesMax + 500) + "\u{1B}[201~y"
        let keys = reader.read(text.utf8)
        #expect(keys.count == 2 && keys.last == .character("y"))
    }

    @Test("A line is edited by letters, whatever they are made of")
    func editing() {
        var editor = LineEditor()
        for letter in "zwei Wörter e" { editor.take(.character(letter)) }
        editor.take(.character("\u{301}"))
        #expect(editor.text == "zwei Wörter é" && editor.cursor == 13)
        editor.take(.backspace)
        editor.take(.eraseWord)
        #expect(editor.text == "zwei ")
        editor.take(.home)
        editor.take(.delete)
        editor.take(.character("Z"))
        #expect(editor.text == "Zwei " && editor.cursor == 1)
        editor.take(.eraseLine)
        #expect(editor.finish() == "wei ")
        editor.take(.up)
        #expect(editor.text == "wei ")
        editor.take(.down)
        #expect(editor.isEmpty)
    }

    @Test("A line at its bound takes nothing more and keeps what it has")
    func bound() {
        var editor = LineEditor()
        editor.take(.paste(String(repeating: "ä", count: LineEditor.bytesMax / 2)))
        editor.take(.character("x"))
        #expect(editor.characters.count == LineEditor.bytesMax / 2)
    }

    @Test("A line longer than the screen shows the part around the cursor")
    func window() {
        var editor = LineEditor()
        editor.take(.paste("0123456789\nabc"))
        let (text, column) = editor.window(8)
        #expect(TextWidth.of(text) <= 8 && text.hasSuffix("⏎abc") && column == TextWidth.of(text))
        editor.take(.home)
        #expect(editor.window(8) == ("0123456…", 0))
    }

    @Test(
        "Columns are counted as a terminal counts them",
        arguments: [("abc", 3), ("äé", 2), ("日本", 4), ("🎉", 2), ("e\u{301}", 1)])
    func widths(text: String, columns: Int) {
        #expect(TextWidth.of(text) == columns)
    }
}
