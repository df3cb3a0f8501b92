package import HTTP

/// The XML by which a webhook's answer tells Twilio what to do next.
package enum TwiML {
    /// Nothing to do.
    package static let nothing = response("<Response/>")

    /// Send `text` back to the sender; nothing when it is nil or empty.
    package static func reply(_ text: String?) -> HTTPResponse {
        guard let text, !text.isEmpty else { return nothing }
        return response("<Response><Message>\(escaped(text))</Message></Response>")
    }

    private static func response(_ xml: String) -> HTTPResponse {
        HTTPResponse(status: 200, contentType: "text/xml", body: #"<?xml version="1.0" encoding="UTF-8"?>"# + xml)
    }

    /// Text as XML character data (XML 1.0 §2.4).
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
    }
}
