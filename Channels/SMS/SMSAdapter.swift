package import ChannelKit
import Configuration
package import HTTP
package import InteractionModel

/// Texts by Twilio and by providers that speak as Twilio does.
///
/// It holds no state: what it must not forget is the site's to keep, and a repetition is recognised by its key.
package final class SMSAdapter: SendsMessages, ReportsDelivery {
    package static let channel = ChannelName("sms")

    package let account: AccountName
    private let configuration: SMSConfiguration
    private let services: any ChannelServices
    private let inbound: SMSInbound
    private let outbound: SMSOutbound
    private let messages: Webhook
    private let statuses: Webhook
    private let gate = Gate()

    package init(account: AccountName, configuration: SMSConfiguration, services: any ChannelServices) {
        self.account = account
        self.configuration = configuration
        self.services = services
        messages = Webhook(Self.channel, account)
        statuses = Webhook(Self.channel, account, suffix: "/status")
        inbound = SMSInbound(channel: Self.channel, account: account, configuration: configuration)
        let publicURL = configuration.publicURL ?? services.publicURL
        outbound = SMSOutbound(account: configuration, statusURL: publicURL + statuses.path)
    }

    package var webhooks: [Webhook] { [messages, statuses] }
    package func start() {}
    package func stop() { gate.close() }

    // MARK: - In

    package func receive(
        _ request: HTTPRequest, on webhook: Webhook, answer: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        let answer = gate.guarding(answer)
        let payload: SMSSignature.Payload
        do throws(Rejection) {
            payload = try signedPayload(of: request)
        } catch {
            return services.refuseUnauthenticated(error, answer: answer)
        }
        do throws(FieldFault) {
            let parameters = try SMSParameters(payload)
            if webhook == statuses {
                try receiveStatus(parameters, query: request.query, answer: answer)
            } else {
                services.submit(try inbound.event(from: parameters), acknowledgement: TwiML.nothing, answer: answer)
            }
        } catch {
            services.reject(error, answer: answer)
        }
    }

    private func signedPayload(of request: HTTPRequest) throws(Rejection) -> SMSSignature.Payload {
        guard let signature = request.header(SMSSignature.header) else { throw .signatureMissing }
        guard let algorithm = SMSSignature.algorithm(settings: request.header(SMSSignature.settingsHeader)),
            let payload = SMSSignature.Payload(of: request),
            SMSSignature.isValid(
                signature, url: (configuration.publicURL ?? services.publicURL) + request.target, payload: payload,
                keys: configuration.signatureKeys, algorithm: algorithm)
        else { throw .signatureWrong }
        return payload
    }

    private func receiveStatus(
        _ parameters: SMSParameters, query: String?, answer: @escaping @Sendable (HTTPResponse) -> Void
    ) throws(FieldFault) {
        let status = try SMSStatus.reading(
            parameters, query: query, channel: Self.channel, account: account, accountSid: configuration.accountSid)
        switch status {
        case .report(let report): services.report(report, acknowledgement: TwiML.nothing, answer: answer)
        case .underWay: answer(TwiML.nothing)
        case .unknown:
            services.count(.unknownKind)
            answer(TwiML.nothing)
        }
    }

    // MARK: - Out

    /// Twilio keeps an undelivered message for ten hours; a report that takes longer than a day is not coming.
    package let reportsWithin = Span.hours(24)

    package func send(
        _ message: OutboundMessage,
        completion: @escaping @Sendable (Result<SentReceipt, DeliveryFailure>) -> Void
    ) {
        let completion = gate.guarding(completion)
        do throws(DeliveryFailure) {
            let request = try outbound.request(for: message)
            // Only an address the operator wrote down may lie in the own network.
            services.perform(request, under: configuration.isAPIBaseGiven ? .operatorsOwn : .publicOnly) { result in
                completion(SMSSendResult.reading(result))
            }
        } catch {
            completion(.failure(error))
        }
    }
}
