import Glibc
import HTTP

/// Our HTTP server on its own: requests answered later and from elsewhere, and WebSockets at rest.
enum HTTPBench {
    static let connections = 512
    static let idleSockets = 5_000
    /// What `--role http-server` runs: the server as a process of its own.
    static let role = "http-server"

    /// What is sent, and what every other server must be asked in a comparison.
    static var request: LoadRequest {
        .post("/v1/interactions", body: #"{"channel":"sms","from":"+49############","text":"\#(filler)"}"#)
    }

    private static let filler = String(repeating: "x", count: 200)

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        var rates: [Double] = []
        var median: [Double] = []
        var slow: [Double] = []
        var processor: [Double] = []
        let seconds = options.seconds * 0.8 / Double(options.runs)
        for _ in 0..<options.runs {
            let (child, port) = try startServer()
            let load = try LoadGenerator(port: port, connections: connections, request: request, expecting: 202)
            _ = try load.closedLoop(seconds: seconds * 0.2)
            let before = child.processorSeconds
            let outcome = try load.closedLoop(seconds: seconds * 0.8).checked("http")
            processor.append((child.processorSeconds - before) / Double(outcome.answered) * 1e6)
            rates.append(outcome.perSecond)
            median.append(outcome.milliseconds(at: 0.5))
            slow.append(outcome.milliseconds(at: 0.99))
        }
        let input =
            "asynchronous POST, \(request.bytes.count) bytes, \(connections) connections, \(BenchResult.rounded(seconds * 0.8)) s"
        return [
            BenchResult(bench: "http.post", input: input, unit: "requests/s", values: rates),
            BenchResult(bench: "http.latency", input: input, unit: "ms p50", values: median),
            BenchResult(bench: "http.latency", input: input, unit: "ms p99", values: slow),
            BenchResult(bench: "http.processor", input: input, unit: "server us/request", values: processor),
            try idleSocketMemory(runs: options.runs),
        ]
    }

    private static func startServer() throws -> (ChildProcess, UInt16) {
        let child = try ChildProcess(["bench", "http", "--role", role])
        guard let line = child.line(), let port = UInt16(line) else {
            throw CommandFailure(.software, "the server to be measured did not start")
        }
        return (child, port)
    }

    /// The child's part: serves until it is ended. Prints its port.
    static func serve(port: UInt16) throws -> Never {
        LoopbackSocket.raiseDescriptorLimit()
        var options = HTTPServer.Options(listeners: [Listener(address: "127.0.0.1", port: port)])
        options.connectionsMax = 20_000
        let server = HTTPServer(options, handler: BatchAnswerer())
        try server.start()
        Terminal.say("\(server.boundAddresses[0].port)")
        while true { pause() }
    }

    // MARK: Idle WebSockets

    private static func idleSocketMemory(runs: Int) throws -> BenchResult {
        LoopbackSocket.raiseDescriptorLimit()
        let values = try (0..<runs).map { _ in try idleSocketBytes() }
        return BenchResult(
            bench: "http.websocket", input: "\(idleSockets) idle WebSockets", unit: "resident bytes each",
            values: values)
    }

    private static func idleSocketBytes() throws -> Double {
        let (child, port) = try startServer()
        var sockets: [Int32] = []
        defer { sockets.forEach { close($0) } }
        // The first hundred bring in code and first pages; they are not counted.
        for _ in 0..<100 { sockets.append(try openWebSocket(port)) }
        let before = child.residentBytes
        for _ in 0..<idleSockets { sockets.append(try openWebSocket(port)) }
        return max(0, child.residentBytes - before) / Double(idleSockets)
    }

    private static func openWebSocket(_ port: UInt16) throws -> Int32 {
        let descriptor = try LoopbackSocket.connect(port: port)
        let request = Array(
            ("GET /v1/agent HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").utf8)
        var answer = [UInt8](repeating: 0, count: 1024)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count,
            recv(descriptor, &answer, answer.count, 0) > 12, answer[9..<12].elementsEqual("101".utf8)
        else {
            close(descriptor)
            throw CommandFailure(.software, "the server refused a WebSocket during the measurement")
        }
        return descriptor
    }
}

extension LoadGenerator.Outcome {
    /// Throws when anything but the expected answer came: a rate of refusals is no rate.
    func checked(_ bench: String) throws -> LoadGenerator.Outcome {
        guard unexpected == 0, answered > 0 else {
            throw CommandFailure(
                .failed,
                "\(bench): \(unexpected) of \(unexpected + answered) requests were not answered as they must be")
        }
        return self
    }
}
