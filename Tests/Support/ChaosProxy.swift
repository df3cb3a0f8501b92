import Glibc

/// Stands between two sites and does what networks do: loses, delays, repeats, reorders, cuts. It understands plain
/// HTTP/1.1 as far as whole requests and answers go, so that a fault can be aimed at one of them.
///
/// One thread for each connection; a proxy is for tests, which have few.
package final class ChaosProxy: Sendable {
    /// What becomes of one request and its answer.
    package enum Fault: Sendable, Equatable {
        case none
        /// Held back for so long: what comes on other connections overtakes it.
        case delayed(milliseconds: Int)
        /// Never delivered; the sender sees its connection end.
        case requestLost
        /// Never delivered; the sender hears nothing at all for so long, then sees its connection end.
        case silent(milliseconds: Int)
        /// Delivered; its answer never comes back.
        case answerLost
        /// Only so many bytes of the request arrive.
        case requestCut(after: Int)
        /// Delivered; only so many bytes of the answer come back.
        case answerCut(after: Int)
        /// Delivered twice, one after the other; the second answer is thrown away.
        case doubled
        /// The sender sees its connection end, and the request is delivered later, when nobody waits for it any more.
        case late(milliseconds: Int)
        /// Delivered; its answer comes back only after so long.
        case answerDelayed(milliseconds: Int)
    }

    /// A request on its way: the head's bytes are enough to tell who sends what.
    package struct Passing: Sendable {
        package var head: String
        package var bytes: Int

        /// The value of a field, by its lower-case name.
        package func field(_ name: String) -> Substring? {
            for line in head.split(separator: "\r\n").dropFirst() {
                guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
                return line[line.index(after: colon)...].drop { $0 == " " }
            }
            return nil
        }
    }

    /// Host and port where it listens.
    package let address: String
    private let upstream: String
    private let choose: @Sendable (Passing) -> Fault
    private let listener: Int32
    private let counts = Monitor<[String: Int]>([:])
    private let isCut = Monitor(false)
    private let aim = Monitor<Aim?>(nil)

    private struct Aim {
        var path: String
        var body: @Sendable () -> Void
    }

    package var url: String { "http://\(address)" }
    /// How often each fault struck, by its name.
    package var faults: [String: Int] { counts.with { $0 } }

    /// - Parameters:
    ///   - upstream: host and port of whom it hands requests to.
    ///   - address: where it listens; an address of 127.0.0.0/8 that nobody else uses.
    package init(
        to upstream: String, at address: String, choose: @escaping @Sendable (Passing) -> Fault = { _ in .none }
    ) throws {
        self.upstream = upstream
        self.address = address
        self.choose = choose
        listener = Self.socket()
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard var place = Self.place(address),
            withUnsafeBytes(
                of: &place,
                { bytes in
                    bind(
                        listener, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                        socklen_t(MemoryLayout<sockaddr_in>.size))
                }) == 0, listen(listener, 128) == 0
        else { throw Failure("the proxy cannot listen on \(address): \(String(cString: strerror(errno)))") }
        let descriptor = listener
        Threads.start { [weak self] in
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { return }
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                guard let self else {
                    close(client)
                    return
                }
                Threads.start { self.serve(client) }
            }
        }
    }

    deinit { close(listener) }

    /// Ends listening. What is under way ends by itself.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Pulls the cable, or puts it back: while it is out nothing passes and connections end.
    package func cut(_ isOut: Bool) { isCut.with { $0 = isOut } }

    /// Calls `body` once, at the moment when whoever is behind the proxy has answered the next POST to `path`, before the
    /// answer goes on. Nil: not any more.
    package func atNextAnswer(to path: String, _ body: (@Sendable () -> Void)?) {
        aim.with { $0 = body.map { Aim(path: path, body: $0) } }
    }

    private func strike(after request: [UInt8]) {
        let body = aim.with { aim -> (@Sendable () -> Void)? in
            guard let known = aim, request.starts(with: Array("POST \(known.path) ".utf8)) else { return nil }
            aim = nil
            return known.body
        }
        body?()
    }

    // MARK: One connection

    private func serve(_ client: Int32) {
        defer { close(client) }
        var server: Int32 = -1
        defer { if server >= 0 { close(server) } }
        var input = Stream(client)
        while let request = input.message(), let head = request.head {
            let passing = Passing(head: head, bytes: request.bytes.count)
            let fault = isCut.with { $0 } ? .requestLost : choose(passing)
            count(fault)
            guard let answer = deliver(request.bytes, &server, fault), Self.write(answer, to: client) else { return }
            if case .answerCut = fault { return }
        }
    }

    /// The bytes that go back; nil ends the connection.
    private func deliver(_ request: [UInt8], _ server: inout Int32, _ fault: Fault) -> [UInt8]? {
        switch fault {
        case .none: return exchange(request, &server)
        case .delayed(let milliseconds):
            usleep(UInt32(milliseconds) * 1000)
            return exchange(request, &server)
        case .requestLost: return nil
        case .silent(let milliseconds):
            usleep(UInt32(milliseconds) * 1000)
            return nil
        case .answerLost:
            _ = exchange(request, &server)
            return nil
        case .requestCut(let bytes):
            let other = connect()
            defer { close(other) }
            _ = Self.write(Array(request.prefix(bytes)), to: other)
            return nil
        case .answerCut(let bytes):
            let answer = exchange(request, &server)
            return answer.map { Array($0.prefix(bytes)) }
        case .doubled:
            let first = exchange(request, &server)
            _ = exchange(request, &server)
            return first
        case .late(let milliseconds):
            Threads.start { [self] in
                usleep(UInt32(milliseconds) * 1000)
                var other: Int32 = -1
                _ = exchange(request, &other)
                if other >= 0 { close(other) }
            }
            return nil
        case .answerDelayed(let milliseconds):
            let answer = exchange(request, &server)
            usleep(UInt32(milliseconds) * 1000)
            return isCut.with { $0 } ? nil : answer
        }
    }

    private func exchange(_ request: [UInt8], _ server: inout Int32) -> [UInt8]? {
        for _ in 0..<2 {  // A kept connection may be dead.
            let isFresh = server < 0
            if isFresh { server = connect() }
            guard server >= 0 else { return nil }
            if Self.write(request, to: server) {
                var output = Stream(server)
                if let answer = output.message() {
                    strike(after: request)
                    return answer.bytes
                }
            }
            close(server)
            server = -1
            if isFresh { return nil }
        }
        return nil
    }

    private func connect() -> Int32 {
        let descriptor = Self.socket()
        guard var place = Self.place(upstream) else { return -1 }
        let isDone =
            withUnsafeBytes(of: &place) { bytes in
                Glibc.connect(
                    descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                    socklen_t(MemoryLayout<sockaddr_in>.size))
            } == 0
        guard isDone else {
            close(descriptor)
            return -1
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    private func count(_ fault: Fault) {
        let name = String("\(fault)".prefix { $0 != "(" })
        counts.with { $0[name, default: 0] += 1 }
    }

    // MARK: Sockets

    /// No process that is started meanwhile has it too: it would keep open what we close.
    private static func socket() -> Int32 {
        Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }

    private static func place(_ address: String) -> sockaddr_in? {
        guard let colon = address.lastIndex(of: ":"), let port = UInt16(address[address.index(after: colon)...]) else {
            return nil
        }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        return inet_pton(AF_INET, String(address[..<colon]), &place.sin_addr) == 1 ? place : nil
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + done, bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Cuts what a connection brings into messages: a head, and as many bytes of body as it says.
    private struct Stream {
        private let descriptor: Int32
        private var waiting: [UInt8] = []

        init(_ descriptor: Int32) { self.descriptor = descriptor }

        mutating func message() -> (head: String?, bytes: [UInt8])? {
            while true {
                if let message = takeMessage() { return message }
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return nil }
                waiting += buffer[..<count]
            }
        }

        private mutating func takeMessage() -> (head: String?, bytes: [UInt8])? {
            let mark: [UInt8] = [13, 10, 13, 10]
            guard waiting.count >= 4,
                let end = (0...waiting.count - 4).first(where: {
                    waiting[$0] == 13 && Array(waiting[$0..<$0 + 4]) == mark
                })
            else { return nil }
            let head = String(decoding: waiting[..<end], as: UTF8.self)
            let length = Passing(head: head, bytes: 0).field("content-length").flatMap { Int($0) } ?? 0
            let total = end + 4 + length
            guard waiting.count >= total else { return nil }
            let bytes = Array(waiting[..<total])
            waiting.removeFirst(total)
            return (head, bytes)
        }
    }
}
