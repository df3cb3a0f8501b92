import CLinux
import Glibc

/// Sends one kind of request over many kept connections from one thread, one request at a time on each.
///
/// It shares the processor with what it measures, so it does as little as it can: a request is prepared bytes, an answer
/// is its status and its length. Whatever is not the expected status is counted and ends the measurement's credit.
final class LoadGenerator {
    /// An answer longer than this is a fault of the measurement.
    static let answerBytesMax = 64 << 10

    struct Outcome {
        var answered = 0
        var unexpected = 0
        /// Of the answered: those that did not hold the words.
        var other = 0
        var seconds = 0.0
        /// Microseconds from the moment a request was due, or sent, to its answer.
        var latencies: [UInt32] = []

        var perSecond: Double { Double(answered) / seconds }

        /// Milliseconds. Sorts the latencies.
        func milliseconds(at share: Double) -> Double {
            let sorted = latencies.sorted()
            return sorted.isEmpty ? 0 : Double(sorted[Int(Double(sorted.count - 1) * share)]) / 1000
        }
    }

    private struct Connection {
        let descriptor: Int32
        /// When the request now in flight was due, nanoseconds.
        var since: Int64 = 0
        /// What came of an answer that is not whole yet.
        var begun: [UInt8] = []
    }

    private var connections: [Connection] = []
    /// Connections without a request, the one that rested longest first, from `idleHead` on.
    private var idle: [Int] = []
    private var idleHead = 0
    private var inFlight = 0
    private var requests: [LoadRequest]
    private let expected: Int
    private let words: [UInt8]
    private let poll: Int32
    private var sent = 0
    private var outcome = Outcome()
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LoadGenerator.answerBytesMax, alignment: 64)

    /// - Parameters:
    ///   - requests: sent by turns; at least one.
    ///   - words: what an answer must hold, or it counts as another; nothing unless told.
    /// - Throws: `CommandFailure` when a connection is refused.
    init(
        port: UInt16, connections count: Int, requests: [LoadRequest], expecting status: Int, holding words: String = ""
    ) throws {
        self.requests = requests
        expected = status
        self.words = Array(words.utf8)
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        for index in 0..<count {
            let descriptor = try LoopbackSocket.connect(port: port)
            LoopbackSocket.makeNonBlocking(descriptor)
            var event = epoll_event(events: EPOLLIN.rawValue | EPOLLET.rawValue, data: epoll_data_t(u64: UInt64(index)))
            epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
            connections.append(Connection(descriptor: descriptor))
            idle.append(index)
        }
    }

    convenience init(
        port: UInt16, connections: Int, request: LoadRequest, expecting status: Int, holding words: String = ""
    ) throws {
        try self.init(
            port: port, connections: connections, requests: [request], expecting: status, holding: words)
    }

    deinit {
        for connection in connections { close(connection.descriptor) }
        close(poll)
        buffer.deallocate()
    }

    /// As fast as it answers: every connection asks again as soon as it was answered.
    func closedLoop(seconds: Double) throws -> Outcome {
        outcome = Outcome()
        let start = Stopwatch.nanoseconds
        let end = start + Int64(seconds * 1e9)
        while Stopwatch.nanoseconds < end {
            let now = Stopwatch.nanoseconds
            while let index = takeIdle() { try send(on: index, since: now) }
            try receive(waitingFor: 100)
        }
        outcome.seconds = Double(Stopwatch.nanoseconds - start) / 1e9
        try finish()
        return outcome
    }

    /// At a fixed rate, whether or not it is answered in time. A request waits for a free connection when there is none,
    /// and its latency counts from the moment it was due: what a slow answer holds up is not left out.
    func openLoop(perSecond rate: Double, seconds: Double) throws -> Outcome {
        outcome = Outcome()
        outcome.latencies.reserveCapacity(Int(rate * seconds) + 1)
        let start = Stopwatch.nanoseconds
        let total = Int(rate * seconds)
        var due = 0
        while due < total {
            let now = Stopwatch.nanoseconds
            while due < total {
                let moment = start + Int64(Double(due) / rate * 1e9)
                guard moment <= now, let index = takeIdle() else { break }
                try send(on: index, since: moment)
                due += 1
            }
            try receive(waitingFor: 1)
        }
        try finish()
        outcome.seconds = Double(Stopwatch.nanoseconds - start) / 1e9
        return outcome
    }

    /// Waits for what is still in flight, ten seconds at most.
    private func finish() throws {
        let end = Stopwatch.nanoseconds + 10_000_000_000
        while inFlight > 0, Stopwatch.nanoseconds < end { try receive(waitingFor: 100) }
        outcome.unexpected += inFlight
    }

    private func takeIdle() -> Int? {
        guard idleHead < idle.count else { return nil }
        idleHead += 1
        defer {
            if idleHead == idle.count || idleHead > 4096 {
                idle.removeFirst(idleHead)
                idleHead = 0
            }
        }
        return idle[idleHead - 1]
    }

    private func send(on index: Int, since moment: Int64) throws {
        sent += 1
        let turn = sent % requests.count
        requests[turn].count(to: sent)
        connections[index].since = moment
        let descriptor = connections[index].descriptor
        let count = requests[turn].bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count == requests[turn].bytes.count else { throw Self.broken("took only a part of a request") }
        inFlight += 1
    }

    private func receive(waitingFor milliseconds: Int32) throws {
        try withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) { events in
            let count = epoll_wait(poll, events.baseAddress, Int32(events.count), milliseconds)
            guard count > 0 else { return }
            let now = Stopwatch.nanoseconds
            for event in events[..<Int(count)] { try read(Int(event.data.u64), at: now) }
        }
    }

    /// One read: an answer is far smaller than the buffer, and nothing more can come before the next request.
    private func read(_ index: Int, at now: Int64) throws {
        let count = recv(connections[index].descriptor, buffer.baseAddress, buffer.count, 0)
        if count < 0, errno == EAGAIN { return }
        guard count > 0 else { throw Self.broken("closed a connection") }
        let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if connections[index].begun.isEmpty {
            try take(part, index, now)
        } else {
            let whole = connections[index].begun + part
            connections[index].begun = []
            try whole.withUnsafeBytes { try take($0, index, now) }
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ now: Int64) throws {
        guard let answer = AnswerHead(bytes), answer.length <= bytes.count else {
            guard bytes.count < Self.answerBytesMax else { throw Self.broken("sent an answer without an end") }
            connections[index].begun = Array(bytes)
            return
        }
        inFlight -= 1
        idle.append(index)
        guard answer.status == expected else {
            outcome.unexpected += 1
            return
        }
        outcome.answered += 1
        if !holdsWords(bytes) { outcome.other += 1 }
        outcome.latencies.append(UInt32(clamping: (now - connections[index].since) / 1000))
    }

    private func holdsWords(_ bytes: UnsafeRawBufferPointer) -> Bool {
        words.isEmpty
            || bytes.indices.dropLast(words.count - 1).contains { start in
                bytes[start] == words[0] && memcmp(bytes.baseAddress! + start, words, words.count) == 0
            }
    }

    private static func broken(_ what: String) -> CommandFailure {
        CommandFailure(.software, "the server \(what) during the measurement")
    }
}

/// What a load generator must know of an answer.
struct AnswerHead {
    let status: Int
    /// Head and body, bytes.
    let length: Int

    /// Nil until the head is whole. An answer without Content-Length is its head alone.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let end = Self.end(of: "\r\n\r\n", in: bytes, upTo: bytes.count), bytes.count > 12 else { return nil }
        status = bytes[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
        var body = 0
        if var at = Self.end(of: "Content-Length: ", in: bytes, upTo: end) {
            while case 48...57 = bytes[at] {
                body = body * 10 + Int(bytes[at]) - 48
                at += 1
            }
        }
        length = end + body
    }

    private static func end(of text: StaticString, in bytes: UnsafeRawBufferPointer, upTo limit: Int) -> Int? {
        let count = text.utf8CodeUnitCount
        var start = 0
        while start + count <= limit {
            if bytes[start] == text.utf8Start[0], memcmp(bytes.baseAddress! + start, text.utf8Start, count) == 0 {
                return start + count
            }
            start += 1
        }
        return nil
    }
}
