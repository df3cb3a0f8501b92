/// One HTTP request as bytes, with places whose digits count up: each sending is a different request, and making it
/// costs a few stores.
struct LoadRequest: Sendable {
    /// Digits of each counting place.
    static let digits = 12

    private(set) var bytes: [UInt8]
    private var places: [Int] = []

    /// - Parameter text: the whole request; every `############` becomes the number.
    init(_ text: String) {
        bytes = Array(text.utf8)
        var index = 0
        while index + Self.digits <= bytes.count {
            if bytes[index..<index + Self.digits].allSatisfy({ $0 == UInt8(ascii: "#") }) {
                places.append(index)
                index += Self.digits
            } else {
                index += 1
            }
        }
    }

    mutating func count(to number: Int) {
        for place in places {
            var rest = number
            for offset in stride(from: Self.digits - 1, through: 0, by: -1) {
                bytes[place + offset] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
        }
    }

    static func post(_ path: String, fields: String = "", body: String) -> LoadRequest {
        LoadRequest(
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\(fields)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
}
