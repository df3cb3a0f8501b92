import Federation
import HTTP
import InteractionModel
import JSON
import Routing
import Support
import Testing
import Threads

@testable import Site

@Suite("The default is said at the deadline, whoever hangs")
struct RouteDeskTests {
    private static let deadline = Span(milliseconds: 150)
    private static let peerDeadline = Span(milliseconds: 400)
    /// What a busy machine may add.
    private static let grace = Duration.seconds(2)

    /// A peer that is asked and never answers.
    private final class Silence: PlaceKeeping {
        let asked = Guarded<[Duration]>([])
        var sites: [SiteName] { [SiteName("munich")] }

        func ask(
            _ site: SiteName, _ keeping: RouteKeeping, content: [UInt8], deadline: Duration,
            completion: @escaping @Sendable (PlaceAnswer) -> Void
        ) {
            asked.with { $0.append(deadline) }
        }

        func letGo(_ site: SiteName, _ key: RouteKey) {}
    }

    /// A server that hands every question to a desk whose loop does nothing unless the test does it.
    private final class Bench: HTTPHandler, Sendable {
        let inbox = Inbox(bound: 100)
        let desk: RouteDesk
        private let server = Guarded<HTTPServer?>(nil)

        init() throws {
            let client = RoutingClient(
                "carrier", fallback: "sip:{dnis}@127.0.0.1:5099", deadline: deadline, peerDeadline: peerDeadline)
            var plan = Plan(version: "test", queues: [], defaultQueue: QueueName("support"), agents: [])
            plan.network = NetworkPlan(clients: [client])
            desk = RouteDesk(inbox: inbox, plan: ActivePlan(plan))
            var options = HTTPServer.Options(listeners: [Listener(address: "127.0.0.1", port: 0)])
            options.loops = 1
            let server = HTTPServer(options, handler: self)
            try server.start()
            self.server.with { $0 = server }
            let desk = self.desk
            Threads.start { desk.run() }
        }

        func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
            desk.ask(request.body, by: Identity(name: "carrier", role: .switch), responder)
        }

        func stop() {
            desk.stop()
            server.with { $0.take() }?.drain(within: .zero)
        }

        /// Asks and waits for the answer; how long it took beside it.
        func ask(_ key: String) throws -> (answer: JSONValue, took: Duration) {
            let client = try HTTPClient(ClientConfiguration(version: "test", addressPolicy: .operatorsOwn))
            defer { client.shutdown() }
            let url = server.with { $0?.boundAddresses.first?.description ?? "" }
            let body = Array(#"{"callId":"\#(key)","dnis":"800"}"#.utf8)
            let clock = ContinuousClock()
            let began = clock.now
            let answer = try client.perform(
                ClientRequest("POST", url + "/v1/route", body: .bytes(body, contentType: "application/json")))
            return (try JSONValue.parse(answer.body), clock.now - began)
        }

        /// The next job that came to the loop.
        func job() -> Job? {
            var jobs: [Job] = []
            for _ in 0..<50 where jobs.isEmpty { _ = inbox.take(into: &jobs, limit: 1, waitingFor: 100) }
            return jobs.first
        }
    }

    private static let fallback: JSONValue = [
        "decision": "default", "uri": "sip:800@127.0.0.1:5099", "reason": "no answer in time",
    ]

    @Test("A loop that hangs, by a disk or otherwise, holds no caller beyond the deadline, and is told what was said")
    func hungLoop() throws {
        let bench = try Bench()
        defer { bench.stop() }
        let (answer, took) = try bench.ask("a")
        #expect(answer == Self.fallback)
        #expect(took >= Duration(Self.deadline) && took < Duration(Self.deadline) + Self.grace)
        guard case .route(let asked)? = bench.job()?.work, case .route(let late)? = bench.job()?.work else {
            Issue.record("the loop must hear the question, and then that it is too late")
            return
        }
        #expect(asked.isOver(), "what has been answered is not decided any more")
        guard case .tooLate(let question) = late.input else {
            Issue.record("the loop must write down what was said")
            return
        }
        #expect(question.key == "a")
    }

    @Test("A peer that hangs has the time the client grants for peers, and not a moment more")
    func hungPeer() throws {
        let bench = try Bench()
        defer { bench.stop() }
        let silence = Silence()
        bench.desk.use(silence)
        Threads.start {
            guard case .respond(_, let tell)? = bench.job()?.reply else { return }
            let question = RouteQuestion(
                client: "carrier", key: "a", channel: ChannelName("voice"), destination: "800", nonce: "")
            let keeping = RouteKeeping(
                question: question, queue: QueueName("support"), contextToken: "t", reserveFor: .seconds(30))
            #expect(tell(.answered(.route(.ask(SiteName("munich"), keeping))), RoutingState()) == nil)
        }
        let (answer, took) = try bench.ask("a")
        #expect(answer == Self.fallback)
        #expect(took >= Duration(Self.peerDeadline) && took < Duration(Self.peerDeadline) + Self.grace)
        #expect(silence.asked.with { $0 }.allSatisfy { $0 <= Duration(Self.peerDeadline) / 2 })
    }
}

extension Duration {
    fileprivate init(_ span: Span) { self = .milliseconds(span.milliseconds) }
}
