import Glibc
import HTTP
import InteractionModel
import JSON
import Site

/// Reads a site's log: pages up to its head, then the stream, and after a broken connection again from where it was.
final class LogReader {
    enum Start: Equatable, Sendable {
        case after(Int64)
        case last(Int64)
    }

    private static let pageSize = 500
    /// A stream that says nothing for so long is asked anew. The site says something at least every 15 s.
    private static let silenceMax = Duration.seconds(45)

    private let access: SiteAccess
    private let query: [ClientField]
    private var start: Start
    /// The newest sequence printed, or passed over by the filter.
    private(set) var position: Int64 = 0

    init(_ access: SiteAccess, query: [ClientField], start: Start) {
        self.access = access
        self.query = query
        self.start = start
        if case .after(let sequence) = start { position = sequence }
    }

    // MARK: Pages

    /// Prints everything that is there now.
    func readToHead(_ print: (LogEntry) -> Void) throws {
        let client = try makeClient()
        defer { client.shutdown() }
        while try page(client, print) {}
    }

    /// Whether more is there.
    private func page(_ client: HTTPClient, _ print: (LogEntry) -> Void) throws -> Bool {
        let response: ClientResponse
        do throws(ClientFailure) {
            response = try client.perform(access.request("GET", "/v1/log?" + parameters(from: start)))
        } catch {
            throw access.failure(error)
        }
        guard response.status == 200 else { throw access.refusal(response) }
        let page = try LogPage(response.body)
        for entry in page.entries where entry.sequence > position { print(entry) }
        position = max(position, page.after)
        start = .after(position)
        return position < page.head
    }

    private func parameters(from start: Start) -> String {
        let place =
            switch start {
            case .after(let sequence): ClientField("after", "\(sequence)")
            case .last(let count): ClientField("last", "\(count)")
            }
        return Self.encoded(query + [place, ClientField("limit", "\(Self.pageSize)")])
    }

    private static func encoded(_ fields: [ClientField]) -> String {
        fields.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }

    private func makeClient() throws -> HTTPClient {
        do throws(ClientFailure) {
            return try HTTPClient(access.clientConfiguration)
        } catch {
            throw access.failure(error)
        }
    }

    // MARK: Following

    /// Until ^C, or until nobody reads what is printed.
    func follow(_ print: @escaping (LogEntry) -> Void) throws -> ExitCode {
        let client = try makeClient()
        defer { client.shutdown() }
        while try page(client, print) {}
        var backoff = Backoff()
        var generator = SystemRandomNumberGenerator()
        while true {
            let before = position
            let end = try stream(client, print)
            if position > before { backoff.succeeded() }
            let pause = backoff.next(using: &generator)
            Terminal.complain("\(end.text); trying again")
            usleep(UInt32(pause) * 1000)
        }
    }

    private enum StreamEvent: Sendable {
        case bytes([UInt8])
        case ended(Result<ClientResponse, ClientFailure>)
    }

    /// One stream, from the last entry on, until it ends.
    private func stream(_ client: HTTPClient, _ print: (LogEntry) -> Void) throws -> CommandFailure {
        let mailbox = try Mailbox<StreamEvent>()
        defer { mailbox.close() }
        let fields = query + [ClientField("after", "\(position)")]
        var request = access.request(
            "GET", "/v1/log/stream?" + Self.encoded(fields), headers: [ClientField("Accept", "text/event-stream")])
        request.deadline = nil
        request.silenceMax = Self.silenceMax
        let transfer = client.stream(
            request,
            onBytes: { bytes in
                mailbox.put(.bytes(bytes))
                return .more
            }, completion: { mailbox.put(.ended($0)) })
        defer { transfer.cancel() }
        var parser = ServerSentEventParser(dataMax: 4 << 20)
        while true {
            var watched = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&watched, 1, -1)
            for event in mailbox.take() {
                switch event {
                case .bytes(let bytes): for entry in try entries(&parser, bytes) { take(entry, print) }
                case .ended(let result): return try end(result)
                }
            }
        }
    }

    private func take(_ entry: LogEntry, _ print: (LogEntry) -> Void) {
        guard entry.sequence > position else { return }
        print(entry)
        position = entry.sequence
    }

    private func entries(_ parser: inout ServerSentEventParser, _ bytes: [UInt8]) throws -> [LogEntry] {
        do {
            return try parser.consume(bytes).map { try LogEntry(json: Array($0.data.utf8)) }
        } catch {
            throw CommandFailure(.data, "the site's log could not be understood: \(TerminalText.safe("\(error)"))")
        }
    }

    /// Why it is over. What will be no better next time is thrown.
    private func end(_ result: Result<ClientResponse, ClientFailure>) throws -> CommandFailure {
        switch result {
        case .failure(let failure): return CommandFailure(.unavailable, failure.publicText)
        case .success(let response) where response.status == 200:
            return CommandFailure(.unavailable, "the site ended the stream")
        case .success(let response):
            let refusal = access.refusal(response)
            guard refusal.code == .unavailable else { throw refusal }
            return refusal
        }
    }
}

/// A page of `GET /v1/log`.
struct LogPage {
    let entries: [LogEntry]
    /// Where the next page begins.
    let after: Int64
    let head: Int64

    init(_ body: [UInt8]) throws {
        do throws(JSONError) {
            let value = try JSONValue.parse(body, limits: JSONLimits(maxBytes: 16 << 20))
            var entries: [LogEntry] = []
            for entry in value["entries"]?.arrayValue ?? [] { entries.append(try LogEntry(json: entry.bytes)) }
            self.entries = entries
            after = value["after"]?.integerValue ?? 0
            head = value["head"]?.integerValue ?? 0
        } catch {
            throw CommandFailure(.data, "the site's log could not be understood: \(TerminalText.safe("\(error)"))")
        }
    }
}
