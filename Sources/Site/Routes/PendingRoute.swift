import Federation
import HTTP
import InteractionModel
import Routing
import Threads

/// One question under way: whoever settles it first answers it.
final class PendingRoute: Sendable {
    let request: RouteRequest
    let client: RoutingClient
    let responder: HTTPResponder
    /// Milliseconds of `RouteDesk.now()`.
    let began: Int64
    private let state = Guarded(State())

    private struct State {
        var isSettled = false
        var deadline: Int64 = 0
        var inVain: [SiteSelection.Dropped] = []
    }

    init(_ request: RouteRequest, _ client: RoutingClient, _ responder: HTTPResponder, began: Int64) {
        self.request = request
        self.client = client
        self.responder = responder
        self.began = began
        let deadline = began + client.deadline.milliseconds
        state.with { $0.deadline = deadline }
    }

    /// Whether the caller is the one to answer: the first who asks is.
    func settle() -> Bool {
        state.with { state in
            defer { state.isSettled = true }
            return !state.isSettled
        }
    }

    var isSettled: Bool { state.with { $0.isSettled } }
    var deadline: Int64 { state.with { $0.deadline } }

    /// A peer must be asked: that has a deadline of its own, counted from the question.
    func awaitPeer() {
        let deadline = began + client.peerDeadline.milliseconds
        state.with { $0.deadline = max($0.deadline, deadline) }
    }

    var inVain: [SiteSelection.Dropped] { state.with { $0.inVain } }
    func note(_ dropped: SiteSelection.Dropped) { state.with { $0.inVain.append(dropped) } }
}
