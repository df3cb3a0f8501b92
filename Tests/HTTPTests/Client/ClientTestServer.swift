import CLinux
import Glibc
import HTTP
import Synchronization
import Threads

/// A listening socket on 127.0.0.1 whose every connection runs a script on a thread of its own.
final class ClientTestServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let accepted = Atomic<Int>(0)

    var connectionCount: Int { accepted.load(ordering: .sequentiallyConsistent) }
    var origin: String { "http://127.0.0.1:\(port)" }

    init(backlog: Int32 = 128, _ script: @escaping @Sendable (ClientTestConnection) -> Void) {
        (listener, port) = Self.listen(backlog)
        let (listener, serve) = (listener, script)
        startThread {
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0 else {
                    close(listener)
                    return
                }
                self.accepted.add(1, ordering: .sequentiallyConsistent)
                startThread { serve(ClientTestConnection(socket)) }
            }
        }
    }

    /// Wakes the accepting thread, which closes the socket: closed here, its number could be another server's by the
    /// time that thread looks again.
    func stop() {
        Glibc.shutdown(listener, Int32(SHUT_RDWR))
    }

    /// A server that answers every request on every connection with `answer`.
    static func answering(_ answer: @escaping @Sendable (ClientTestRequest) -> String) -> ClientTestServer {
        ClientTestServer { connection in
            while let request = connection.readRequest() { connection.write(answer(request)) }
            connection.close()
        }
    }

    /// A port nobody listens on: bound, and let go.
    static func deadPort() -> UInt16 {
        let (socket, port) = listen(1)
        close(socket)
        return port
    }

    private static func listen(_ backlog: Int32) -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, length) == 0 && Glibc.listen(listener, backlog) == 0)
                getsockname(listener, $0, &length)
            }
        }
        return (listener, UInt16(bigEndian: address.sin_port))
    }
}

struct ClientTestRequest: Sendable {
    let head: String
    let body: String
}

/// The server's end of a connection, with blocking reads and writes.
final class ClientTestConnection: @unchecked Sendable {
    private let socket: Int32
    private var buffer: [UInt8] = []

    init(_ socket: Int32) {
        self.socket = socket
    }

    /// Head and body of the next request; nil when the client has closed.
    func readRequest() -> ClientTestRequest? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let head = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
                let text = String(decoding: buffer[..<head], as: UTF8.self)
                let length = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let count = length.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
                while buffer.count < head + 4 + count { guard readMore() else { return nil } }
                let body = String(decoding: buffer[(head + 4)..<(head + 4 + count)], as: UTF8.self)
                buffer.removeFirst(head + 4 + count)
                return ClientTestRequest(head: text, body: body)
            }
            guard readMore() else { return nil }
        }
    }

    private func readMore() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &chunk, chunk.count, 0)
        if count > 0 { buffer += chunk[..<count] }
        return count > 0
    }

    /// False when the client is gone.
    @discardableResult
    func write(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func write(_ text: String) -> Bool { write(text.utf8) }

    /// Blocks until the client closes.
    func waitForEnd() {
        while readMore() {}
        close()
    }

    func close() { Glibc.close(socket) }
}

func startThread(_ body: @escaping @Sendable () -> Void) {
    precondition(WorkThread.start(body), "The machine must have a thread left.")
}

/// A value that threads change and a test waits for; a test that waits in vain fails by the suite's time limit.
typealias ClientTestBox = Guarded

extension Guarded {
    var current: Value { with { $0 } }

    /// The value as soon as `condition` holds; after 20 s whatever it is then.
    @discardableResult
    func wait(until condition: (Value) -> Bool) -> Value {
        wait(milliseconds: 20_000) { condition($0) ? $0 : nil } ?? current
    }
}

extension ClientConfiguration {
    static var forTests: ClientConfiguration { ClientConfiguration(version: "9.9", addressPolicy: .operatorsOwn) }
}

extension HTTPClient {
    /// The failure of a request that is expected to have one.
    func failure(of request: ClientRequest) -> ClientFailure? {
        do throws(ClientFailure) {
            _ = try perform(request)
            return nil
        } catch { return error }
    }
}
