// A libFuzzer harness for the JSON codec. It is compiled together with Sources/JSON, outside the package: see README.md.
//
// What must hold for every text: nothing traps; the tree, the reader's own calls and the skipping check agree on whether it
// is JSON, and on its value; what is written of it reads back as the same value; a second writing changes nothing.

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = [UInt8](UnsafeBufferPointer(start: start, count: count))
    // Small bounds, so that short inputs reach them.
    let limits = JSONLimits(maxBytes: 4096, maxDepth: 8, maxNumberBytes: 64)
    let value = try? JSONValue.parse(text, limits: limits)
    let failure = errorOf { () throws(JSONError) in _ = try JSONValue.parse(text, limits: limits) }
    expect(failure == errorOf { () throws(JSONError) in try skip(text, limits) }, "skipping disagrees with the tree")
    expect((value == nil) == (failure != nil), "neither a value nor an error")
    let byHand = try? readByHand(text, limits)
    expect(byHand == value, "the reader's calls disagree with the tree")
    tryInWrongOrder(text, limits)
    if let failure {
        expect(failure.offset >= 0 && failure.offset <= text.count, "an error lies outside the text")
        expect(failure.description.utf8.count < 4096, "an error's description has no bound")
    }
    if let value {
        let written = value.bytes
        let again = try? JSONValue.parse(written, limits: JSONLimits(maxNumberBytes: 512))
        expect(again == value, "what was written reads back as something else")
        expect(again?.bytes == written, "a second writing differs")
    }
    return 0
}

private func expect(_ condition: Bool, _ message: StaticString) {
    guard condition else { fatalError("\(message)") }
}

private func errorOf(_ body: () throws(JSONError) -> Void) -> JSONError? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}

private func skip(_ text: [UInt8], _ limits: JSONLimits) throws(JSONError) {
    var reader = JSONReader(text, limits: limits)
    try reader.skipValue()
    try reader.end()
}

private func readByHand(_ text: [UInt8], _ limits: JSONLimits) throws(JSONError) -> JSONValue {
    var reader = JSONReader(text, limits: limits)
    let value = try readByHand(&reader, limits)
    try reader.end()
    return value
}

private func readByHand(_ reader: inout JSONReader, _ limits: JSONLimits) throws(JSONError) -> JSONValue {
    switch reader.nextKind() {
    case .object:
        var object = JSONObject()
        try reader.beginObject()
        // Alternates between the two ways of passing a name.
        while true {
            if try reader.consumeKey("key") {
                expect(object["key"] == nil, "a duplicate passed")
                object["key"] = try readByHand(&reader, limits)
            }
            guard let name = try reader.nextKey() else { return .object(object) }
            expect(object[name] == nil, "a duplicate passed")
            object[name] = try readByHand(&reader, limits)
        }
    case .array:
        var elements: [JSONValue] = []
        try reader.beginArray()
        while try reader.hasNextElement() { elements.append(try readByHand(&reader, limits)) }
        return .array(elements)
    case .string: return .string(try reader.readString())
    case .bool: return .bool(try reader.readBool())
    case .null:
        try reader.readNull()
        return .null
    case .number, .integer:
        // The raw text, read once more: as a whole number if it can be, otherwise as any number.
        let raw = try reader.readRaw()
        var number = JSONReader(raw, limits: limits)
        if let whole = try? number.readInteger() { return .integer(whole) }
        number = JSONReader(raw, limits: limits)
        return .double(try number.readDouble())
    case nil:
        try reader.skipValue()
        return .null
    }
}

/// Calls that do not fit what stands there: errors are welcome, traps are not.
private func tryInWrongOrder(_ text: [UInt8], _ limits: JSONLimits) {
    var reader = JSONReader(text, limits: limits)
    for byte in text.prefix(32) {
        do {
            switch byte % 12 {
            case 0: try reader.beginObject()
            case 1: _ = try reader.nextKey()
            case 2: try reader.beginArray()
            case 3: _ = try reader.hasNextElement()
            case 4: _ = try reader.readString()
            case 5: _ = try reader.readInteger()
            case 6: _ = try reader.readDouble()
            case 7: _ = try reader.consumeKey("a")
            case 8: try reader.skipValue()
            case 9: _ = try reader.readUnsigned()
            case 10: _ = reader.path
            default: try reader.end()
            }
        } catch {
            continue
        }
    }
}
