package import ChannelKit
package import HTTP
import JSON

/// The parameters of one request, in the order they were sent.
///
/// Twilio adds parameters without notice, so an unknown one is never an error. One that is read must have one value.
package struct SMSParameters: Hashable, Sendable {
    package let pairs: [Form.Pair]

    package init(_ pairs: [Form.Pair]) {
        self.pairs = pairs
    }

    /// The parameters of a request whose signature was right.
    package init(_ payload: SMSSignature.Payload) throws(FieldFault) {
        switch payload {
        case .form(let pairs): self.init(pairs)
        case .bytes(let body): try self.init(json: body)
        }
    }

    /// The members of a flat JSON object; what is neither text, number nor truth value is passed over.
    package init(json: [UInt8]) throws(FieldFault) {
        guard let members = (try? JSONValue.parse(json))?.objectValue?.members else {
            throw FieldFault("The body", "must be a form or a JSON object")
        }
        pairs = members.compactMap { member in
            let text: String? =
                switch member.value {
                case .string(let text): text
                case .integer(let number): "\(number)"
                case .double(let number): "\(number)"
                case .bool(let truth): truth ? "true" : "false"
                case .null, .array, .object: nil
                }
            return text.map { Form.Pair(member.name, $0) }
        }
    }

    /// The parameter's value, or nil when it is absent.
    func optional(_ name: String) throws(FieldFault) -> String? {
        var value: String?
        for pair in pairs where pair.name == name {
            guard value == nil || value == pair.value else { throw FieldFault(name, "has several values; send one") }
            value = pair.value
        }
        return value
    }

    /// The parameter's value; absent or empty is the sender's fault.
    func required(_ name: String, bytesMax: Int) throws(FieldFault) -> String {
        guard let value = try optional(name), !value.isEmpty else { throw FieldFault(name, "is missing") }
        guard value.utf8.count <= bytesMax else { throw FieldFault(name, "is longer than \(bytesMax) bytes") }
        return value
    }

    /// An identifier of the provider's: letters and digits.
    func identifier(_ name: String) throws(FieldFault) -> String {
        let value = try required(name, bytesMax: 64)
        let isPlain = value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: false
            }
        }
        guard isPlain else { throw FieldFault(name, "must be letters and digits") }
        return value
    }
}
