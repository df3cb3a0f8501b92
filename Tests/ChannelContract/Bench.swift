package import ChannelKit
package import HTTP
package import Threads

/// One adapter and the site it speaks to, and the verbs by which rules try them.
package final class Bench<Driver: ChannelDriver>: Sendable {
    package let services: ContractServices
    package let adapter: Driver.Adapter

    package init(_ driver: Driver) throws {
        services = ContractServices()
        adapter = try driver.adapter(services)
        adapter.start()
    }

    /// Delivers a request as a site would, and tells everything that came of it at once. Nil when no adapter would get
    /// it: the server or the route refuses it.
    package func deliver(_ recorded: RecordedRequest) -> Outcome? {
        guard let request = recorded.request, let webhook = webhook(for: request) else { return nil }
        return deliver(request, on: webhook)
    }

    package func deliver(_ request: HTTPRequest, on webhook: Webhook) -> Outcome {
        services.forget()
        let answers = Guarded<[HTTPResponse]>([])
        adapter.receive(request, on: webhook) { answer in answers.change { $0.append(answer) } }
        let seen = services.current
        return Outcome(
            answers: answers.change { $0 }, events: seen.events, reports: seen.reports, rejections: seen.rejections)
    }

    /// Delivers a request whose answer may come later; `answers` is filled when it does.
    package func deliver(_ recorded: RecordedRequest, collecting answers: Guarded<[HTTPResponse]>) {
        guard let request = recorded.request, let webhook = webhook(for: request) else { return }
        adapter.receive(request, on: webhook) { answer in answers.change { $0.append(answer) } }
    }

    package func webhook(for request: HTTPRequest) -> Webhook? {
        adapter.webhooks.first { $0.path == request.path && $0.method == request.method }
    }

    /// Sends the driver's message and tells every completion that came at once.
    package func send(_ message: OutboundMessage) -> [Result<SentReceipt, DeliveryFailure>] {
        let completions = Guarded<[Result<SentReceipt, DeliveryFailure>]>([])
        adapter.send(message) { result in completions.change { $0.append(result) } }
        return completions.change { $0 }
    }
}
