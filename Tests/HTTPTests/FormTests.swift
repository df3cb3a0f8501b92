import Testing

@testable import HTTP

@Suite("Forms")
struct FormTests {
    @Test("A form keeps its pairs in order, with repeats, and decodes both notations of a space")
    func pairs() throws {
        let form = try Form(Array("b=1&a=x+y%20z&b=&c&=v&&%C3%A4=%26".utf8))
        #expect(
            form.pairs == [
                .init("b", "1"), .init("a", "x y z"), .init("b", ""), .init("c", ""), .init("", "v"), .init("ä", "&"),
            ])
        #expect(form["b"] == "1")
        #expect(form.values(of: "b") == ["1", ""])
    }

    @Test(
        "A form that could be read in two ways is refused whole",
        arguments: [
            ("a=%", FormFailure.malformedPercent), ("a=%4", .malformedPercent), ("a=%zz", .malformedPercent),
            ("a=%ff", .notText), ("a=%ed%a0%80", .notText), ("a&b&c&d", .tooManyPairs(max: 3)),
        ])
    func refused(text: String, failure: FormFailure) {
        #expect(throws: failure) { try Form(Array(text.utf8), pairsMax: 3) }
    }

    @Test("Encoding and decoding are each other's opposite", arguments: ["", "a b", "ä/ö?&=%+", "\u{0}\r\n", "😀"])
    func roundTrip(text: String) throws {
        #expect(try PercentEncoding.decode(PercentEncoding.encode(text)) == text)
    }
}
