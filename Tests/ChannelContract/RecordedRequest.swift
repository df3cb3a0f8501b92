package import HTTP

/// A request as text and bytes, before any parser saw it: can be changed at will, and may turn out to be no request.
package struct RecordedRequest: Hashable, Sendable {
    package var method: String
    package var target: String
    package var headers: [HTTPField]
    package var body: [UInt8]

    package init(_ method: String, _ target: String, headers: [HTTPField], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// Reads a file: request line, header fields, an empty line, the body. Lines end with a line feed; the file's last
    /// one is not part of the body.
    package init?(file text: String) {
        guard let gap = text.firstRange(of: "\n\n") else { return nil }
        let lines = text[..<gap.lowerBound].split(separator: "\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        let body = text[gap.upperBound...]
        self.init(
            String(words[0]), String(words[1]), headers: lines.dropFirst().compactMap(RecordedRequest.field),
            body: Array((body.last == "\n" ? body.dropLast() : body).utf8))
    }

    private static func field(_ line: Substring) -> HTTPField? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        return HTTPField(String(line[..<colon]), String(value))
    }

    /// What an adapter gets; nil when the server would have refused the request.
    package var request: HTTPRequest? {
        try? HTTPRequest(method, target, headers: headers, body: body)
    }

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The same request with this field once, or without it.
    package func setting(_ name: String, _ value: String?) -> RecordedRequest {
        var copy = self
        copy.headers.removeAll { $0.name.lowercased() == name.lowercased() }
        if let value { copy.headers.append(HTTPField(name, value)) }
        return copy
    }
}
