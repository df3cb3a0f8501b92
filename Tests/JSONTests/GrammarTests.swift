import Foundation
import JSON
import Testing

/// RFC 8259 as a table: texts that are JSON, and texts that are not with the reason.
@Suite struct GrammarTests {
    @Test("A text that is JSON gives one value, whoever reads it", arguments: GrammarTests.accepted)
    func readsAlike(_ text: String) throws {
        let bytes = Array(text.utf8)
        let value = try JSONValue.parse(bytes)
        #expect(try readByHand(bytes) == value)
        try skip(bytes)
        #expect(try JSONValue.parse(value.bytes) == value)
        let foundation = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        #expect(isSame(value, foundation) != GrammarTests.misreadByFoundation.contains(text), "it reads \(foundation)")
    }

    /// Foundation is one unit off in the last place of the one, and drops the byte order mark inside the other.
    static let misreadByFoundation: Set<String> = ["0.30000000000000004", "\"\u{FEFF}\""]

    @Test("A text that is not JSON is refused for its reason, read or skipped", arguments: GrammarTests.refused)
    func refusesAlike(_ text: String, _ reason: String) {
        check(Array(text.utf8), reason)
    }

    @Test("Bytes that are not UTF-8 are refused", arguments: GrammarTests.notUTF8)
    func refusesBytes(_ bytes: [UInt8]) {
        check([0x22] + bytes + [0x22], "invalidUTF8")
        check(Array("{\"".utf8) + bytes + Array("\":1}".utf8), "invalidUTF8")
        check(Array("[1,\"a".utf8) + bytes + Array("aaaaaaaaa\"]".utf8), "invalidUTF8")
    }

    private func check(_ bytes: [UInt8], _ reason: String) {
        let byValue = #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
        let bySkip = #expect(throws: JSONError.self) { try skip(bytes) }
        #expect(byValue == bySkip)
        #expect(byValue.map { "\($0.reason)".prefix { $0 != "(" } } == reason[...])
        #expect(throws: JSONError.self) { try readByHand(bytes) }
    }

    static let accepted: [String] = [
        "null", "true", "false", "0", "-0", "1", "-1", "10", "123456789", "9223372036854775807",
        "-9223372036854775808", "999999999999999999", "-999999999999999999", "1000000000000000000", "0.0", "-0.0",
        "0.5", "1.5", "-1.5", "1e0", "1E0", "1e1", "1e+1", "1e-1", "1E+2", "0e0", "0e+1", "0e-1", "0.1e1", "1.25e10",
        "123.456e-7", "1e22", "1e23", "1e308", "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308",
        "0.1", "0.2", "0.30000000000000004", "9007199254740993.0", "123456789012345678901234567890.0",
        "-1e-10", "3.141592653589793", "100000000000000000000.5", "0.000001", "12.75", "-12.75", "0.10",
        #""""#, #""a""#, #"" ""#, #""abc""#, #""seven77""#, #""eight888""#, #""nine99999""#, #""fifteen15151515""#,
        #""sixteen161616161""#, #""\"""#, #""\\""#, #""\/""#, #""/""#, #""\b\f\n\r\t""#, #""\u0000""#, #""\u001f""#,
        #""\u0041""#, #""\u00e9""#, #""\u00E9""#, #""\u20ac""#, #""\uFFFF""#, #""\uD83D\uDE00""#, #""\ud800\udc00""#,
        #""\udbff\udfff""#, #""\uD7FF\uE000""#, #""a\u0041a""#, #""abcdefg\n""#, #""abcdefgh\n""#, #""\\u0041""#,
        #""\\\\\\""#, #""\"\"\"""#, "\"é\"", "\"€\"", "\"😀\"", "\"\u{7F}\"", "\"\u{80}\"", "\"\u{7FF}\"",
        "\"\u{800}\"", "\"\u{FFFD}\"", "\"\u{FFFF}\"", "\"\u{10000}\"", "\"\u{10FFFF}\"", "\"\u{2028}\u{2029}\"",
        "\"e\u{301}\"", "\"abcdefgé\"", "\"aé😀€aé😀€\"", "\"\u{FEFF}\"",
        "[]", "[ ]", "[\n]", "[1]", "[ 1 ]", "[1,2]", "[1 , 2]", "[null,true,false]", "[[]]", "[[],[]]", "[[[[1]]]]",
        "[{}]", "[1,[2,[3,[4]]]]", #"["a","b"]"#, "[0,-0,0.0]", "[1e1,\"1e1\"]", "[\t1\r\n,\t2 ]", "[[1],[2],[3]]",
        "{}", "{ }", "{\t\n\r }", #"{"a":1}"#, #"{ "a" : 1 }"#, #"{"a":1,"b":2}"#, #"{"a":{"a":{"a":1}}}"#,
        #"{"":0}"#, #"{"":{"":0}}"#, #"{"a":[],"b":{}}"#, #"{"a":null}"#, #"{"\u0061b":1}"#, #"{"a\nb":1}"#,
        #"{"a":1,"A":2}"#, #"{"a":[{"a":1},{"a":2}],"b":{"a":3}}"#, #"{"k1":1,"k2":2,"k3":3,"k4":4,"k5":5}"#,
        #"{"abcdefgh1":1,"abcdefgh2":2}"#, #"{"1abcdefgh":1,"2abcdefgh":2}"#,
        #"{"abcdefghX12345678":1,"abcdefghY12345678":2}"#,
        #"{"\u0000":1}"#, #"{"a b":1}"#, #"{"é":1}"#, #"{"null":null,"true":true}"#,
        " null", "null ", "\n\t\r null \n\t\r", " [ ] ", " { } ", " \"a\" ", " 1 ", "\t1",
    ]

    static let refused: [(String, String)] = [
        ("", "unexpectedEnd"), (" ", "unexpectedEnd"), ("\n", "unexpectedEnd"), ("\u{FEFF}1", "unexpected"),
        ("\u{A0}1", "unexpected"), ("1\u{A0}", "trailingText"), ("\u{C}1", "unexpected"), ("\u{B}1", "unexpected"),
        ("\0", "unexpected"), ("1\0", "trailingText"), ("[1\0]", "unexpected"), ("[\0]", "unexpected"),
        ("nul", "unexpected"), ("n", "unexpected"), ("nulll", "trailingText"), ("NULL", "unexpected"),
        ("Null", "unexpected"), ("tru", "unexpected"), ("True", "unexpected"), ("truee", "trailingText"),
        ("fals", "unexpected"), ("FALSE", "unexpected"), ("nan", "unexpected"), ("NaN", "unexpected"),
        ("Infinity", "unexpected"), ("-Infinity", "malformedNumber"), ("inf", "unexpected"),
        ("undefined", "unexpected"), ("'a'", "unexpected"), ("a", "unexpected"), ("//", "unexpected"),
        ("/*x*/1", "unexpected"), ("1//x", "trailingText"), ("#", "unexpected"), ("*", "unexpected"),
        ("1 2", "trailingText"), ("1,", "trailingText"), ("[]]", "trailingText"), ("{}}", "trailingText"),
        ("[][]", "trailingText"), ("\"a\"b", "trailingText"), ("1]", "trailingText"), ("null,null", "trailingText"),
        ("+1", "unexpected"), ("++1", "unexpected"), ("-", "unexpectedEnd"), ("--1", "malformedNumber"),
        ("- 1", "malformedNumber"), ("-a", "malformedNumber"), ("01", "malformedNumber"), ("00", "malformedNumber"),
        ("-01", "malformedNumber"), ("-00", "malformedNumber"), ("012", "malformedNumber"),
        ("01.5", "malformedNumber"), (".5", "unexpected"), ("-.5", "malformedNumber"), ("1.", "unexpectedEnd"),
        ("0.", "unexpectedEnd"), ("1.e1", "malformedNumber"), ("1e", "unexpectedEnd"), ("1E", "unexpectedEnd"),
        ("1e+", "unexpectedEnd"), ("1e-", "unexpectedEnd"), ("1ee1", "malformedNumber"),
        ("1e1.5", "trailingText"), ("1e+-1", "malformedNumber"), ("1.5.5", "trailingText"), ("1a", "trailingText"),
        ("0x10", "trailingText"), ("1_000", "trailingText"), ("1,000", "trailingText"), ("[1.]", "malformedNumber"),
        ("[-]", "malformedNumber"), ("1/2", "trailingText"), ("1:", "trailingText"), ("１", "unexpected"),
        ("9223372036854775808", "numberOutOfRange"), ("-9223372036854775809", "numberOutOfRange"),
        ("18446744073709551616", "numberOutOfRange"), ("18446744073709551617", "numberOutOfRange"),
        ("100000000000000000000000000", "numberOutOfRange"), ("1e309", "numberOutOfRange"),
        ("-1e309", "numberOutOfRange"), ("1e999999999999999999999", "numberOutOfRange"),
        ("1.8e308", "numberOutOfRange"), ("[1,9223372036854775808]", "numberOutOfRange"),
        (#"{"a":1e400}"#, "numberOutOfRange"), (String(repeating: "1", count: 513), "numberOutOfRange"),
        ("0." + String(repeating: "1", count: 511), "numberOutOfRange"),
        ("\"", "unexpectedEnd"), ("\"a", "unexpectedEnd"), ("\"abcdefghijk", "unexpectedEnd"),
        ("\"\\", "unexpectedEnd"), ("\"\\\"", "unexpectedEnd"), ("\"\\u", "unexpectedEnd"),
        ("\"\\u00", "unexpectedEnd"), ("\"\\u0041", "unexpectedEnd"), ("\"\n\"", "controlCharacter"),
        ("\"\t\"", "controlCharacter"), ("\"\u{0}\"", "controlCharacter"), ("\"\u{1F}\"", "controlCharacter"),
        ("\"abcdefghij\u{1}\"", "controlCharacter"), ("{\"a\n\":1}", "controlCharacter"),
        (#""\a""#, "invalidEscape"), (#""\x41""#, "invalidEscape"), (#""\'""#, "invalidEscape"),
        (#""\0""#, "invalidEscape"), (#""\U0041""#, "invalidEscape"), (#""\ ""#, "invalidEscape"),
        ("\"\\\n\"", "invalidEscape"), ("\"\\é\"", "invalidEscape"), (#""\u00g0""#, "invalidEscape"),
        (#""\u 041""#, "invalidEscape"), (#""\u+041""#, "invalidEscape"), (#""\u004""#, "invalidEscape"),
        (#""\u004" "#, "invalidEscape"), (#""\u{41}""#, "invalidEscape"),
        (#""\ud800""#, "loneSurrogate"), (#""\udbff""#, "loneSurrogate"), (#""\udc00""#, "loneSurrogate"),
        (#""\udfff""#, "loneSurrogate"), (#""\ud800\ud800""#, "loneSurrogate"), (#""\ud800a""#, "loneSurrogate"),
        (#""\ud800\n""#, "loneSurrogate"), (#""\ud800\u0041""#, "loneSurrogate"),
        (#""\udc00\ud800""#, "loneSurrogate"), (#""\ud83d\ude00\ude00""#, "loneSurrogate"),
        (#"{"\ud800":1}"#, "loneSurrogate"), (#"[["\udead"]]"#, "loneSurrogate"),
        (#""\ud800\udcxx""#, "invalidEscape"),
        ("[", "unexpectedEnd"), ("[1", "unexpectedEnd"), ("[1,", "unexpectedEnd"), ("[[]", "unexpectedEnd"),
        ("[\"a\"", "unexpectedEnd"), ("[1,]", "unexpected"), ("[,1]", "unexpected"), ("[,]", "unexpected"),
        ("[1,,2]", "unexpected"), ("[1 2]", "unexpected"), ("[1;2]", "unexpected"), ("[1:2]", "unexpected"),
        ("[1}", "unexpected"), ("]", "unexpected"), ("[\"a\" \"b\"]", "unexpected"), ("[a]", "unexpected"),
        ("[*]", "unexpected"), ("[\"\",]", "unexpected"), ("[\"a\":1]", "unexpected"), ("[[1],]", "unexpected"),
        ("{", "unexpectedEnd"), ("{\"a\"", "unexpectedEnd"), ("{\"a\":", "unexpectedEnd"),
        ("{\"a\":1", "unexpectedEnd"), ("{\"a\":1,", "unexpectedEnd"), ("{\"a", "unexpectedEnd"),
        ("}", "unexpected"), ("{]", "unexpected"), ("{,}", "unexpected"), ("{a:1}", "unexpected"),
        ("{1:1}", "unexpected"), ("{null:1}", "unexpected"), ("{'a':1}", "unexpected"), ("{\"a\"}", "unexpected"),
        ("{\"a\" 1}", "unexpected"), ("{\"a\":}", "unexpected"), ("{\"a\":1,}", "unexpected"),
        ("{\"a\":1,,\"b\":2}", "unexpected"), ("{\"a\":1 \"b\":2}", "unexpected"), ("{\"a\"::1}", "unexpected"),
        ("{\"a\":1:2}", "unexpected"), ("{\"a\",1}", "unexpected"), ("{\"a\":1]", "unexpected"),
        ("{[]:1}", "unexpected"), ("{{}}", "unexpected"), ("{:1}", "unexpected"), ("{\"a\":a}", "unexpected"),
        ("{\"a\":1;\"b\":2}", "unexpected"), ("{\"a\"=1}", "unexpected"), ("{\"a\":1}x", "trailingText"),
        (#"{"a":1,"a":1}"#, "duplicateKey"), (#"{"a":1,"b":2,"a":3}"#, "duplicateKey"),
        (#"{"":1,"":2}"#, "duplicateKey"), (#"{"a":1,"\u0061":2}"#, "duplicateKey"),
        (#"{"\u0061":1,"a":2}"#, "duplicateKey"), (#"{"\u0061":1,"\u0061":2}"#, "duplicateKey"),
        (#"{"a/b":1,"a\/b":2}"#, "duplicateKey"), (#"{"😀":1,"\ud83d\ude00":2}"#, "duplicateKey"),
        (#"{"x":{"a":1,"a":1}}"#, "duplicateKey"), (#"[{"a":1},{"a":1,"a":2}]"#, "duplicateKey"),
        (#"{"a":{"a":1},"a":2}"#, "duplicateKey"), (#"{"a":[{"b":1}],"c":{"b":{}},"a":2}"#, "duplicateKey"),
        (#"{"longer than eight":1,"longer than eight":2}"#, "duplicateKey"),
        (#"{"a":{"b":{"c":{"d":1,"e":2,"d":3}}}}"#, "duplicateKey"),
    ]

    static let notUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xFF], [0xFE], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC2, 0xC2, 0x80],
        [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xE1, 0x80, 0x41], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x41, 0xE9, 0x42],
    ]
}

/// Reads a text through the reader's calls alone, so that the tree's own path is compared with another.
func readByHand(_ bytes: [UInt8]) throws -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try readByHand(&reader)
    try reader.end()
    return value
}

private func readByHand(_ reader: inout JSONReader) throws -> JSONValue {
    switch reader.nextKind() {
    case .object:
        var object = JSONObject()
        try reader.beginObject()
        while let key = try reader.nextKey() { object[key] = try readByHand(&reader) }
        return .object(object)
    case .array:
        var elements: [JSONValue] = []
        try reader.beginArray()
        while try reader.hasNextElement() { elements.append(try readByHand(&reader)) }
        return .array(elements)
    case .string: return .string(try reader.readString())
    case .bool: return .bool(try reader.readBool())
    case .null:
        try reader.readNull()
        return .null
    default:
        let text = String(decoding: try reader.readRaw(), as: UTF8.self)
        if text.contains(where: { ".eE".contains($0) }) {
            var number = JSONReader(Array(text.utf8))
            return .double(try number.readDouble())
        }
        var number = JSONReader(Array(text.utf8))
        return .integer(try number.readInteger())
    }
}

func skip(_ bytes: [UInt8]) throws {
    var reader = JSONReader(bytes)
    try reader.skipValue()
    try reader.end()
}

/// Whether Foundation's value says the same.
func isSame(_ value: JSONValue, _ other: Any) -> Bool {
    switch value {
    case .null: other is NSNull
    case .bool(let truth): (other as? Bool) == truth
    case .integer(let number): (other as? NSNumber)?.int64Value == number
    case .double(let number): (other as? NSNumber)?.doubleValue == number
    case .string(let text): (other as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
    case .array(let elements):
        (other as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy(isSame) } ?? false
    case .object(let object):
        (other as? [String: Any]).map { others in
            others.count == object.count
                && object.members.allSatisfy { member in others[member.name].map { isSame(member.value, $0) } ?? false }
        } ?? false
    }
}
