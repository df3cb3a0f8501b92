/// A name and its value: a header field or a field of a form.
package struct ClientField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether the name is `other`, compared as HTTP compares field names (RFC 9110 §5.1).
    func isNamed(_ other: String) -> Bool {
        name.utf8.elementsEqual(other.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }
}

extension UInt8 {
    /// The byte with A–Z made a–z, and any other byte as it is.
    fileprivate var asciiLowercased: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}

extension Array where Element == ClientField {
    /// The value of the first field named `name`, in any case of letters.
    package func first(_ name: String) -> String? {
        first { $0.isNamed(name) }?.value
    }
}
