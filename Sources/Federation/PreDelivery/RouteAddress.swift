/// What a switch is told to dial, and how what it tried is recognised.
package enum RouteAddress {
    /// `sip:{dnis}@127.0.0.1:5071` with the call's own words put in; an unknown word in braces stays.
    /// - Parameter number: the reserved one; where there is none `{number}` is the number dialled.
    package static func fill(_ template: String, dialled: String, number: String?, contextToken: String) -> String {
        var filled = ""
        var rest = template[...]
        while let brace = rest.firstIndex(of: "{"), let end = rest[brace...].firstIndex(of: "}") {
            filled += rest[..<brace]
            switch rest[rest.index(after: brace)..<end] {
            case "dnis": filled += safe(dialled)
            case "number": filled += number ?? safe(dialled)
            case "token": filled += contextToken
            default: filled += rest[brace...end]
            }
            rest = rest[rest.index(after: end)...]
        }
        return filled + rest
    }

    /// What a stranger sent goes into an address only as RFC 3261 §25.1 allows a user part to be written.
    private static func safe(_ dialled: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in dialled.utf8.prefix(64) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `host:port` of a SIP address, 5060 where it names no port (5061 for sips, RFC 3261 §19.1.2); nil for anything else.
    package static func hostPort(of uri: String) -> String? {
        var rest = uri[...]
        var port = "5060"
        if rest.hasPrefix("sips:") {
            rest = rest.dropFirst(5)
            port = "5061"
        } else if rest.hasPrefix("sip:") {
            rest = rest.dropFirst(4)
        } else {
            return nil
        }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        if let end = rest.firstIndex(where: { ";?>".contains($0) }) { rest = rest[..<end] }
        guard !rest.isEmpty else { return nil }
        if let bracket = rest.lastIndex(of: "]") {
            return rest[bracket...].contains(":") ? String(rest) : "\(rest):\(port)"
        }
        return rest.contains(":") ? rest.lowercased() : "\(rest.lowercased()):\(port)"
    }
}
