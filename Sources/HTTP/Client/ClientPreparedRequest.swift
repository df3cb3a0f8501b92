import COpenSSL

/// A request that has been checked and put in the form libcurl takes; nothing about it can fail later for its form.
struct ClientPreparedRequest: Sendable {
    let method: String
    let url: ClientURL
    /// One line per field, in libcurl's notation: `Name: value`, `Name;` for an empty value, `Name:` to send none.
    let headerLines: [String]
    /// Nil where the method sends none.
    let body: [UInt8]?
    let isIdempotent: Bool
    let trust: ClientTrust
    let certificate: ClientCertificate?
    let deadline: Int64?
    let connectDeadline: Int64
    let silenceMax: Int64?
    let responseBodyMax: Int
    let responseHeadersMax: Int

    init(_ request: ClientRequest, configuration: ClientConfiguration, streams: Bool) throws(ClientFailure) {
        try Self.checkMethod(request)
        guard request.deadline != nil || (streams && request.silenceMax != nil) else {
            throw Self.refuse("deadline", "only a stream with a silenceMax may have none")
        }
        method = request.method
        url = try ClientURL(request.url, plainTextAllowed: configuration.plainTextAllowed)
        try request.trust.check(url)
        trust = request.trust
        certificate = request.certificate
        body = Self.bytes(of: request)
        headerLines = try Self.lines(of: request, userAgent: "interflow/\(configuration.version)")
        isIdempotent = request.isIdempotent
        deadline = request.deadline?.wholeMilliseconds
        connectDeadline = max(1, request.connectDeadline.wholeMilliseconds)
        silenceMax = request.silenceMax?.wholeMilliseconds
        responseBodyMax = request.responseBodyMax
        responseHeadersMax = request.responseHeadersMax
    }

    static func refuse(_ field: String, _ why: String) -> ClientFailure {
        ClientFailure(.invalidRequest, .notSent, cause: "\(field): \(why)")
    }

    private static func checkMethod(_ request: ClientRequest) throws(ClientFailure) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ (65...90).contains($0) }),
            !["CONNECT", "TRACE"].contains(request.method)
        else { throw refuse("method", "must be an upper-case word other than CONNECT and TRACE") }
        guard request.body == .none || !["GET", "HEAD"].contains(request.method) else {
            throw refuse("body", "GET and HEAD send none")
        }
    }

    private static func bytes(of request: ClientRequest) -> [UInt8]? {
        switch request.body {
        // POST, PUT and PATCH say "Content-Length: 0" (RFC 9110 §8.6); the others say nothing.
        case .none: ["POST", "PUT", "PATCH"].contains(request.method) ? [] : nil
        case .bytes(let bytes, _): bytes
        case .form(let fields): encodeForm(fields)
        }
    }

    private static func lines(of request: ClientRequest, userAgent: String) throws(ClientFailure) -> [String] {
        var fields = request.headers
        if let authorization = try authorizationValue(request.authorization) {
            fields.append(ClientField("Authorization", authorization))
        }
        if fields.first("User-Agent") == nil { fields.append(ClientField("User-Agent", userAgent)) }
        switch request.body {
        case .none: break
        case .bytes(_, let contentType): fields.append(ClientField("Content-Type", contentType))
        case .form: fields.append(ClientField("Content-Type", "application/x-www-form-urlencoded"))
        }
        var lines: [String] = []
        for field in fields {
            try check(field)
            let isBlank = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            lines.append(isBlank ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // Left alone, libcurl would wait up to a second for "100 Continue" and name a content type of its own.
        lines.append("Expect:")
        if fields.first("Content-Type") == nil { lines.append("Content-Type:") }
        return lines
    }

    /// Whether the caller may send this field as it is.
    static func check(_ field: ClientField) throws(ClientFailure) {
        guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
            throw refuse("headers", "a name must be a token (RFC 9110 §5.6.2)")
        }
        // NUL, CR and LF would end the field early; the other control bytes have no meaning in it.
        guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7f) }) else {
            throw refuse("headers", "the value of \(field.name) holds a control character")
        }
        guard !clientsOwn.contains(where: { field.isNamed($0) }) else {
            throw refuse("headers", "\(field.name) is set by the client itself")
        }
    }

    private static let clientsOwn = [
        "Content-Length", "Transfer-Encoding", "Connection", "Expect", "Upgrade", "Host", "TE", "Trailer",
    ]

    static func authorizationValue(_ authorization: ClientRequest.Authorization) throws(ClientFailure) -> String? {
        switch authorization {
        case .none: return nil
        case .basic(let user, let password):
            guard !user.utf8.contains(UInt8(ascii: ":")) else { throw refuse("authorization", "a user has no colon") }
            return "Basic \(base64(Array("\(user):\(password)".utf8)))"
        case .bearer(let token):
            guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                throw refuse("authorization", "a bearer token is visible ASCII")
            }
            return "Bearer \(token)"
        }
    }

    static func base64(_ bytes: [UInt8]) -> String {
        // EVP_EncodeBlock writes 4 bytes for each 3 begun, and a NUL.
        let text = [UInt8](unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { buffer, count in
            count = Int(EVP_EncodeBlock(buffer.baseAddress, bytes, Int32(bytes.count)))
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func encodeForm(_ fields: [ClientField]) -> [UInt8] {
        var text: [UInt8] = []
        for field in fields {
            if !text.isEmpty { text.append(UInt8(ascii: "&")) }
            encode(field.name, into: &text)
            text.append(UInt8(ascii: "="))
            encode(field.value, into: &text)
        }
        return text
    }

    private static func encode(_ value: String, into text: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in value.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2a, 0x2d, 0x2e, 0x5f: text.append(byte)
            case 0x20: text.append(UInt8(ascii: "+"))
            default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
        }
    }
}
