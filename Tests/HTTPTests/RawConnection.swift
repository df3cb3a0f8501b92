import Glibc

/// A plain TCP client that sends exactly the bytes it is told, and waits at most ten seconds for anything.
final class RawConnection {
    struct Failure: Error { let what: String }

    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16, from source: String? = nil, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "socket \(errno)") }
        if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if let source { try Self.with(source, 0) { bind(descriptor, $0, $1) } }
        try Self.with("127.0.0.1", port) { connect(descriptor, $0, $1) }
    }

    deinit { close(descriptor) }

    private static func with(
        _ address: String, _ port: UInt16, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        var ipv4 = sockaddr_in()
        ipv4.sin_family = sa_family_t(AF_INET)
        ipv4.sin_port = port.bigEndian
        inet_pton(AF_INET, address, &ipv4.sin_addr)
        let result = withUnsafePointer(to: &ipv4) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(what: "\(address):\(port): errno \(errno)") }
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    enum Arrival { case bytes, end, reset, timeout }

    /// Takes what the kernel has, waiting for something.
    @discardableResult
    func receive() -> Arrival {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 {
            buffer += chunk[..<count]
            return .bytes
        }
        if count == 0 { return .end }
        return errno == EAGAIN ? .timeout : .reset
    }

    /// Everything until the server closes; nil when it does not within ten seconds.
    func readToEnd() -> String? {
        while true {
            switch receive() {
            case .bytes: continue
            case .end, .reset:
                defer { buffer = [] }
                return String(decoding: buffer, as: UTF8.self)
            case .timeout: return nil
            }
        }
    }

    /// Reads exactly `count` bytes.
    func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard case .bytes = receive() else { throw Failure(what: "closed after \(buffer.count) of \(count) bytes") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    /// Reads up to and with `mark`.
    func read(through mark: String) throws -> String {
        let mark = Array(mark.utf8)
        var from = 0
        while true {
            var index = from
            while index + mark.count <= buffer.count {
                if buffer[index..<index + mark.count].elementsEqual(mark) {
                    return String(decoding: try read(index + mark.count), as: UTF8.self)
                }
                index += 1
            }
            from = max(0, buffer.count - mark.count)
            guard case .bytes = receive() else {
                throw Failure(what: "closed before \(mark): \(String(decoding: buffer, as: UTF8.self))")
            }
        }
    }

    struct Response: Equatable {
        var status: Int
        var head: String
        var body: String

        func field(_ name: String) -> String? {
            for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("\(name.lowercased()): ") {
                return String(line.dropFirst(name.count + 2))
            }
            return nil
        }
    }

    /// One answer with a Content-Length.
    func readResponse(toHead isHead: Bool = false) throws -> Response {
        let head = try read(through: "\r\n\r\n")
        var response = Response(status: Int(head.dropFirst(9).prefix(3)) ?? 0, head: head, body: "")
        if !isHead, let length = response.field("Content-Length").flatMap({ Int($0) }) {
            response.body = String(decoding: try read(length), as: UTF8.self)
        }
        return response
    }

    /// One server frame: its first byte and payload.
    func readFrame() throws -> (first: UInt8, payload: [UInt8]) {
        let head = try read(2)
        var count = Int(head[1])
        if count == 126 {
            let length = try read(2)
            count = Int(length[0]) << 8 | Int(length[1])
        } else if count == 127 {
            count = try read(8).reduce(0) { $0 << 8 | Int($1) }
        }
        return (head[0], try read(count))
    }
}
