import HTTP
import Site

/// The agent's WebSocket: one connection at a time, whose events wait in a mailbox for the desk's loop.
final class AgentLink {
    enum Event: Sendable {
        case text(String)
        case ended(End)
    }

    /// Why a connection is over, and whether another may follow.
    struct End: Sendable, Equatable {
        var text: String
        /// Nil: try again. Else the command ends with this.
        var code: ExitCode?
        /// What to say instead when there never was a connection, with what to do.
        var atFirst: String?
    }

    /// A connection that says nothing for so long is asked, and after as long again given up.
    private static let silenceMax = Duration.seconds(10)
    private static let subprotocol = "interflow.agent.1"

    let mailbox: Mailbox<(Int, Event)>
    private let access: SiteAccess
    private var client: WebSocketClient?
    /// Events of an older connection are told apart by it.
    private var generation = 0

    init(_ access: SiteAccess) throws {
        self.access = access
        mailbox = try Mailbox()
    }

    /// Begins a new connection that goes on after `last`.
    func connect(last: Int64?) throws {
        client = nil
        generation += 1
        let number = generation
        var request = access.webSocket("/v1/agent/socket" + (last.map { "?last=\($0)" } ?? ""))
        request.protocols = [Self.subprotocol]
        request.silenceMax = Self.silenceMax
        request.messageMax = SiteMessage.bytesMax
        let access = access
        do throws(ClientFailure) {
            client = try WebSocketClient(request, configuration: access.clientConfiguration) { [mailbox] event in
                if let event = Self.event(event, access) { mailbox.put((number, event)) }
            }
        } catch {
            throw access.failure(error)
        }
    }

    /// What came since the last call, of the present connection only.
    func take() -> [Event] {
        mailbox.take().filter { $0.0 == generation }.map(\.1)
    }

    /// Whether it was taken; what is not is sent again after the next welcome.
    @discardableResult
    func send(_ text: String) -> Bool { client?.send(text: text) ?? false }

    /// Says goodbye. The site keeps the seat of somebody who did not sign out.
    func close() { client?.close() }

    /// Lets go of the connection without waiting for anybody.
    func drop() {
        mailbox.close()
        client = nil
    }

    private static func event(_ event: WebSocketClient.Event, _ access: SiteAccess) -> Event? {
        switch event {
        case .opened(let chosen):
            // An older site answers without the subprotocol and could not be understood.
            guard chosen == subprotocol else {
                return .ended(End(text: "this site does not speak \(subprotocol)", code: .unavailable))
            }
            return nil
        case .text(let text): return .text(text)
        case .closed(let code, let reason): return .ended(end(code, TerminalText.safe(reason)))
        case .refused(let response): return .ended(end(response, access))
        case .failed(let failure): return .ended(end(failure, access))
        }
    }

    /// The close codes of the agents' protocol; any other is the end of this connection only.
    private static func end(_ code: UInt16, _ reason: String) -> End {
        switch code {
        case 4001:
            End(text: "you signed in elsewhere, and that desk has taken over; your contacts are there", code: .failed)
        case 4003: End(text: "the site's plan has no such agent: \(reason)", code: .noPermission)
        case 1001, 1012: End(text: "the site is restarting")
        case 4013: End(text: "the site takes nothing just now (\(reason))")
        default: End(text: reason.isEmpty ? "the site ended it (\(code))" : "\(reason) (\(code))")
        }
    }

    private static func end(_ failure: ClientFailure, _ access: SiteAccess) -> End {
        let words =
            switch failure.reason {
            case .timedOut: "the site does not answer"
            case .cut: "it broke"
            case .unreachable, .unresolved: "nobody answers at \(TerminalText.safe(access.url))"
            default: failure.publicText
            }
        // Whoever sits between us and the site now is not the site.
        let code: ExitCode? = failure.reason == .untrusted ? .unavailable : nil
        return End(text: words, code: code, atFirst: access.failure(failure).text)
    }

    private static func end(_ response: ClientResponse, _ access: SiteAccess) -> End {
        let refusal = access.refusal(response)
        return End(text: refusal.text, code: refusal.code == .unavailable ? nil : refusal.code)
    }
}
