/// What a server has done since it started, for metrics. Numbers of several loops are added up without
/// stopping them, so they may be a moment apart.
package struct ServerStatistics: Sendable, Hashable {
    /// Connections open now, WebSockets and streams among them.
    package internal(set) var connectionsOpen = 0
    package internal(set) var webSocketsOpen = 0
    package internal(set) var streamsOpen = 0
    package internal(set) var connectionsAccepted = 0
    /// Requests handed to the handler.
    package internal(set) var requests = 0
    /// Whole answers and streams begun.
    package internal(set) var responses = 0
    /// Answers given twice, or after the connection or the answer's deadline was gone.
    package internal(set) var answersTooLate = 0
    package internal(set) var bytesReceived = 0
    /// Bytes kept now of half-read requests and unread output, counted roughly (`bufferedBytesMax`).
    package internal(set) var bytesBuffered = 0
    package internal(set) var bytesSent = 0
    /// How often each reason refused a request or cut a connection, every reason, in declared order.
    package internal(set) var refusals: [Refusals] = []

    package struct Refusals: Sendable, Hashable {
        package let reason: Refusal.Reason
        package internal(set) var count: Int
    }

    package init() { refusals = Refusal.Reason.allCases.map { Refusals(reason: $0, count: 0) } }

    /// How often one reason refused.
    package func refusals(for reason: Refusal.Reason) -> Int { refusals.first { $0.reason == reason }?.count ?? 0 }

    mutating func add(_ counters: ServerCounters) {
        connectionsOpen += counters.open.value
        webSocketsOpen += counters.webSockets.value
        streamsOpen += counters.streams.value
        connectionsAccepted += counters.accepted.value
        requests += counters.requests.value
        responses += counters.responses.value
        answersTooLate += counters.tooLate.value
        bytesReceived += counters.bytesReceived.value
        bytesSent += counters.bytesSent.value
        for (index, count) in counters.refusals().enumerated() { refusals[index].count += count }
    }
}
