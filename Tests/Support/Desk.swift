import HTTP
package import JSON

/// One agent's desktop: a WebSocket to a site. One thread reads it.
package final class Desk: Sendable {
    package enum Incoming: Sendable, Equatable {
        case opened
        case message(JSONValue)
        /// The connection ended; nothing comes after this.
        case ended(String)
    }

    private let arrived: Monitor<[Incoming]>
    private let socket: WebSocketClient

    /// - Parameter last: the newest sequence seen; everything after it shall be told again.
    package init(_ folder: SiteFolder, agent: String, last: Int64? = nil) throws {
        let arrived = Monitor<[Incoming]>([])
        self.arrived = arrived
        let query = last.map { "?last=\($0)" } ?? ""
        var request = WebSocketClient.Request("ws://\(folder.address)/v1/agent/socket\(query)")
        request.authorization = .bearer(folder.tokens[agent] ?? "")
        request.protocols = ["interflow.agent.1"]
        request.openDeadline = .seconds(20)
        request.messageMax = 16 << 20
        socket = try WebSocketClient(
            request, configuration: ClientConfiguration(version: "test", addressPolicy: .operatorsOwn)
        ) { event in
            arrived.with { $0.append(Self.incoming(event)) }
        }
    }

    deinit { socket.shutdown() }

    private static func incoming(_ event: WebSocketClient.Event) -> Incoming {
        switch event {
        case .opened: .opened
        case .text(let text): .message((try? JSONValue.parse(Array(text.utf8))) ?? .string(text))
        case .closed(let code, let reason): .ended("closed \(code) \(reason)")
        case .refused(let response): .ended("refused \(response.status)")
        case .failed(let failure): .ended("failed \(failure.reason) \(failure.cause)")
        }
    }

    /// What comes next; nil when nothing came in time.
    package func next(within limit: Duration) -> Incoming? {
        arrived.wait(limit) { $0.isEmpty ? nil : $0.removeFirst() }
    }

    /// Reads on until `wanted` comes, passing over what comes before; nil when it did not in time.
    package func message(
        within limit: Duration = .seconds(10), where wanted: (JSONValue) -> Bool
    ) -> JSONValue? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while clock.now < end, let incoming = next(within: end - clock.now) {
            switch incoming {
            case .message(let message) where wanted(message): return message
            case .ended: return nil
            default: continue
            }
        }
        return nil
    }

    /// The next event of this name.
    package func event(_ name: String, within limit: Duration = .seconds(10)) -> JSONValue? {
        message(within: limit) { $0["event"]?.stringValue == name }
    }

    /// Asks for something and reads on to the result.
    package func ask(_ request: JSONValue, within limit: Duration = .seconds(10)) -> JSONValue? {
        guard send(request) else { return nil }
        return message(within: limit) { $0["type"] == "result" && $0["id"] == request["id"] }
    }

    @discardableResult
    package func send(_ request: JSONValue) -> Bool {
        socket.send(text: String(decoding: request.bytes, as: UTF8.self))
    }

    /// Waits for the welcome.
    package func welcome(within limit: Duration = .seconds(20)) throws -> JSONValue {
        guard let welcome = message(within: limit, where: { $0["type"] == "welcome" }) else {
            throw Failure("the site sent no welcome")
        }
        return welcome
    }

    /// Breaks the connection without a word to the far end.
    package func cut() { socket.shutdown() }

    /// Ends it as the protocol says.
    package func close() { socket.close() }
}
