import Federation
import InteractionModel
import JSON
import Routing
import Testing

@testable import Site

@Suite("A switch's question")
struct RouteRequestTests {
    private func read(_ text: String) -> Result<RouteRequest, RouteRequest.Fault> {
        RouteRequest.read(Array(text.utf8), client: "carrier", nonce: "n")
    }

    private func problems(_ text: String) -> [String] {
        guard case .failure(let fault) = read(text) else { return [] }
        return fault.problems.map { "\($0.path) \($0.reason)" }
    }

    @Test("Kamailio's flat object is understood; what is not there is not there, however Kamailio writes that")
    func kamailio() throws {
        let request = try read(
            #"""
            {"callId": "1-2048@127.0.0.1", "ani": "+49301", "dnis": "800555", "from": "sip:+49301@127.0.0.1:5080",
             "requestUri": "sip:800555@127.0.0.1:5060", "sourceIp": "127.0.0.1", "sourcePort": 5080, "transport": "udp",
             "userAgent": "carrier-sim", "contactId": "<null>", "pai": "", "tried": "127.0.0.1:5071 127.0.0.1:5072"}
            """#
        ).get()
        let question = request.question
        #expect(
            question.key == "1-2048@127.0.0.1" && question.destination == "800555"
                && question.channel.rawValue == "voice")
        #expect(question.externalID == nil && question.tried == ["127.0.0.1:5071", "127.0.0.1:5072"])
        #expect(question.attributes.contains(.init("sourcePort", "5080")))
        let content = try #require(ContactContent(bytes: request.content))
        #expect(content.from == "+49301" && content.to == "800555")
        #expect(!content.attributes.contains { $0.name == "pai" || $0.name == "tried" })
    }

    @Test("Own key, own channel, attributes of their own, and the number from the address where nothing else says it")
    func own() throws {
        let question = try read(
            #"{"key":"k","callId":"c","requestUri":"sip:800;x=1@h","channel":"video","contactId":"c-7","attributes":{"tier":"gold"}}"#
        ).get().question
        #expect(question.key == "k" && question.destination == "800" && question.channel.rawValue == "video")
        #expect(question.externalID == "c-7" && question.attributes.contains(.init("tier", "gold")))
    }

    @Test("What cannot be a question says why")
    func faults() {
        #expect(problems("[1]") == ["$ must be an object"])
        #expect(problems(#"{"dnis":"1"}"#).first?.hasPrefix("$.key or callId is needed") == true)
        #expect(problems(#"{"callId":"1"}"#) == ["$.dnis is needed: the number dialled"])
        #expect(
            problems(#"{"callId":"1","dnis":"1","deep":{"a":1}}"#) == ["$.deep must be a text, a number, true or false"]
        )
        #expect(problems(#"{"callId":"1","dnis":"1","channel":"a b"}"#).count == 1)
        #expect(problems(#"{"callId":"1","dnis":"1","x":"\#(String(repeating: "y", count: 1025))"}"#).count == 1)
        #expect(!problems("{").isEmpty)
    }

    @Test(
        "A peer's question for places comes back as it was written, under the peer's name; tokens of others are refused"
    )
    func places() throws {
        let munich = SiteName("munich")
        let question = RouteQuestion(
            client: "carrier", key: "k", externalID: "x", channel: ChannelName("voice"), destination: "800", nonce: "")
        let keeping = RouteKeeping(
            question: question, queue: QueueName("support"), contextToken: "munich.n", reserveFor: .seconds(30))
        let body = PlaceMessages.question(
            from: munich, keep: [.init(keeping: keeping, content: Array(#"{"from":"+49"}"#.utf8))],
            release: [RouteKey(client: "carrier", key: "old")])
        let read = try #require(PlaceMessages.readQuestion(body, from: munich))
        var expected = keeping
        expected.question.client = "peer:munich/carrier"
        #expect(read.keep.map(\.keeping) == [expected])
        #expect(read.keep.map(\.content) == [Array(#"{"from":"+49"}"#.utf8)])
        #expect(read.release == [RouteKey(client: "peer:munich/carrier", key: "old")])
        #expect(PlaceMessages.readQuestion(body, from: SiteName("hamburg")) == nil, "the token names munich")
    }

    @Test("Answers for places come back as they were written, and as many as were asked for")
    func answers() {
        let munich = SiteName("munich")
        let places: [PlaceAnswer] = [
            .kept(.init(keeper: .init(site: munich, reservation: 7), uri: "sip:1@h", label: nil, number: "901")),
            .refused("draining"), .noAnswer("overloaded"),
        ]
        let body = PlaceMessages.answer(from: munich, places)
        #expect(PlaceMessages.readAnswer(body, from: munich, count: 3) == places)
        #expect(PlaceMessages.readAnswer(body, from: munich, count: 2) == nil)
    }
}
