package import ChannelKit
package import HTTP
package import InteractionModel

/// The smallest whole adapter: a signed JSON webhook in, the same out. Copy this folder to begin a channel of your own.
package final class TemplateAdapter: SendsMessages {
    package static let channel = ChannelName("template")

    package let account: AccountName
    package let webhooks: [Webhook]
    private let replyURL: String
    /// The first signs; all are accepted.
    private let keys: [SignatureKey]
    private let services: any ChannelServices
    private let gate = Gate()

    package init(
        account: AccountName, configuration: TemplateConfiguration, services: any ChannelServices
    ) throws(ConfigurationFault) {
        self.account = account
        self.services = services
        replyURL = configuration.replyURL
        webhooks = [Webhook(Self.channel, account)]
        guard let key = StandardWebhook.key(configuration.secret) else { throw Self.fault("secret") }
        guard let previous = configuration.previousSecret else {
            keys = [key]
            return
        }
        guard let previousKey = StandardWebhook.key(previous) else { throw Self.fault("previousSecret") }
        keys = [key, previousKey]
    }

    package func start() {}
    package func stop() { gate.close() }

    package func receive(
        _ request: HTTPRequest, on webhook: Webhook, answer: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        let answer = gate.guarding(answer)
        let id: String
        do throws(Rejection) {
            id = try StandardWebhook.verifiedID(of: request, keys: keys, now: services.now())
        } catch {
            return services.refuseUnauthenticated(error, answer: answer)
        }
        do throws(FieldFault) {
            let event = try TemplateEvent.reading(request.body, id: id, channel: Self.channel, account: account)
            services.submit(event, acknowledgement: HTTPResponse(status: 204), answer: answer)
        } catch {
            services.reject(error, answer: answer)
        }
    }

    package func send(
        _ message: OutboundMessage,
        completion: @escaping @Sendable (Result<SentReceipt, DeliveryFailure>) -> Void
    ) {
        let completion = gate.guarding(completion)
        let request = TemplateReply.request(
            for: message, account: account, url: replyURL, key: keys[0], now: services.now())
        services.perform(request, under: .operatorsOwn) { completion(TemplateReply.result($0)) }
    }

    private static func fault(_ key: String) -> ConfigurationFault {
        ConfigurationFault(key, "must hold whsec_ and 16 to 64 bytes in base64; copy the whole secret")
    }
}
