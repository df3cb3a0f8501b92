package import ChannelKit
package import HTTP
package import InteractionModel
import Threads

/// A site in a few lines: keeps what it is given, tells repetitions by their key, and can be told to be slow, full or
/// without a provider.
package final class ContractServices: ChannelServices {
    package struct State: Sendable {
        package var events: [ContactEvent] = []
        package var reports: [DeliveryReport] = []
        package var rejections: [Rejection] = []
        package var requests: [ClientRequest] = []
        /// Nothing is kept while it is set.
        package var refusal: Submission.Refusal?
        /// Commits and the provider's answers wait while it is set.
        package var isHolding = false
        package var providerAnswer: Result<ClientResponse, ClientFailure> = .success(ClientResponse(status: 500))
        package var now = Timestamp(milliseconds: 1_795_284_000_000)
        fileprivate var keys: Set<IdempotencyKey> = []
        fileprivate var held: [@Sendable () -> Void] = []
    }

    private let state = Guarded(State())
    package let publicURL = "https://if.example.test"

    package init() {}

    package var current: State { state.change { $0 } }
    package func change(_ body: (inout State) -> Void) { state.change { body(&$0) } }

    /// Forgets what it saw so far, but no key: a repetition stays one.
    package func forget() {
        change { state in
            state.events = []
            state.reports = []
            state.rejections = []
        }
    }

    package func now() -> Timestamp { current.now }

    package func submit(_ event: ContactEvent, completion: @escaping @Sendable (Submission) -> Void) {
        keep(event.key, completion: completion) { $0.events.append(event) }
    }

    package func report(_ report: DeliveryReport, completion: @escaping @Sendable (Submission) -> Void) {
        keep(report.key, completion: completion) { $0.reports.append(report) }
    }

    package func perform(
        _ request: ClientRequest, under policy: AddressPolicy,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        let answer = state.change { state in
            state.requests.append(request)
            return state.providerAnswer
        }
        callOrHold { completion(answer) }
    }

    package func count(_ rejection: Rejection) {
        state.change { $0.rejections.append(rejection) }
    }

    /// Lets go of everything held, last things first when `reversed`; what comes later is not held.
    package func release(reversed: Bool = false) {
        let held = state.change { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for call in reversed ? held.reversed() : held { call() }
    }

    private func keep(
        _ key: IdempotencyKey, completion: @escaping @Sendable (Submission) -> Void, record: (inout State) -> Void
    ) {
        let submission: Submission = state.change { state in
            if let refusal = state.refusal { return .refused(refusal) }
            let isNew = state.keys.insert(key).inserted
            record(&state)
            return .accepted(InteractionID(Int64(state.keys.count)), duplicate: !isNew)
        }
        callOrHold { completion(submission) }
    }

    private func callOrHold(_ call: @escaping @Sendable () -> Void) {
        let isHeld = state.change { state in
            if state.isHolding { state.held.append(call) }
            return state.isHolding
        }
        if !isHeld { call() }
    }
}
