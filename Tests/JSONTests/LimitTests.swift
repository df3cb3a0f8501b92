import JSON
import Testing

@Suite struct LimitTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }

    private func nestedObjects(_ depth: Int) -> [UInt8] {
        Array((String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)).utf8)
    }

    @Test("Thirty-two arrays or objects within one another are read, thirty-three are not")
    func depth() throws {
        _ = try JSONValue.parse(nested(32))
        _ = try JSONValue.parse(nestedObjects(32))
        let tooDeep = JSONError(
            offset: 32, path: "$" + String(repeating: "[0]", count: 32), reason: .tooDeep(maxDepth: 32))
        #expect(throws: tooDeep) { try JSONValue.parse(nested(33)) }
        #expect(throws: tooDeep) { try JSONValue.parse(nested(100_000)) }
        #expect(throws: JSONError.self) { try JSONValue.parse(nestedObjects(33)) }
        #expect(throws: JSONError.self) { try skip(nested(33)) }
    }

    @Test("A text of one mebibyte is read, one byte more is not, whatever it is")
    func size() throws {
        let text = Array("\"".utf8) + [UInt8](repeating: 0x61, count: (1 << 20) - 2) + Array("\"".utf8)
        _ = try JSONValue.parse(text)
        let tooLarge = JSONError(offset: 0, path: "$", reason: .tooLarge(maxBytes: 1 << 20))
        #expect(throws: tooLarge) { try JSONValue.parse(text + [0x20]) }
        #expect(throws: tooLarge) { try JSONValue.parse([UInt8](repeating: 0x20, count: (1 << 20) + 1)) }
        #expect(throws: tooLarge) { try skip(text + [0x20]) }
    }

    @Test(
        "A name that comes twice is found in small and large objects, first, last or nested",
        arguments: [2, 31, 32, 33, 34, 100, 5000])
    func duplicates(_ count: Int) throws {
        let names = (0..<count).map { "\"member number \($0)\":\($0)" }
        _ = try JSONValue.parse(Array("{\(names.joined(separator: ","))}".utf8))
        for place in Set([0, 1, count / 2, count - 1]) {
            let members = (names + ["\"member number \(place)\":0"]).joined(separator: ",")
            let text = "[{\(members)}]"
            let error = #expect(throws: JSONError.self) { try JSONValue.parse(Array(text.utf8)) }
            #expect(error?.reason == .duplicateKey("member number \(place)"))
        }
    }

    @Test("Large objects beside and within one another do not mix up their names")
    func neighbours() throws {
        let members = (0..<40).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        let text =
            "[{\(members)},{\(members)},{\(members),\"inner\":{\(members),\"e\\u0041\":{\(members)}},\"last\":1}]"
        let value = try JSONValue.parse(Array(text.utf8))
        #expect(value.arrayValue?.map { $0.objectValue?.count } == [40, 40, 42])
        let error = #expect(throws: JSONError.self) {
            try JSONValue.parse(Array("{\(members),\"inner\":{\(members)},\"m7\":1}".utf8))
        }
        #expect(error?.reason == .duplicateKey("m7"))
    }

    @Test("Names that only look alike are different members")
    func lookalikes() throws {
        let value = try JSONValue.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2,\"a\":3,\"a\\u0000\":4}".utf8))
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(value["a\0"] == 4)
    }

    @Test("Eighty thousand members are read without comparing each with each")
    func manyMembers() throws {
        let text = Array("{\((0..<80_000).map { "\"\($0)\":1" }.joined(separator: ","))}".utf8)
        let clock = ContinuousClock()
        let taken = try clock.measure { _ = try JSONValue.parse(text) }
        #expect(taken < .seconds(5), "A search from end to end would take minutes.")
    }

    @Test("Numbers beyond Int64 are read where the caller asks for them, and nowhere else")
    func bigNumbers() throws {
        var unsigned = JSONReader(Array("18446744073709551615".utf8))
        #expect(try unsigned.readUnsigned() == .max)
        var double = JSONReader(Array("18446744073709551616".utf8))
        #expect(try double.readDouble() == 18446744073709551616.0)
        for text in ["-1", "18446744073709551616"] {
            #expect(throws: JSONError(offset: 0, path: "$", reason: .numberOutOfRange)) {
                var reader = JSONReader(Array(text.utf8))
                _ = try reader.readUnsigned()
            }
        }
        #expect(throws: JSONError(offset: 0, path: "$", reason: .wrongType(expected: .integer, found: .number))) {
            var reader = JSONReader(Array("1.0".utf8))
            _ = try reader.readInteger()
        }
    }

    @Test("A value of another kind is refused by name and kind")
    func wrongType() throws {
        let error = #expect(throws: JSONError.self) {
            var reader = JSONReader(Array(#"{"from":{"a b\u001b":7}}"#.utf8))
            try reader.beginObject()
            _ = try reader.nextKey()
            try reader.beginObject()
            _ = try reader.nextKey()
            _ = try reader.readString()
        }
        #expect(error?.description == #"$.from["a b\u{1b}"]: expected a string, found a number (byte 21)"#)
    }

    @Test("A place is found again by line and column")
    func lineAndColumn() throws {
        let text = Array("{\n  \"a\": 1,\n  \"b\": x\n}".utf8)
        let error = try #require(#expect(throws: JSONError.self) { try JSONValue.parse(text) })
        #expect(error.path == "$.b")
        #expect(error.lineAndColumn(in: text) == (3, 8))
    }

    @Test("What stands past the end of an array or text is an error, not a value")
    func pastTheEnd() throws {
        var reader = JSONReader(Array("[1]".utf8))
        try reader.beginArray()
        #expect(try reader.hasNextElement())
        #expect(try reader.readInteger() == 1)
        #expect(try !reader.hasNextElement())
        #expect(throws: JSONError(offset: 3, path: "$", reason: .noValue)) { _ = try reader.readInteger() }
        try reader.end()
    }
}
