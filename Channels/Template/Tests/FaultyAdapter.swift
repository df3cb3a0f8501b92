import ChannelContract
import ChannelKit
import HTTP
import InteractionModel
import Template
import Threads

/// A promise an adapter can break, and the rule that must notice.
enum Fault: String, CaseIterable, Sendable {
    case answersEarly, answersTwice, trustsEveryone, explainsRefusals, knowsOneKey, ignoresTheClock, makesNewKeys
    case countsInItsAnswers, hidesRefusals, namesNoField, swallowsNonsense, ignoresStop, givesUp, completesTwice,
        changesWhatItSends

    var rules: [ContractRule] {
        switch self {
        case .answersEarly: [.acknowledgementFollowsCommit]
        case .answersTwice: [.everyFixtureComesTrue, .crowdsAreAnswered]
        case .trustsEveryone: [.forgeriesGetNowhere, .flippedBitsGetNowhere]
        case .explainsRefusals: [.forgeriesGetNowhere]
        case .knowsOneKey: [.previousKeyCounts]
        case .ignoresTheClock: [.staleRequestsGetNowhere]
        case .makesNewKeys: [.everyFixtureComesTrue, .repetitionsAreOne]
        case .countsInItsAnswers: [.repetitionsAreOne, .crowdsAreAnswered, .orderDoesNotMatter]
        case .hidesRefusals: [.floodsAreSentAway]
        case .namesNoField: [.badInputNamesItsField]
        case .swallowsNonsense: [.nonsenseIsAnswered]
        case .ignoresStop: [.stopIsSilence]
        case .givesUp: [.providerDownMeansAgain]
        case .completesTwice, .changesWhatItSends: [.sendingReportsSuccess]
        }
    }
}

/// The template adapter with one promise broken.
final class FaultyAdapter: SendsMessages {
    static let channel = TemplateAdapter.channel

    let inner: TemplateAdapter
    private let fault: Fault
    private let services: FaultyServices
    private let calls = Guarded(0)

    init(_ inner: TemplateAdapter, _ fault: Fault, _ services: FaultyServices) {
        self.inner = inner
        self.fault = fault
        self.services = services
    }

    convenience init(
        account: AccountName, configuration: TemplateConfiguration, services: any ChannelServices
    ) throws(ConfigurationFault) {
        let faulty = FaultyServices(services, nil)
        self.init(
            try TemplateAdapter(account: account, configuration: configuration, services: faulty), .ignoresStop, faulty)
    }

    var account: AccountName { inner.account }
    var webhooks: [Webhook] { inner.webhooks }
    func start() { inner.start() }
    func stop() { if fault != .ignoresStop { inner.stop() } }

    func receive(_ request: HTTPRequest, on webhook: Webhook, answer: @escaping @Sendable (HTTPResponse) -> Void) {
        services.timestamp = request.header("webhook-timestamp").flatMap { Int64($0) }
        let number = calls.change { count in
            count += 1
            return count
        }
        if fault == .answersEarly { answer(HTTPResponse(status: 204)) }
        inner.receive(changed(request), on: webhook) { [fault] response in
            switch (fault, response.status) {
            case (.answersEarly, 204): break
            case (.answersTwice, _):
                answer(response)
                answer(response)
            case (.explainsRefusals, 401): answer(HTTPResponse(Problem(status: 401, detail: "The digest is wrong.")))
            case (.knowsOneKey, 204) where !Self.isSignedNow(request): answer(WebhookAnswer.unauthenticated)
            case (.countsInItsAnswers, _): answer(response.adding([HTTPField("Count", "\(number)")]))
            case (.hidesRefusals, 503): answer(HTTPResponse(status: 204))
            case (.namesNoField, 400): answer(HTTPResponse(Problem(status: 400, detail: "That will not do.")))
            case (.swallowsNonsense, 400): break
            default: answer(response)
            }
        }
    }

    func send(
        _ message: OutboundMessage, completion: @escaping @Sendable (Result<SentReceipt, DeliveryFailure>) -> Void
    ) {
        var message = message
        if fault == .changesWhatItSends {
            message.id = MessageID(
                Int64(
                    calls.change {
                        $0 += 1
                        return $0
                    }))
        }
        inner.send(message) { [fault] result in
            completion(
                fault == .givesUp ? result.mapError { .never($0.reason, text: $0.text, cause: $0.cause) } : result)
            if fault == .completesTwice { completion(result) }
        }
    }

    private func changed(_ request: HTTPRequest) -> HTTPRequest {
        guard fault == .trustsEveryone else { return request }
        let recorded = RecordedRequest(
            request.method.rawValue, request.target, headers: request.headers, body: request.body)
        let dated = recorded.setting("webhook-timestamp", "1795284000").setting("webhook-id", "msg_any")
        return TemplateDriver().sign(dated, with: .current).request ?? request
    }

    private static func isSignedNow(_ request: HTTPRequest) -> Bool {
        let recorded = RecordedRequest(
            request.method.rawValue, request.target, headers: request.headers, body: request.body)
        return TemplateDriver().sign(recorded, with: .current).header("webhook-signature")
            == recorded.header("webhook-signature")
    }
}

/// The site as the faulty adapter sees it: with a clock that agrees with everybody, or with keys that never repeat.
final class FaultyServices: ChannelServices {
    private let inner: any ChannelServices
    private let fault: Fault?
    private let state = Guarded<(timestamp: Int64?, keys: Int)>((nil, 0))

    init(_ inner: any ChannelServices, _ fault: Fault?) {
        self.inner = inner
        self.fault = fault
    }

    var timestamp: Int64? {
        get { state.change { $0.timestamp } }
        set { state.change { $0.timestamp = newValue } }
    }

    var publicURL: String { inner.publicURL }

    func now() -> Timestamp {
        guard fault == .ignoresTheClock, let timestamp else { return inner.now() }
        return Timestamp(milliseconds: timestamp * 1000)
    }

    func submit(_ event: ContactEvent, completion: @escaping @Sendable (Submission) -> Void) {
        var event = event
        if fault == .makesNewKeys {
            let number = state.change { state in
                state.keys += 1
                return state.keys
            }
            event.key = IdempotencyKey("key-\(number)") ?? event.key
        }
        inner.submit(event, completion: completion)
    }

    func report(_ report: DeliveryReport, completion: @escaping @Sendable (Submission) -> Void) {
        inner.report(report, completion: completion)
    }

    func perform(
        _ request: ClientRequest, under policy: AddressPolicy,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        inner.perform(request, under: policy, completion: completion)
    }

    func count(_ rejection: Rejection) { inner.count(rejection) }
}
