import Testing

@testable import HTTP

/// Requests that must be refused, each with the status and the reason: the list of shapes this server never repairs.
/// One table for the parser as a value and for the server over a socket.
struct HostileRequest: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let status: Int
    let reason: Refusal.Reason

    init(_ name: String, _ text: String, _ status: Int, _ reason: Refusal.Reason) {
        self.name = name
        self.text = text
        self.status = status
        self.reason = reason
    }

    var testDescription: String { name }

    private static func post(_ fields: String, body: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\(body)"
    }

    private static func get(_ fields: String) -> String { "GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n" }

    private static func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked\r\n", body: body) }

    static let framing: [HostileRequest] = [
        .init(
            "CL then TE", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", body: "0\r\n\r\n"), 400,
            .invalidFraming),
        .init(
            "TE then CL", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", body: "0\r\n\r\n"), 400,
            .invalidFraming),
        .init(
            "CL 0 with TE", post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", body: "0\r\n\r\n"), 400,
            .invalidFraming),
        .init("two equal CL", post("Content-Length: 1\r\nContent-Length: 1\r\n", body: "x"), 400, .invalidFraming),
        .init("two CL", post("Content-Length: 1\r\nContent-Length: 2\r\n", body: "x"), 400, .invalidFraming),
        .init("CL list", post("Content-Length: 1, 1\r\n", body: "x"), 400, .invalidFraming),
        .init("CL plus sign", post("Content-Length: +1\r\n", body: "x"), 400, .invalidFraming),
        .init("CL minus sign", post("Content-Length: -1\r\n", body: "x"), 400, .invalidFraming),
        .init("CL hexadecimal", post("Content-Length: 0x1\r\n", body: "x"), 400, .invalidFraming),
        .init("CL inner space", post("Content-Length: 1 0\r\n", body: "x"), 400, .invalidFraming),
        .init("CL empty", post("Content-Length:\r\n"), 400, .invalidFraming),
        .init("CL overflow", post("Content-Length: 18446744073709551617\r\n"), 400, .invalidFraming),
        .init("TE xchunked", post("Transfer-Encoding: xchunked\r\n", body: "0\r\n\r\n"), 400, .invalidFraming),
        .init(
            "TE chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", body: "0\r\n\r\n"), 400,
            .invalidFraming),
        .init(
            "TE gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", body: "0\r\n\r\n"), 400, .invalidFraming),
        .init(
            "two TE", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", body: "0\r\n\r\n"), 400,
            .invalidFraming),
        .init("TE empty", post("Transfer-Encoding:\r\n"), 400, .invalidFraming),
        .init("TE with vertical tab", post("Transfer-Encoding: \u{b}chunked\r\n"), 400, .illegalByte),
        .init(
            "TE in HTTP/1.0", "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
            .invalidFraming),
        .init("body too large by length", post("Content-Length: 1048577\r\n"), 413, .bodyTooLarge),
        .init(
            "encoded body", post("Content-Encoding: gzip\r\nContent-Length: 1\r\n", body: "x"), 415, .contentEncoding),
        .init(
            "unknown expectation", post("Expect: 200-ok\r\nContent-Length: 1\r\n", body: "x"), 417, .unknownExpectation),
    ]

    static let lines: [HostileRequest] = [
        .init("space before colon", get("X : y\r\n"), 400, .malformedField),
        .init("space before colon of TE", post("Transfer-Encoding : chunked\r\n"), 400, .malformedField),
        .init("obs-fold with space", get("X: a\r\n b\r\n"), 400, .malformedField),
        .init("obs-fold with tab", get("X: a\r\n\tb\r\n"), 400, .malformedField),
        .init("fold before the first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400, .malformedField),
        .init("bare LF throughout", "GET / HTTP/1.1\nHost: h\n\n", 400, .bareLineEnd),
        .init("bare LF in one field", get("X: y\nZ: w\r\n"), 400, .bareLineEnd),
        .init("bare LF as the empty line", "GET / HTTP/1.1\r\nHost: h\r\n\n", 400, .bareLineEnd),
        .init("bare CR in a value", get("X: a\rb\r\n"), 400, .bareLineEnd),
        .init("bare CR before CR LF", get("X: a\r\r\n"), 400, .bareLineEnd),
        .init("NUL in a value", get("X: a\0b\r\n"), 400, .illegalByte),
        .init("NUL in a name", get("X\0: b\r\n"), 400, .illegalByte),
        .init("DEL in a value", get("X: \u{7f}\r\n"), 400, .illegalByte),
        .init("no colon", get("nonsense\r\n"), 400, .malformedField),
        .init("empty name", get(": y\r\n"), 400, .malformedField),
        .init("bracket in a name", get("X[]: y\r\n"), 400, .malformedField),
        .init("umlaut in a name", get("ä: y\r\n"), 400, .malformedField),
        .init("empty line first", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("line feed first", "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("TLS hello", "\u{16}\u{3}\u{1}", 400, .illegalByte),
        .init("head too large", get("X: \(String(repeating: "a", count: 16 << 10))\r\n"), 431, .headTooLarge),
        .init("endless head", "GET /\(String(repeating: "a", count: 16 << 10))", 431, .headTooLarge),
        .init("65 fields", get((1...64).map { "X\($0): y\r\n" }.joined()), 431, .tooManyFields),
        .init("two Content-Types", get("Content-Type: a/b\r\nContent-Type: a/b\r\n"), 400, .repeatedField),
        .init("two Authorizations", get("Authorization: a\r\nauthorization: b\r\n"), 400, .repeatedField),
    ]

    static let requestLines: [HostileRequest] = [
        .init("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, .unsupportedTarget),
        .init("absolute form", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, .unsupportedTarget),
        .init("authority form", "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400, .unsupportedTarget),
        .init("asterisk with GET", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400, .unsupportedTarget),
        .init("no Host", "GET / HTTP/1.1\r\n\r\n", 400, .invalidHost),
        .init("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, .invalidHost),
        .init("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, .repeatedField),
        .init("Host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, .invalidHost),
        .init("Host with user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, .invalidHost),
        .init("Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, .invalidHost),
        .init("TRACE", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405, .methodNotAllowed),
        .init("CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 405, .methodNotAllowed),
        .init("HTTP/0.9", "GET /\r\n\r\n", 400, .malformedRequestLine),
        .init("HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505, .unsupportedVersion),
        .init("HTTP/2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505, .unsupportedVersion),
        .init("lower-case version", "GET / http/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("version with letters", "GET / HTTP/1.x\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("two spaces before the target", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("two spaces after the target", "GET /  HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("trailing space", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("tab as separator", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("space in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("fragment in the target", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("backslash in the target", "GET /a\\b HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("raw umlaut in the target", "GET /ä HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("illegal method", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
        .init("space first", " GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, .malformedRequestLine),
    ]

    static let chunks: [HostileRequest] = [
        .init("chunk size 0x3", chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("space after the size", chunked("3 \r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("space before the size", chunked(" 3\r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("signed size", chunked("+3\r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("empty size", chunked("\r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("size of nine digits", chunked("000000003\r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("size beyond the bound", chunked("ffffffff\r\n"), 413, .bodyTooLarge),
        .init("size ended by LF", chunked("3\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("extension with LF", chunked("3;a=b\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("extension with CR", chunked("3;a=b\rabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("extension with NUL", chunked("3;a=\0\r\nabc\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("endless extension", chunked("3;\(String(repeating: "a", count: 5000))\r\n"), 400, .invalidChunk),
        .init("chunk too long", chunked("3\r\nabcd\r\n0\r\n\r\n"), 400, .invalidChunk),
        .init("chunk ended by LF", chunked("3\r\nabc\n0\r\n\r\n"), 400, .invalidChunk),
        .init("chunk without end", chunked("3\r\nabc0\r\n\r\n"), 400, .invalidChunk),
        .init("trailer without colon", chunked("0\r\nnonsense\r\n\r\n"), 400, .invalidChunk),
        .init("trailer with a fold", chunked("0\r\nA: b\r\n c\r\n\r\n"), 400, .invalidChunk),
        .init("trailer ended by LF", chunked("0\r\nA: b\n\r\n"), 400, .invalidChunk),
        .init("last line ended by LF", chunked("0\r\n\n"), 400, .invalidChunk),
        .init("endless trailer", chunked("0\r\nA: \(String(repeating: "b", count: 9000))"), 431, .headTooLarge),
    ]

    static let all = framing + lines + requestLines + chunks
}
