import HTTP
import Support
import Testing

/// Answers each request with its number, and counts them.
private final class Counter: HTTPHandler, Sendable {
    let bodies = Monitor<[String]>([])

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let count = bodies.with {
            $0.append(String(decoding: request.body, as: UTF8.self))
            return $0.count
        }
        responder.send(HTTPResponse(status: 200, contentType: "text/plain", body: "answer \(count)"))
    }
}

@Suite struct ChaosProxyTests {
    private let counter = Counter()
    private let server: HTTPServer
    private let faults = Monitor<[ChaosProxy.Fault]>([])
    private let proxy: ChaosProxy
    private let client: HTTPClient

    init() throws {
        var options = HTTPServer.Options(listeners: [Listener(address: "127.0.0.1", port: 0)])
        options.loops = 1
        server = HTTPServer(options, handler: counter)
        try server.start()
        let upstream = String((server.boundAddresses.first?.description ?? "").trimmingPrefix("http://"))
        let faults = faults
        proxy = try ChaosProxy(to: upstream, at: SiteFolder.freshAddress()) { _ in
            faults.with { $0.isEmpty ? .none : $0.removeFirst() }
        }
        client = try HTTPClient(ClientConfiguration(version: "test", addressPolicy: .operatorsOwn))
    }

    /// The answer's text, or nil when the connection ended before there was one.
    private func post(_ text: String, _ fault: ChaosProxy.Fault = .none) -> String? {
        faults.with { $0 = [fault] }
        var request = ClientRequest("POST", proxy.url)
        request.body = .bytes(Array(text.utf8), contentType: "text/plain")
        request.deadline = .seconds(5)
        return (try? client.perform(request)).map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test("Without a fault a proxy hands on requests and answers as they are")
    func passes() {
        #expect(post("one") == "answer 1")
        #expect(post("two") == "answer 2")
        #expect(counter.bodies.with { $0 } == ["one", "two"])
    }

    @Test("A lost request never arrives, a lost answer follows one that did")
    func loses() {
        #expect(post("lost", .requestLost) == nil)
        #expect(counter.bodies.with { $0 }.isEmpty)
        #expect(post("answer lost", .answerLost) == nil)
        #expect(counter.bodies.with { $0 } == ["answer lost"])
        #expect(post("silent", .silent(milliseconds: 50)) == nil)
        #expect(counter.bodies.with { $0.count } == 1)
        #expect(post("cut", .requestCut(after: 20)) == nil)
        #expect(counter.bodies.with { $0.count } == 1)
        #expect(post("answer cut", .answerCut(after: 30)) == nil)
        #expect(counter.bodies.with { $0.count } == 2)
    }

    @Test("A doubled request arrives twice, a late one when nobody waits for it")
    func repeats() {
        #expect(post("twice", .doubled) == "answer 1")
        #expect(counter.bodies.with { $0 } == ["twice", "twice"])
        #expect(post("late", .late(milliseconds: 100)) == nil)
        #expect(counter.bodies.with { $0.count } == 2)
        #expect(counter.bodies.wait(.seconds(5)) { $0.last == "late" ? true : nil } == true)
    }

    @Test("A connection that it ends is ended, whatever processes were started meanwhile")
    func endsConnections() throws {
        #expect(post("a connection that is kept") == "answer 1")
        let folder = try Files.temporaryFolder("proxy")
        defer { Files.remove(folder) }
        let other = try ChildProcess(["sleep", "20"], output: "\(folder)/output")
        defer { other.kill9() }
        let clock = ContinuousClock()
        let begin = clock.now
        #expect(post("lost", .requestLost) == nil)
        #expect(clock.now - begin < .seconds(4), "the caller waited for its deadline")
    }

    @Test("Somebody is told once, when the next answer has come and before it goes on")
    func tells() {
        let told = Monitor<[Int]>([])
        proxy.atNextAnswer(to: "/") { [counter] in
            let count = counter.bodies.with { $0.count }
            told.with { $0.append(count) }
        }
        #expect(post("one") == "answer 1")
        #expect(told.with { $0 } == [1])
        #expect(post("two") == "answer 2")
        #expect(told.with { $0 } == [1])
    }

    @Test("Nothing passes a cable that is pulled, and everything when it is back")
    func cuts() {
        proxy.cut(true)
        #expect(post("out") == nil)
        proxy.cut(false)
        #expect(post("in") == "answer 1")
        #expect(proxy.faults == ["requestLost": 1, "none": 1])
    }
}
