/// A parsed request line with its fields: one copy of the head's bytes and offsets into it.
///
/// Text is made when somebody asks for it, so a request costs two allocations however many fields it has.
package struct RequestHead: Sendable, Hashable {
    /// Where one field's name and value stand in `bytes`. A head is at most 65,535 bytes.
    struct Field: Sendable, Hashable {
        let nameStart: UInt16
        let nameEnd: UInt16
        let valueStart: UInt16
        let valueEnd: UInt16

        var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
        var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
    }

    /// How the body's end is found (RFC 9112 §6.3).
    package enum Framing: Sendable, Hashable {
        case none
        case length(Int)
        case chunked
    }

    /// What the request says about becoming a WebSocket (RFC 6455 §4.2.1).
    package enum UpgradeOffer: UInt8, Sendable, Hashable {
        case absent
        /// It asks for one in a way that cannot be granted: wrong version or key.
        case unacceptable
        case acceptable
    }

    var bytes: [UInt8] = []
    var fields: [Field] = []
    package internal(set) var method = HTTPMethod.get
    var targetRange = 0..<0
    /// Where the query's question mark stands, or the target's end.
    var pathEnd = 0
    package internal(set) var minorVersion: UInt8 = 1
    package internal(set) var keepsConnection = true
    package internal(set) var framing = Framing.none
    package internal(set) var expectsContinue = false
    package internal(set) var upgrade = UpgradeOffer.absent

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The request target exactly as sent.
    package var target: String { text(targetRange) }
    /// The target up to the query, not decoded.
    package var path: String { text(targetRange.lowerBound..<pathEnd) }
    /// The query after its question mark, not decoded; nil when there is no question mark.
    package var query: String? {
        pathEnd < targetRange.upperBound ? text(pathEnd + 1..<targetRange.upperBound) : nil
    }

    func pathBegins(with prefix: String) -> Bool {
        bytes[targetRange.lowerBound..<pathEnd].starts(with: prefix.utf8)
    }

    /// The value of the first field of this name, compared without case.
    package func value(of name: String) -> String? {
        for field in fields where matches(field.name, name) { return text(field.value) }
        return nil
    }

    /// The values of every field of this name, in order.
    package func values(of name: String) -> [String] {
        fields.filter { matches($0.name, name) }.map { text($0.value) }
    }

    private func matches(_ range: Range<Int>, _ name: String) -> Bool {
        let expected = name.utf8
        guard range.count == expected.count else { return false }
        var position = range.lowerBound
        for byte in expected {
            if lowercased(bytes[position]) != lowercased(byte) { return false }
            position += 1
        }
        return true
    }
}
