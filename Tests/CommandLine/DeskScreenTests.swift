import Testing

@testable import interflow

@Suite struct DeskScreenTests {
    /// Everything a screen wrote, by calls.
    private final class Paper {
        var sheets: [String] = []
    }

    private func view(_ line: String) -> DeskView {
        var editor = LineEditor()
        for letter in line { editor.take(.character(letter)) }
        return DeskView(AgentDesk(agent: "ana", prefix: "c"), editor, now: 0, columns: 80)
    }

    @Test("The view is written only when something in it changed, and its old place is cleared first")
    func drawing() {
        let paper = Paper()
        var screen = DeskScreen(isTerminal: true, paint: Paint(isOn: false)) { paper.sheets.append($0) }
        screen.draw(view(""))
        screen.draw(view(""))
        #expect(paper.sheets == ["\r\u{1B}[Jana · connecting\r\n> \r\u{1B}[2C"])
        screen.draw(view("x"))
        #expect(paper.sheets.last == "\r\u{1B}[1A\u{1B}[Jana · connecting\r\n> x\r\u{1B}[3C")
        screen.refresh()
        screen.draw(view("x"), columns: 8)
        #expect(paper.sheets.last?.hasPrefix("\r\u{1B}[2A\u{1B}[J") == true)
        screen.draw(nil)
        #expect(paper.sheets.count == 4 && paper.sheets.last == "\r\u{1B}[1A\u{1B}[J")
    }

    @Test("Without a terminal there is the transcript and nothing else")
    func plain() {
        let paper = Paper()
        var screen = DeskScreen(isTerminal: false, paint: Paint(isOn: false)) { paper.sheets.append($0) }
        screen.draw(view("x"))
        screen.show(DeskLine(.customer, ["1 +49151: Hallo\nDu"], at: 0))
        screen.ring()
        screen.draw(nil)
        #expect(paper.sheets.map { String($0.dropFirst(9)) } == ["1 +49151: Hallo\n         Du\n"])
    }
}
