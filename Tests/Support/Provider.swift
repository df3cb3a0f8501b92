import Configuration
import Glibc
package import HTTP

/// The provider's side of the SMS account: takes what the site sends, and remembers it.
package final class Provider: HTTPHandler, Sendable {
    package struct Sent: Sendable, Equatable {
        /// The site's own number of the message, from the status URL it gave.
        package var message: Int64
        package var sid: String
        package var to: String
        package var text: String
    }

    /// How the next request is treated.
    package enum Manner: Sendable {
        case accept
        /// Taken, and said so only after a while.
        case acceptLate(milliseconds: UInt32)
        /// Not taken; it may be tried again.
        case unavailable
    }

    private let taken = Monitor<[Sent]>([])
    private let manner: @Sendable () -> Manner
    private let onSent: @Sendable (Sent) -> Void
    private let server = Monitor<HTTPServer?>(nil)

    /// - Parameter onSent: told of each message taken, on a thread that must not wait.
    package init(
        manner: @escaping @Sendable () -> Manner = { .accept }, onSent: @escaping @Sendable (Sent) -> Void = { _ in }
    ) throws {
        self.manner = manner
        self.onSent = onSent
        var options = HTTPServer.Options(listeners: [Listener(address: "127.0.0.1", port: 0)])
        options.loops = 1
        let server = HTTPServer(options, handler: self)
        try server.start()
        self.server.with { $0 = server }
    }

    package var url: String { server.with { $0?.boundAddresses.first?.description ?? "" } }

    package var sent: [Sent] { taken.with { $0 } }

    /// Waits for a message that fits.
    package func wait(_ limit: Duration = .seconds(10), where fits: (Sent) -> Bool) -> Sent? {
        taken.wait(limit) { $0.first(where: fits) }
    }

    package func stop() { server.with { $0.take() }?.drain(within: .seconds(2)) }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        guard let form = try? Form(request.body), let sent = Self.read(form) else {
            return responder.send(HTTPResponse(status: 400, contentType: "application/json", body: "{}"))
        }
        let manner = manner()
        if case .unavailable = manner {
            return responder.send(HTTPResponse(status: 503, contentType: "application/json", body: "{}"))
        }
        taken.with { $0.append(sent) }
        onSent(sent)
        let answer = HTTPResponse(
            status: 201, contentType: "application/json", body: "{\"sid\":\"\(sent.sid)\",\"status\":\"queued\"}")
        guard case .acceptLate(let milliseconds) = manner else { return responder.send(answer) }
        Threads.start {
            usleep(milliseconds * 1000)
            responder.send(answer)
        }
    }

    /// Each attempt gets a name of its own, as a provider that knows no repetition gives it.
    private static func read(_ form: Form) -> Sent? {
        guard let to = form["To"], let text = form["Body"], let callback = form["StatusCallback"],
            let mark = callback.firstIndex(of: "?"),
            let message = (try? Form(String(callback[callback.index(after: mark)...])))?["message"],
            let number = Int64(message)
        else { return nil }
        let digits = "\(UInt64.random(in: 0 ... .max))"
        let sid = "SM" + String(repeating: "0", count: 32 - digits.count) + digits
        return Sent(message: number, sid: sid, to: to, text: text)
    }
}
