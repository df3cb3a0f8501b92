/// Writes heads and chunks of answers at the end of a connection's output.
enum ResponseWriter {
    /// What the connection adds to a head.
    struct Context {
        var closes = false
        var isHTTP10 = false
        var isHead = false
    }

    /// Writes a whole answer; false, with nothing written, when a field or the status is not acceptable.
    static func write(
        _ response: HTTPResponse, _ context: Context, date: [UInt8], to output: inout [UInt8]
    ) -> Bool {
        guard isAcceptable(status: response.status, response.headers) else { return false }
        writeStatus(response.status, to: &output)
        writeFields(response.headers, date: date, to: &output)
        let hasBody = response.status != 204 && response.status != 304
        if hasBody {
            output.write("Content-Length: ")
            output.write(decimal: response.body.count)
            output.write("\r\n")
        }
        writeConnection(context, to: &output)
        output.write("\r\n")
        if hasBody, !context.isHead { output.append(contentsOf: response.body) }
        return true
    }

    /// Writes the head of a stream. Without chunks, as in HTTP/1.0, the end of the connection ends the body.
    static func write(
        _ start: StreamStart, _ context: Context, date: [UInt8], to output: inout [UInt8]
    ) -> Bool {
        guard isAcceptable(status: start.status, start.headers) else { return false }
        writeStatus(start.status, to: &output)
        writeFields(start.headers, date: date, to: &output)
        if !context.isHTTP10 { output.write("Transfer-Encoding: chunked\r\n") }
        writeConnection(context, to: &output)
        output.write("\r\n")
        return true
    }

    static func writeChunk(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.write("\r\n")
        output.append(contentsOf: bytes)
        output.write("\r\n")
    }

    private static func isAcceptable(status: Int, _ fields: [HTTPField]) -> Bool {
        guard 200...599 ~= status else { return false }
        for field in fields where !field.isAcceptable { return false }
        return true
    }

    private static func writeStatus(_ status: Int, to output: inout [UInt8]) {
        switch status {
        case 200: output.write("HTTP/1.1 200 OK\r\n")
        case 202: output.write("HTTP/1.1 202 Accepted\r\n")
        default:
            output.write("HTTP/1.1 ")
            output.write(decimal: status)
            output.append(Byte.space)
            output.append(contentsOf: StatusPhrase.phrase(status).utf8)
            output.write("\r\n")
        }
    }

    private static func writeFields(_ fields: [HTTPField], date: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: date)
        for field in fields {
            output.append(contentsOf: field.name.utf8)
            output.write(": ")
            output.append(contentsOf: field.value.utf8)
            output.write("\r\n")
        }
    }

    private static func writeConnection(_ context: Context, to output: inout [UInt8]) {
        if context.closes {
            output.write("Connection: close\r\n")
        } else if context.isHTTP10 {
            output.write("Connection: keep-alive\r\n")
        }
    }
}

extension [UInt8] {
    @inline(__always)
    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    mutating func write(decimal number: Int) {
        if number >= 10 { write(decimal: number / 10) }
        append(0x30 + UInt8(number % 10))
    }
}
