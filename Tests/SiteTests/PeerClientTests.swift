import HTTP
import Testing
import Threads

@testable import Site

/// Everything that may come back, and what is believed of it; over real sockets.
@Suite("Asking peers", .timeLimit(.minutes(1)))
struct PeerClientTests {
    let berlin: PeerBench

    init() throws { berlin = try PeerBench("berlin") }

    /// Munich, whose answers `forge` may change after they were signed.
    private func munich(
        _ forge: @escaping @Sendable (HTTPResponse, PeerCall) -> HTTPResponse = { response, _ in response },
        status: Int = 200
    ) throws -> PeerBench {
        let munich = try PeerBench("munich", identity: .passing(incarnation: 42)) { call in
            let answer = HTTPResponse(status: status, contentType: "application/json", body: #"{"taken":true}"#)
            call.responder.send(forge(call.signed(answer), call))
        }
        try munich.knows([berlin])
        try berlin.knows([munich])
        return munich
    }

    @Test("An answer the peer signed for this request is believed, with its incarnation")
    func answered() throws {
        let munich = try munich()
        let expected = PeerReply.answered(status: 200, body: Array(#"{"taken":true}"#.utf8), incarnation: 42)
        #expect(berlin.ask(munich) == expected)
        #expect(berlin.ask(munich) == expected)
        #expect(berlin.desk.incarnation(of: munich.name) == 42)
        #expect(berlin.desk.counters.current.answered[munich.name] == 2)
    }

    @Test(
        "Signed refusals are answers; what says that it can take nothing now is none",
        arguments: [
            (200, nil), (409, nil), (404, nil), (408, .busy), (429, .busy), (500, .busy), (503, .busy),
        ] as [(Int, NoAnswer.Reason?)])
    func statuses(status: Int, reason: NoAnswer.Reason?) throws {
        #expect(berlin.ask(try munich(status: status)).reason == reason)
    }

    @Test("An answer without a signature is none, whatever it says")
    func unsigned() throws {
        let munich = try munich { response, _ in
            HTTPResponse(status: response.status, headers: [], body: response.body)
        }
        #expect(berlin.ask(munich).reason == .unsigned)
        #expect(berlin.desk.counters.current.unanswered[munich.name] == [.unsigned: 1])
    }

    @Test("A changed status, body, digest or incarnation is no answer", arguments: 0..<4)
    func changed(part: Int) throws {
        let munich = try munich { response, _ in
            var response = response
            let other = Array(#"{"taken":false}"#.utf8)
            switch part {
            case 0: response.status = 409
            case 1: response.body = other
            case 2:
                response.body = other
                response.headers = response.headers.map {
                    $0.name == "Content-Digest" ? HTTPField($0.name, ContentDigest.value(of: other)) : $0
                }
            default:
                response.headers = response.headers.map {
                    $0.name == "Interflow-Incarnation" ? HTTPField($0.name, "43") : $0
                }
            }
            return response
        }
        #expect(berlin.ask(munich).reason == .badSignature)
    }

    @Test("Another peer's answer is no answer of this one")
    func otherPeer() throws {
        let hamburg = try PeerBench("hamburg")
        let key = hamburg.key
        let munich = try munich { response, call in
            let bare = response.headers.filter { !$0.name.hasPrefix("Signature") }
            let request = SignedMessage(
                method: "POST", targetURI: "http://\(call.request.header("host") ?? "")\(call.request.target)",
                fields: call.request.headers)
            let signature = PeerSignature.sign(
                SignedMessage(status: response.status, fields: bare), answering: request, key: key,
                now: SiteClock.Sources.machine.wall() / 1000)
            return HTTPResponse(status: response.status, headers: bare + signature, body: response.body)
        }
        try berlin.knows([munich, hamburg])
        #expect(berlin.ask(munich).reason == .badSignature)
    }

    @Test("The answer to another request, even to one with the very same words, is no answer to this one")
    func recorded() throws {
        let first = Guarded<HTTPResponse?>(nil)
        let munich = try munich { response, _ in
            first.with { first in
                if let first { return first }
                first = response
                return response
            }
        }
        #expect(berlin.ask(munich).reason == nil)
        #expect(berlin.ask(munich).reason == .badSignature)
    }

    @Test("Clocks that differ by more than a minute are refused by either side, and the reason says it")
    func clocks() throws {
        let munich = try munich()
        for seconds in [0, -55, -55, 55] as [Int64] {
            munich.drift(seconds: seconds)
            #expect(berlin.ask(munich).reason == nil)
        }
        #expect(munich.diary.with { $0.count { $0.contains("clock of berlin") } } == 1, "once while it lasts")
        for seconds in [-200, 200] as [Int64] {
            munich.drift(seconds: seconds)
            guard case .noAnswer(let none) = berlin.ask(munich) else {
                Issue.record("answered")
                return
            }
            #expect(none.reason == .refused)
            #expect(none.claim == "time")
        }
        #expect(munich.noted.count == 4)
    }

    @Test("Nobody there, nobody known, and a stranger there, are each said as what they are")
    func silence() throws {
        let munich = try munich()
        #expect(berlin.ask(try PeerBench("nobody")).reason == .unknownPeer)
        try munich.knows([])
        guard case .noAnswer(let none) = berlin.ask(munich) else {
            Issue.record("answered")
            return
        }
        #expect(none.claim == "unknown-key")
        let gone = [(name: "munich", url: "http://127.0.0.1:1", keys: [munich.key.publicKey], pins: [String]())]
        try berlin.desk.reload(configured: try PeerBench.sections(PeerBench.yaml(gone)))
        #expect(berlin.ask(munich).reason == .unreachable)
    }

    @Test("Hundreds of questions at once are each answered once, and their answers are not mixed up")
    func many() throws {
        let munich = try PeerBench("munich") { $0.answer(200, json: $0.body) }
        try munich.knows([berlin])
        try berlin.knows([munich])
        let right = Guarded(0)
        let ended = Guarded(0)
        for number in 0..<300 {
            let body = berlin.body(",\"number\":\(number)")
            berlin.desk.client.post(munich.name, PeerBench.path, body: body) { reply in
                if case .answered(200, body, _) = reply { right.change { $0 += 1 } }
                ended.change { $0 += 1 }
            }
        }
        #expect(ended.wait(milliseconds: 30_000) { $0 == 300 ? $0 : nil } == 300)
        #expect(right.with { $0 } == 300)
    }
}
