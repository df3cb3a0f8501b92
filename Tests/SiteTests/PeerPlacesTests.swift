import Federation
import InteractionModel
import Routing
import Support
import Testing
import Threads

@testable import Site

@Suite("Places at peers are asked for together", .timeLimit(.minutes(1)))
struct PeerPlacesTests {
    private static let queue = QueueName("support")

    /// Munich, which answers a request when the test says so.
    private final class Munich: Sendable {
        let calls = Guarded<[PeerCall]>([])
        let answers = Guarded<[PlaceAnswer]>([])
        let bench: PeerBench
        let places: PeerPlaces
        private let berlin: PeerBench

        init() throws {
            let calls = self.calls
            berlin = try PeerBench("berlin")
            bench = try PeerBench("munich", path: "/federation/v1/reserve") { call in
                calls.change { $0.append(call) }
            }
            try bench.knows([berlin])
            try berlin.knows([bench])
            places = PeerPlaces(site: berlin.name, client: berlin.desk.client, book: berlin.desk.book)
        }

        func ask(_ keys: some Sequence<Int>, deadline: Duration = .seconds(20)) {
            for key in keys {
                let question = RouteQuestion(
                    client: "carrier", key: "call-\(key)", channel: ChannelName("voice"), destination: "800", nonce: "")
                let keeping = RouteKeeping(
                    question: question, queue: queue, contextToken: "berlin.\(key)", reserveFor: .seconds(30))
                places.ask(bench.name, keeping, content: Array("{}".utf8), deadline: deadline) { [answers] answer in
                    answers.change { $0.append(answer) }
                }
            }
        }

        /// The places that the request of that number, from 0, asks for; waits until it has come.
        func asked(by number: Int) -> [PlaceMessages.Ask]? {
            let call = calls.wait { $0.count > number ? $0[number] : nil }
            return PlaceMessages.readQuestion(call.body, from: SiteName("berlin"))?.keep
        }

        func keep(request number: Int) {
            let asked = asked(by: number) ?? []
            let kept = asked.indices.map { index in
                PlaceAnswer.kept(RouteKept(keeper: .init(site: bench.name, reservation: Int64(index + 1))))
            }
            calls.with { $0[number] }.answer(200, json: PlaceMessages.answer(from: bench.name, kept))
        }

        func answered(_ count: Int) -> [PlaceAnswer] { answers.wait { $0.count >= count ? $0 : nil } }
    }

    @Test("What comes while a request is under way leaves with its answer, in one request")
    func together() throws {
        let munich = try Munich()
        munich.ask(0..<1)
        #expect(munich.asked(by: 0)?.count == 1)
        munich.ask(1..<PeerPlaces.gatheredMin)
        munich.keep(request: 0)
        #expect(munich.asked(by: 1)?.map(\.keeping.question.key) == (1..<PeerPlaces.gatheredMin).map { "call-\($0)" })
        munich.keep(request: 1)
        #expect(munich.answered(PeerPlaces.gatheredMin).count == PeerPlaces.gatheredMin)
        #expect(munich.calls.with { $0.count } == 2)
    }

    @Test("When enough has gathered it does not wait for the answer")
    func enough() throws {
        let munich = try Munich()
        munich.ask(0..<1)
        #expect(munich.asked(by: 0)?.count == 1)
        munich.ask(1...PeerPlaces.gatheredMin)
        #expect(munich.asked(by: 1)?.count == PeerPlaces.gatheredMin)
    }

    @Test("When the peer turns out to be silent, whoever waits for it is told at once and does not ask it too")
    func silent() throws {
        let munich = try Munich()
        munich.ask(0..<1, deadline: .milliseconds(200))
        #expect(munich.asked(by: 0)?.count == 1)
        munich.ask(1..<5)
        let answers = munich.answered(5)
        #expect(answers == Array(repeating: .noAnswer("timed-out"), count: 5))
        munich.ask(5..<6)
        #expect(munich.answered(6).last == .noAnswer("paused"))
        #expect(munich.calls.with { $0.count } == 1)
    }
}
