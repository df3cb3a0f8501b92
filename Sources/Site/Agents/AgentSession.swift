import HTTP
import InteractionModel
import JSON
import Routing
import Synchronization

/// One desktop's connection: turns its messages into jobs, and their outcomes into results. `Agents/Protocol.md` has
/// both sides of the conversation.
final class AgentSession: WebSocketDelegate, Sendable {
    let agent: AgentName
    let session: Int64
    private let last: Int64?
    private let inbox: Inbox
    private let effects: SiteEffects

    init(agent: AgentName, session: Int64, last: Int64?, inbox: Inbox, effects: SiteEffects) {
        self.agent = agent
        self.session = session
        self.last = last
        self.inbox = inbox
        self.effects = effects
    }

    /// Announces the connection to the core; the desktop hears of it once that is durable.
    func begin(on socket: WebSocket) {
        let connected = Job(
            .event(.agentConnected(agent, session: session)),
            .call { [self] outcome, state in
                switch outcome {
                case .answered(.refused(let refusal)):
                    socket.close(code: AgentClose.unknownAgent, reason: refusal.description)
                case .answered:
                    effects.hub.attach(agent, session: session, socket: socket, last: last, state: state)
                case .unavailable(let reason): socket.close(code: AgentClose.unavailable, reason: reason.rawValue)
                }
            })
        if inbox.offer(connected) != .taken { socket.close(code: AgentClose.unavailable, reason: "overloaded") }
    }

    func received(text: [UInt8], on socket: WebSocket) {
        switch AgentRequest.read(text) {
        case .failure(let fault):
            let detail = fault.problems.map { "\($0.path) \($0.reason)" }.joined(separator: "; ")
            socket.send(text: AgentResult.failed(fault.id, code: "bad-request", detail: detail))
        case .success(let request): perform(request, on: socket)
        }
    }

    private func perform(_ request: AgentRequest, on socket: WebSocket) {
        let work: Job.Work
        switch request.body {
        case .ping:
            _ = socket.send(text: AgentResult.done(request.id, .none))
            return
        case .command(let command): work = .event(.command(agent, command))
        case .reply(let interaction, let text):
            guard let key = IdempotencyKey("agent/\(agent)/\(request.id)") else {
                let failed = AgentResult.failed(request.id, code: "bad-request", detail: "$.id is too long")
                _ = socket.send(text: failed)
                return
            }
            work = .reply(agent, interaction, key: key, text: text)
        }
        let job = Job(work, .call { outcome, _ in Self.tell(outcome, request.id, socket) })
        switch inbox.offer(job) {
        case .taken: break
        case .full: Self.tell(.unavailable(.overloaded), request.id, socket)
        case .closed: Self.tell(.unavailable(.stopping), request.id, socket)
        }
    }

    private static func tell(_ outcome: JobOutcome, _ id: String, _ socket: WebSocket) {
        switch outcome {
        case .answered(let answer): socket.send(text: AgentResult.done(id, answer))
        case .unavailable(let reason):
            socket.send(text: AgentResult.failed(id, code: reason.rawValue, detail: reason.text))
        }
    }

    func closed(code: UInt16, on socket: WebSocket) {
        let work = Job.Work.event(.agentDisconnected(agent, session: session))
        inbox.insist(Job(.inspect { [self] _ in effects.hub.detach(agent, session: session) }))
        inbox.insist(Job(work))
    }
}

/// Numbers sessions so that none repeats in the life of a journal: the term in the high bits, a count in the low.
final class SessionNumbers: Sendable {
    private let next: Atomic<Int64>

    init(epoch: Int64) { next = Atomic(epoch << 32) }

    func make() -> Int64 { next.wrappingAdd(1, ordering: .relaxed).newValue }
}
