import JSON
import Testing

@Suite struct JSONReaderTests {
    @Test("A reader hands out what it is asked for, skips the rest, and ends")
    func wholeText() throws {
        var reader = JSONReader(
            Array(
                #" { "a" : 1 , "skip" : {"x":[1,{"y":"\u00e9"}]}, "l":[ "p" , "q\n" ], "d":1.25e1, "n":null, "u":18446744073709551615 , "raw" : [1, 2] } "#
                    .utf8))
        var seen: [String] = []
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "a": seen.append("a=\(try reader.readInteger())")
            case "l":
                try reader.beginArray()
                while try reader.hasNextElement() { seen.append(try reader.readString()) }
            case "d": seen.append("d=\(try reader.readDouble())")
            case "n": seen.append("n=\(reader.isNull())")
            case "u": seen.append("u=\(try reader.readUnsigned())")
            case "raw": seen.append(String(decoding: try reader.readRaw(), as: UTF8.self))
            default: break
            }
        }
        try reader.end()
        #expect(seen == ["a=1", "p", "q\n", "d=12.5", "n=true", "u=18446744073709551615", "[1, 2]"])
    }

    @Test("Keys are consumed in a known order, and an absent one is passed by")
    func knownOrder() throws {
        var reader = JSONReader(Array(#"{"a":1,"c":3,"d":{}}"#.utf8))
        try reader.beginObject()
        #expect(try reader.consumeKey("a"))
        #expect(try reader.readInteger() == 1)
        #expect(try !reader.consumeKey("b"))
        #expect(try reader.consumeKey("c"))
        #expect(try reader.consumeKey("d"))
        #expect(try reader.nextKey() == nil)
        try reader.end()
    }

    @Test("An error names the place and the reason")
    func place() {
        #expect(throws: JSONError(offset: 32, path: "$.attributes.color[3]", reason: .invalidEscape)) {
            try JSONValue.parse(Array(#"{"attributes":{"color":[1,2,3,"a\q"]}}"#.utf8))
        }
    }
}
