/// A failure in a machine's and a person's words (RFC 9457).
package struct Problem: Sendable, Hashable {
    package var status: Int
    /// A URI that names the kind of problem; `about:blank` says no more than the status does.
    package var type: String
    package var title: String
    /// What is wrong with this request and what to do about it, fit for a stranger.
    package var detail: String

    package init(status: Int, type: String = "about:blank", title: String? = nil, detail: String) {
        self.status = status
        self.type = type
        self.title = title ?? StatusPhrase.phrase(status)
        self.detail = detail
    }

    package init(_ refusal: Refusal) {
        self.init(status: refusal.status, type: Self.type(refusal.reason), detail: refusal.detail)
    }

    /// The URI of a problem this room finds.
    package static func type(_ reason: Refusal.Reason) -> String { "urn:interflow:problem:http:\(reason.rawValue)" }

    /// The problem as a JSON object.
    package var json: [UInt8] {
        var text: [UInt8] = []
        Self.append(#"{"type":"#, quoting: type, to: &text)
        Self.append(#","title":"#, quoting: title, to: &text)
        text += Array(#","status":\#(status)"#.utf8)
        Self.append(#","detail":"#, quoting: detail, to: &text)
        text.append(UInt8(ascii: "}"))
        return text
    }

    private static func append(_ name: String, quoting value: String, to text: inout [UInt8]) {
        text += Array(name.utf8)
        text.append(UInt8(ascii: "\""))
        for byte in value.utf8 { appendEscaped(byte, to: &text) }
        text.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            text += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: text.append(byte)
        }
    }
}
