import Federation
import HTTP
import InteractionModel
import JSON
import Routing
import Threads

/// Places that this site keeps for calls of its peers' switches.
extension API {
    var placeOperations: [Operation] {
        [
            .federation(
                "/federation/v1/reserve", id: "reservePlaces",
                summary:
                    "Keep places for calls that the peer's switches will deliver here; answered after they are durable.",
                responses: [(200, "One place, or why there is none, for each call.", nil), (503, "Ask later.", nil)],
                perform: keepPlaces)
        ]
    }

    private func keepPlaces(_ call: PeerCall) {
        guard let asked = PlaceMessages.readQuestion(call.body, from: call.peer.name) else {
            return call.refuse(400, "invalid-request", "This is no question for places.")
        }
        for key in asked.release { _ = inbox.offer(Job(.route(RouteJob(input: .letGo(key))))) }
        guard !asked.keep.isEmpty else { return call.answer(200, json: PlaceMessages.answer(from: site, [])) }
        let places = Guarded<[PlaceAnswer?]>(Array(repeating: nil, count: asked.keep.count))
        for (index, ask) in asked.keep.enumerated() {
            let settle: @Sendable (PlaceAnswer) -> Void = { [site] answer in
                let all: [PlaceAnswer]? = places.with { places in
                    places[index] = answer
                    let settled = places.compactMap { $0 }
                    return settled.count == places.count ? settled : nil
                }
                if let all { call.answer(200, json: PlaceMessages.answer(from: site, all)) }
            }
            let job = Job(
                .route(RouteJob(input: .keep(ask.keeping), content: ask.content)),
                .call { outcome, state in settle(Self.place(outcome, state)) })
            if case .taken = inbox.offer(job) { continue }
            settle(.noAnswer("overloaded"))
        }
    }

    private static func place(_ outcome: JobOutcome, _ state: borrowing RoutingState) -> PlaceAnswer {
        switch outcome {
        case .unavailable(let reason): return .noAnswer(reason.rawValue)
        case .answered(.route(.answered(let number, _))):
            guard let row = state.routes[number] else { return .noAnswer("forgotten") }
            return .kept(
                RouteKept(
                    keeper: .init(site: state.site, reservation: number), uri: row.uri, label: row.label,
                    number: row.number))
        case .answered(.route(.refused(let why))): return .refused(why)
        case .answered(.route(.full)): return .refused("full")
        case .answered: return .noAnswer("no decision")
        }
    }
}
