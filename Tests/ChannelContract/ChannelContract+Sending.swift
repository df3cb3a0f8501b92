import ChannelKit
import HTTP
import InteractionModel

extension ChannelContract {
    func sendingReportsSuccess() throws -> [String] {
        let bench = try Bench(driver)
        bench.services.change { $0.providerAnswer = .success(driver.acceptance) }
        let first = bench.send(driver.message)
        let second = bench.send(driver.message)
        let requests = bench.services.current.requests
        return [
            first.count == 1 && first == second ? nil : "completions: \(first), then \(second)",
            (try? first.first?.get()) != nil ? nil : "what the provider took was not sent: \(first)",
            requests.count == 2 && Set(requests).count == 1 ? nil : "sent again, it was another request",
        ].compactMap { $0 }
    }

    func providerDownMeansAgain() throws -> [String] {
        try Trouble.all.compactMap { trouble in
            let bench = try Bench(driver)
            bench.services.change { $0.providerAnswer = trouble.answer }
            let completions = bench.send(driver.message)
            guard completions.count == 1, case .failure(let failure) = completions[0] else {
                return "\(trouble.name): \(completions)"
            }
            guard case .again(let pause) = failure.verdict, failure.outcome == trouble.outcome,
                trouble.pause == nil || pause == trouble.pause, !failure.text.isEmpty, !failure.cause.isEmpty
            else { return "\(trouble.name): \(failure)" }
            return nil
        }
    }
}

/// A way in which a provider can be down, and what must be said of it.
private struct Trouble {
    let name: String
    let answer: Result<ClientResponse, ClientFailure>
    let outcome: DeliveryFailure.Outcome
    var pause: Span?

    static let all = [
        failure(.unreachable, .notSent), failure(.unresolved, .notSent), failure(.untrusted, .notSent),
        failure(.tooManyWaiting, .notSent), failure(.timedOut, .notSent), failure(.timedOut, .unknown),
        failure(.cut, .unknown), failure(.shutDown, .unknown), failure(.malformedResponse, .unknown),
        status(500, .unknown), status(502, .unknown), status(504, .unknown), status(429, .notSent),
        status(401, .notSent), status(403, .notSent), status(302, .notSent),
        status(503, .unknown, retryAfter: "30", pause: .seconds(30)),
        status(429, .notSent, retryAfter: "120", pause: .seconds(120)),
        status(429, .notSent, retryAfter: "99999999999", pause: .hours(24)),
    ]

    private static func failure(_ reason: ClientFailure.Reason, _ delivery: ClientFailure.Delivery) -> Trouble {
        Trouble(
            name: "\(reason), \(delivery)", answer: .failure(ClientFailure(reason, delivery, cause: "as tried")),
            outcome: delivery == .notSent ? .notSent : .unknown)
    }

    private static func status(
        _ status: Int, _ outcome: DeliveryFailure.Outcome, retryAfter: String? = nil, pause: Span? = nil
    ) -> Trouble {
        let headers = retryAfter.map { [ClientField("Retry-After", $0)] } ?? []
        return Trouble(
            name: "\(status)", answer: .success(ClientResponse(status: status, headers: headers)), outcome: outcome,
            pause: pause)
    }
}
