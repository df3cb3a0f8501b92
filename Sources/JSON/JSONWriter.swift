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
    /// The text so far.
    package private(set) var bytes: [UInt8] = []
    /// Whether a comma must precede the next element or key.
    private var needsComma = false

    package init(reservingCapacity capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Begins anew in the same memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// A member's name that needs no escapes; its value comes next.
    package mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { buffer in
            assert(buffer.allSatisfy { !JSONWriter.needsEscape($0) }, "Use key(_: String) for a name with escapes.")
            bytes.append(contentsOf: buffer)
        }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member's name; its value comes next.
    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ value: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { appendEscaped($0) }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A string given as UTF-8. Bytes that are not UTF-8 become U+FFFD, so the text is valid whatever comes.
    package mutating func string(utf8 value: some Collection<UInt8>) {
        string(String(decoding: value, as: UTF8.self))
    }

    package mutating func integer(_ value: Int64) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude)
        needsComma = true
    }

    /// A whole number; beyond `Int64` only ``JSONReader/readUnsigned()`` and `readDouble` read it back.
    package mutating func unsigned(_ value: UInt64) {
        separate()
        appendDigits(value)
        needsComma = true
    }

    /// The shortest text that reads back as the same number. JSON has no infinity and no NaN: they become `null`.
    package mutating func double(_ value: Double) {
        guard value.isFinite else { return null() }
        raw(value.description)
    }

    package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
    package mutating func null() { raw("null") }

    /// A value that is JSON text already, such as another writer's `bytes` or ``JSONReader/readRaw()``. Not checked.
    package mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
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
    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Copies whole stretches; only what needs an escape is looked at alone.
    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var copied = 0
        for (index, byte) in text.enumerated() where JSONWriter.needsEscape(byte) {
            bytes.append(contentsOf: text[copied..<index])
            appendEscape(byte)
            copied = index + 1
        }
        bytes.append(contentsOf: text[copied...])
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            let digits: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: "u00".utf8)
            digits.withUTF8Buffer { bytes += [$0[Int(byte >> 4)], $0[Int(byte & 15)]] }
        }
    }

    private mutating func appendDigits(_ value: UInt64) {
        var value = value
        let end: Int
        var divisor: UInt64 = 1
        var count = 1
        while value / divisor >= 10 {
            divisor *= 10
            count += 1
        }
        end = bytes.count + count
        while bytes.count < end {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor))
            value %= divisor
            divisor /= 10
        }
    }
}
