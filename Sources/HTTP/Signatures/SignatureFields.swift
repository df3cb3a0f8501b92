/// The fields `Signature-Input` and `Signature` (RFC 9421 §4): a dictionary each, with the same labels.
package enum SignatureFields {
    /// Bytes of one of the fields, all its lines together; more is refused unread.
    package static let fieldBytesMax = 4096
    /// Signatures in one message: each label costs a look.
    package static let labelsMax = 4
    package static let componentsMax = 32
    package static let parametersMax = 16
    package static let nameBytesMax = 64

    /// One signature as it came: nothing about it is verified.
    package struct Presented: Sendable, Hashable {
        package let label: String
        package let parameters: SignatureParameters
        package let signature: [UInt8]
    }

    /// What both fields say together. A label that stands in only one of them makes the whole message malformed.
    /// - Throws: `.missing` where a field is absent or empty, `.malformed`.
    package static func read(input: String?, signature: String?) throws(SignatureFault) -> [Presented] {
        guard let input, let signature, !input.isEmpty, !signature.isEmpty else { throw .missing }
        let inputs = try self.inputs(input)
        let signatures = try self.signatures(signature)
        guard inputs.map(\.label).sorted() == signatures.map(\.label).sorted() else {
            throw .malformed("Signature-Input and Signature name different signatures")
        }
        return inputs.compactMap { one in
            signatures.first { $0.label == one.label }.map {
                Presented(label: one.label, parameters: one.parameters, signature: $0.bytes)
            }
        }
    }

    package static func inputs(_ field: String) throws(SignatureFault) -> [(
        label: String, parameters: SignatureParameters
    )] {
        try members(field) { (reader) throws(SignatureFault) in
            let components = try self.components(&reader)
            return SignatureParameters(components: components, parameters: try reader.parameters())
        }.map { ($0.label, $0.value) }
    }

    package static func signatures(_ field: String) throws(SignatureFault) -> [(label: String, bytes: [UInt8])] {
        try members(field) { (reader) throws(SignatureFault) in
            let bytes = try reader.byteSequence()
            guard try reader.parameters().isEmpty else { throw .malformed("a signature has no parameters") }
            return bytes
        }.map { ($0.label, $0.value) }
    }

    private static func components(_ reader: inout StructuredReader) throws(SignatureFault) -> [SignatureComponent] {
        try reader.expect("(", "before the components")
        var components: [SignatureComponent] = []
        while true {
            reader.skipSpaces()
            if reader.take(")") { return components }
            guard components.count < componentsMax else { throw .malformed("too many components") }
            let component = SignatureComponent(try reader.string(), try reader.parameters())
            // RFC 9421 §2: whatever the order of its parameters, a component stands once.
            guard !components.contains(where: { $0.isSame(as: component) }) else {
                throw .malformed("\(component.text) is covered twice")
            }
            components.append(component)
            guard reader.isBeforeSeparator else { throw .malformed("a space is missing between components") }
        }
    }

    /// A dictionary's members in order (RFC 8941 §4.2.2); each must have a value.
    static func members<Value>(
        _ field: String, _ read: (inout StructuredReader) throws(SignatureFault) -> Value
    ) throws(SignatureFault) -> [(label: String, value: Value)] {
        guard field.utf8.count <= fieldBytesMax else { throw .malformed("more than \(fieldBytesMax) bytes") }
        var reader = StructuredReader(field)
        var members: [(label: String, value: Value)] = []
        reader.skipSpaces()
        while true {
            let label = try reader.key()
            guard !members.contains(where: { $0.label == label }) else { throw .malformed("\(label) is given twice") }
            guard members.count < labelsMax else { throw .malformed("too many signatures") }
            try reader.expect("=", "after \(label)")
            members.append((label, try read(&reader)))
            reader.skipBlanks()
            if reader.isAtEnd { return members }
            try reader.expect(",", "between two signatures")
            reader.skipBlanks()
        }
    }
}

extension SignatureComponent {
    func isSame(as other: SignatureComponent) -> Bool {
        name == other.name && parameters.count == other.parameters.count
            && parameters.allSatisfy { other.parameters.contains($0) }
    }
}

extension StructuredReader {
    /// Whether an inner list may go on or end here.
    var isBeforeSeparator: Bool { isNext(" ") || isNext(")") }
}
