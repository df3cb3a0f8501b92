import InteractionModel
import JSON
import Routing
import Testing

@testable import Site

@Suite struct AgentTests {
    @Test("A feed tells exactly what came after a sequence, or that it cannot")
    func feed() {
        var feed = AgentFeed(completeAfter: 10)
        for sequence in [Int64(12), 15, 20] { feed.append(.init(sequence: sequence, text: [])) }
        #expect(feed.events(after: 9) == nil)
        #expect(feed.events(after: 10)?.map(\.sequence) == [12, 15, 20])
        #expect(feed.events(after: 15)?.map(\.sequence) == [20])
        #expect(feed.events(after: 99)?.map(\.sequence) == [])
    }

    @Test("A feed that overflows forgets the oldest and says so")
    func feedOverflow() {
        var feed = AgentFeed(completeAfter: 0)
        for sequence in 1...Int64(AgentFeed.eventsMax + 1) { feed.append(.init(sequence: sequence, text: [])) }
        #expect(feed.completeAfter == Int64(AgentFeed.eventsMax / 4))
        #expect(feed.events(after: feed.completeAfter - 1) == nil)
        #expect(feed.events(after: feed.completeAfter)?.first?.sequence == feed.completeAfter + 1)
    }

    static let requests: [(String, AgentRequest.Body)] = [
        (#"{"type":"ping"}"#, .ping),
        (#"{"type":"status","status":"available"}"#, .command(.setStatus(.available))),
        (#"{"type":"status","status":"not-ready","reason":"lunch"}"#, .command(.setStatus(.notReady(.init("lunch"))))),
        (#"{"type":"status","status":"signed-out"}"#, .command(.setStatus(.signedOut))),
        (#"{"type":"accept","offer":7}"#, .command(.accept(OfferID(7)))),
        (#"{"type":"reject","offer":7,"reason":"busy"}"#, .command(.reject(OfferID(7), reason: "busy"))),
        (
            #"{"type":"reply","id":"r1","interaction":4,"text":"Guten Tag"}"#,
            .reply(InteractionID(4), text: "Guten Tag")
        ),
        (#"{"type":"wrapup","interaction":4}"#, .command(.wrapUp(InteractionID(4)))),
        (#"{"type":"close","interaction":4}"#, .command(.close(InteractionID(4), disposition: nil))),
        (
            #"{"type":"close","interaction":4,"disposition":"sold"}"#,
            .command(.close(InteractionID(4), disposition: "sold"))
        ),
        (#"{"type":"requeue","interaction":4}"#, .command(.requeue(InteractionID(4), to: nil))),
        (#"{"type":"requeue","interaction":4,"queue":"b"}"#, .command(.requeue(InteractionID(4), to: QueueName("b")))),
    ]

    static let conversations: [(String, AgentCommand)] = [
        (#"{"type":"requeue","interaction":4,"notMe":true}"#, .requeue(id, to: nil, notMe: true)),
        (#"{"type":"hold","interaction":4}"#, .hold(id)), (#"{"type":"resume","interaction":4}"#, .resume(id)),
        (#"{"type":"transfer","interaction":4,"queue":"law"}"#, .transfer(id, to: .queue(QueueName("law")))),
        (
            #"{"type":"transfer","interaction":4,"agent":"ben","notMe":true}"#,
            .transfer(id, to: .agent(AgentName("ben")), notMe: true)
        ),
        (#"{"type":"consult","interaction":4,"agent":"ben"}"#, .consult(id, with: .agent(AgentName("ben")))),
        (#"{"type":"consult","interaction":4,"queue":"law"}"#, .consult(id, with: .queue(QueueName("law")))),
        (#"{"type":"dismiss","interaction":4,"agent":"ben"}"#, .dismiss(id, AgentName("ben"))),
        (#"{"type":"complete","interaction":4}"#, .complete(id, to: nil)),
        (#"{"type":"complete","interaction":4,"agent":"ben"}"#, .complete(id, to: AgentName("ben"))),
        (#"{"type":"conference","interaction":4}"#, .conference(id)),
        (#"{"type":"leave","interaction":4}"#, .leave(id)), (#"{"type":"escalate","interaction":4}"#, .escalate(id)),
    ]

    private static let id = InteractionID(4)

    @Test("What a desktop says of colleagues and hold means one command", arguments: conversations)
    func readsConversations(text: String, command: AgentCommand) throws {
        #expect(try AgentRequest.read(Array(text.utf8)).get().body == .command(command))
    }

    @Test("A desktop's message means one request", arguments: requests)
    func reads(text: String, body: AgentRequest.Body) throws {
        #expect(try AgentRequest.read(Array(text.utf8)).get().body == body)
    }

    static let faults: [(String, String)] = [
        ("", "$"), ("[]", "$"), (#"{"type":"dance"}"#, "$.type"), (#"{"type":"accept"}"#, "$.offer"),
        (#"{"type":"accept","offer":"7"}"#, "$.offer"), (#"{"type":"accept","offer":7,"ofer":1}"#, "$.ofer"),
        (#"{"type":"reply","interaction":4,"text":"x"}"#, "$.id"),
        (#"{"type":"reply","id":"a","interaction":4,"text":""}"#, "$.text"),
        (#"{"type":"consult","interaction":4}"#, "$.agent"), (#"{"type":"dismiss","interaction":4}"#, "$.agent"),
        (#"{"type":"transfer","interaction":4,"agent":"ben","queue":"law"}"#, "$.agent"),
        (#"{"type":"hold"}"#, "$.interaction"), (#"{"type":"status","status":"asleep"}"#, "$.status"),
        (#"{"type":"accept","offer":1,"offer":2}"#, "$.offer"),
    ]

    @Test("A message that is no request is answered with the field that is wrong", arguments: faults)
    func refuses(text: String, field: String) {
        guard case .failure(let fault) = AgentRequest.read(Array(text.utf8)) else {
            Issue.record("taken: \(text)")
            return
        }
        #expect(fault.problems.contains { $0.path == field }, "\(fault.problems)")
    }
}
