/// Writes one JSON text (RFC 8259), compact, members in the order they are written.
///
/// Commas and colons come by themselves; that braces match and that each value in an object has its key is the
/// caller's part. `removeAll` keeps the memory, so one writer serves a whole batch without allocating.
///
/// ```swift
/// writer.beginObject()
/// writer.field("type", "offered")
/// writer.field("agent", agent)  // An optional: nil writes nothing.
/// writer.endObject()
/// ```
package struct JSONWriter: Sendable {
    private var buffer: TextBuffer
    /// Whether a comma must precede the next element or key.
    private var needsComma = false

    package init(reservingCapacity capacity: Int = 256) {
        buffer = TextBuffer(capacity: capacity)
    }

    /// A copy of the text so far.
    package var bytes: [UInt8] { buffer.bytes }

    /// How long the text is so far, in bytes.
    package var count: Int { buffer.count }

    /// Lends the text so far without copying it, for a write or a statement's parameter.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try buffer.withBytes(body)
    }

    /// Begins anew in the same memory.
    package mutating func removeAll() {
        buffer.removeAll()
        needsComma = false
    }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// A member's name that needs no escapes; its value comes next.
    package mutating func key(_ name: StaticString) {
        let letters = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        assert(JSONWriter.plainCount(letters) == letters.count, "Use key(_: String) for a name with escapes.")
        let needsComma = needsComma
        buffer.write(upTo: letters.count + 4) { place in
            (needsComma ? place.put(UInt8(ascii: ",")) : place).put(UInt8(ascii: "\"")).put(letters)
                .put(UInt8(ascii: "\"")).put(UInt8(ascii: ":"))
        }
        self.needsComma = false
    }

    /// A member's name; its value comes next.
    package mutating func key(_ name: String) {
        string(name)
        buffer.write(upTo: 1) { $0.put(UInt8(ascii: ":")) }
        needsComma = false
    }

    package mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { string($0) }
    }

    /// A string given as UTF-8. Bytes that are not UTF-8 become U+FFFD, so the text is valid whatever comes.
    package mutating func string(utf8 value: some Collection<UInt8>) {
        string(String(decoding: value, as: UTF8.self))
    }

    package mutating func integer(_ value: Int64) {
        let needsComma = needsComma
        buffer.write(upTo: 21) { place in
            let place = needsComma ? place.put(UInt8(ascii: ",")) : place
            return (value < 0 ? place.put(UInt8(ascii: "-")) : place).put(decimal: value.magnitude)
        }
        self.needsComma = true
    }

    /// A whole number; beyond `Int64` only ``JSONReader/readUnsigned()`` and `readDouble` read it back.
    package mutating func unsigned(_ value: UInt64) {
        let needsComma = needsComma
        buffer.write(upTo: 21) { place in
            (needsComma ? place.put(UInt8(ascii: ",")) : place).put(decimal: value)
        }
        self.needsComma = true
    }

    /// The shortest text that reads back as the same number. JSON has no infinity and no NaN: they become `null`.
    package mutating func double(_ value: Double) {
        guard value.isFinite else { return null() }
        var text = value.description
        text.withUTF8 { raw($0) }
    }

    package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
    package mutating func null() { raw("null") }

    /// A value that is JSON text already, such as another writer's `bytes` or ``JSONReader/readRaw()``. Not checked.
    package mutating func raw(_ json: [UInt8]) {
        json.withUnsafeBufferPointer { raw($0) }
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .double(let value): double(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                key(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }
}

// MARK: - Bytes

extension JSONWriter {
    private mutating func open(_ bracket: UInt8) {
        let needsComma = needsComma
        buffer.write(upTo: 2) { place in
            (needsComma ? place.put(UInt8(ascii: ",")) : place).put(bracket)
        }
        self.needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        buffer.write(upTo: 1) { $0.put(bracket) }
        needsComma = true
    }

    private mutating func raw(_ word: StaticString) {
        raw(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func raw(_ text: UnsafeBufferPointer<UInt8>) {
        let needsComma = needsComma
        buffer.write(upTo: text.count + 1) { place in
            (needsComma ? place.put(UInt8(ascii: ",")) : place).put(text)
        }
        self.needsComma = true
    }

    @inline(__always)
    private mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
        let plain = JSONWriter.plainCount(text)
        guard plain == text.count else { return stringWithEscapes(text, plain) }
        let needsComma = needsComma
        buffer.write(upTo: text.count + 3) { place in
            (needsComma ? place.put(UInt8(ascii: ",")) : place).put(UInt8(ascii: "\"")).put(text)
                .put(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    /// A string of which the first `plain` bytes need no escape.
    @inline(never)
    private mutating func stringWithEscapes(_ text: UnsafeBufferPointer<UInt8>, _ plain: Int) {
        let escapes = text[plain...].count(where: JSONWriter.needsEscape)
        let needsComma = needsComma
        // No escape is longer than six bytes, such as \u001f.
        buffer.write(upTo: text.count + escapes * 5 + 3) { place in
            var place = (needsComma ? place.put(UInt8(ascii: ",")) : place).put(UInt8(ascii: "\""))
            for byte in text {
                place = JSONWriter.needsEscape(byte) ? JSONWriter.putEscape(byte, at: place) : place.put(byte)
            }
            return place.put(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// How many bytes at the beginning need no escape.
    @inline(__always)
    private static func plainCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var index = 0
        let raw = UnsafeRawBufferPointer(text)
        while index &+ 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let marks = ByteMarks.escapes(word)
            if marks != 0 { return index &+ marks.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < text.count, !needsEscape(text[index]) { index &+= 1 }
        return index
    }

    private static func putEscape(
        _ byte: UInt8, at place: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        let place = place.put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return place.put(byte)
        case 0x08: return place.put(UInt8(ascii: "b"))
        case 0x0C: return place.put(UInt8(ascii: "f"))
        case 0x0A: return place.put(UInt8(ascii: "n"))
        case 0x0D: return place.put(UInt8(ascii: "r"))
        case 0x09: return place.put(UInt8(ascii: "t"))
        default:
            let low = byte & 15
            return place.put(UInt8(ascii: "u")).put(UInt8(ascii: "0")).put(UInt8(ascii: "0"))
                .put(UInt8(ascii: "0") + (byte >> 4))
                .put(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
