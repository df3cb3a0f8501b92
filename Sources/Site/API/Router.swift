import ChannelKit
import HTTP

/// Finds the operation of a request and checks that its sender may use it. Anything unknown is 404, an unknown method
/// 405, no valid token 401, the wrong role 403.
final class Router: HTTPHandler, Sendable {
    private let operations: [Operation]
    private let hooks: [Hook]
    private let pages: StaticAssets
    private let book: IdentityBook
    private let counters: SiteCounters
    private let gate: PeerGate

    struct Hook: Sendable {
        var webhook: Webhook
        var adapter: any ChannelAdapter
    }

    init(
        operations: [Operation], hooks: [Hook], pages: StaticAssets, book: IdentityBook, counters: SiteCounters,
        gate: PeerGate
    ) {
        self.operations = operations
        self.hooks = hooks
        self.pages = pages
        self.book = book
        self.counters = counters
        self.gate = gate
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let path = request.path
        if path.hasPrefix("/hooks/") { return hook(request, path, responder) }
        var methods: [HTTPMethod] = []
        for operation in operations {
            guard let arguments = Self.match(operation.path, path) else { continue }
            guard Self.serves(operation.method, request.method) else {
                methods.append(operation.method)
                continue
            }
            return perform(operation, request, responder, arguments)
        }
        guard methods.isEmpty else { return responder.send(.methodNotAllowed(allow: methods)) }
        responder.send(pages.response(to: request) ?? Self.notFound)
    }

    /// HEAD is GET without the body.
    private static func serves(_ method: HTTPMethod, _ asked: HTTPMethod) -> Bool {
        method == asked || (method == .get && asked == .head)
    }

    private static let notFound = HTTPResponse.problem(
        404, "not-found", "There is nothing at this address; /openapi.json lists what there is.")

    private func perform(
        _ operation: Operation, _ request: HTTPRequest, _ responder: HTTPResponder, _ arguments: [String]
    ) {
        let call = Call(request: request, responder: responder, identity: nil, arguments: arguments)
        switch operation.access {
        case .anyone, .signature: operation.perform(call)
        case .peers: performForPeer(operation, call)
        case .roles(let roles): perform(operation, call, for: roles)
        }
    }

    private func performForPeer(_ operation: Operation, _ call: Call) {
        do throws(PeerRefusal) {
            var call = call
            call.peer = PeerCall(call.request, call.responder, try gate.admit(call.request), gate)
            operation.perform(call)
        } catch {
            call.responder.send(error.response)
        }
    }

    private func perform(_ operation: Operation, _ call: Call, for roles: Set<Role>) {
        let (request, responder, arguments) = (call.request, call.responder, call.arguments)
        guard let identity = book.identity(of: request) else {
            counters.unauthorised()
            return responder.send(Self.unauthorised)
        }
        guard roles.contains(identity.role) else {
            counters.forbidden()
            return responder.send(Self.forbidden(identity.role, roles))
        }
        operation.perform(Call(request: request, responder: responder, identity: identity, arguments: arguments))
    }

    private static let unauthorised = HTTPResponse.problem(
        401, "unauthorised", "Send a valid token: Authorization: Bearer ifl_…",
        headers: [HTTPField("WWW-Authenticate", "Bearer realm=\"interflow\"")])

    private static func forbidden(_ role: Role, _ roles: Set<Role>) -> HTTPResponse {
        let allowed = roles.map(\.rawValue).sorted().joined(separator: ", ")
        return .problem(403, "forbidden", "This is for \(allowed); the token's role is \(role.rawValue).")
    }

    private func hook(_ request: HTTPRequest, _ path: String, _ responder: HTTPResponder) {
        let here = hooks.filter { $0.webhook.path == path }
        guard !here.isEmpty else { return responder.send(Self.notFound) }
        guard let hook = here.first(where: { $0.webhook.method == request.method }) else {
            return responder.send(.methodNotAllowed(allow: here.map(\.webhook.method)))
        }
        hook.adapter.receive(request, on: hook.webhook) { responder.send($0) }
    }

    /// The parameters' values when `path` has the form of `template`.
    static func match(_ template: String, _ path: String) -> [String]? {
        if template == path { return [] }
        guard template.utf8.contains(UInt8(ascii: "{")) else { return nil }
        let wanted = template.split(separator: "/", omittingEmptySubsequences: false)
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        guard wanted.count == given.count else { return nil }
        var arguments: [String] = []
        for (one, other) in zip(wanted, given) {
            if one.hasPrefix("{") {
                guard !other.isEmpty else { return nil }
                arguments.append(String(other))
            } else if one != other {
                return nil
            }
        }
        return arguments
    }
}
