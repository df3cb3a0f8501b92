/// One header field of a response.
///
/// A value with a line end or another control character is never sent: the response is replaced by a
/// 500 and counted as `invalid-response`. So text from outside cannot add a field of its own.
package struct HTTPField: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A token as the name, no control character in the value, and none of the fields that the server
    /// itself writes to frame the message.
    package var isAcceptable: Bool {
        let name = name.utf8
        guard !name.isEmpty, name.allSatisfy({ ByteSet.token.contains($0) }), !isFraming else { return false }
        return value.utf8.allSatisfy { isFieldValueByte($0) }
    }

    private var isFraming: Bool {
        switch name.utf8.count {
        case 4: name.lowercased() == "date"
        case 7: name.lowercased() == "upgrade"
        case 10: name.lowercased() == "connection"
        case 14: name.lowercased() == "content-length"
        case 17: name.lowercased() == "transfer-encoding"
        default: false
        }
    }
}
