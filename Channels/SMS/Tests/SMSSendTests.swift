import ChannelContract
import ChannelKit
import HTTP
import InteractionModel
import SMS
import Testing

struct SMSSendTests {
    @Test("A reply is posted to Twilio with the number the customer wrote to, and says where its reports belong")
    func request() throws {
        let bench = try Bench(SMSDriver())
        bench.services.change { $0.providerAnswer = .success(SMSDriver().acceptance) }
        var message = SMSDriver().message
        message.content.media = [MediaReference(url: "https://files.example/1", contentType: "image/png")]
        let completions = bench.send(message)
        let expected = ClientRequest(
            "POST", "https://api.twilio.com/2010-04-01/Accounts/\(SMSDriver.accountSid)/Messages.json",
            headers: [ClientField("Accept", "application/json")],
            body: .form([
                ClientField("To", "+4915112345678"), ClientField("From", "+4930900000"),
                ClientField("Body", "Ist unterwegs 👋"), ClientField("MediaUrl", "https://files.example/1"),
                ClientField("StatusCallback", "https://if.example.test/hooks/sms/main/status?message=42"),
            ]), authorization: .basic(user: SMSDriver.accountSid, password: SMSDriver.token))
        #expect(bench.services.current.requests == [expected])
        #expect(completions == [.success(SentReceipt(providerReference: "SM11111111111111111111111111111111"))])
    }

    @Test("A messaging service picks the number itself")
    func messagingService() throws {
        let service = "MG" + String(repeating: "1", count: 32)
        let yaml = SMSDriver.account.replacing("from: \"+4930900000\"", with: "messagingServiceSid: \(service)")
        let outbound = SMSOutbound(account: try SMSDriver.configuration(yaml), statusURL: "https://a.test/s")
        let request = try outbound.request(for: SMSDriver().message)
        guard case .form(let fields) = request.body else { return #expect(Bool(false), "not a form") }
        #expect(fields.map(\.name) == ["To", "MessagingServiceSid", "Body", "StatusCallback"])
    }

    @Test(
        "What Twilio will never take is not sent",
        arguments: [
            (MessageContent(text: ""), DeliveryFailure.Reason.contentRefused),
            (MessageContent(text: String(repeating: "x", count: 1601)), .contentRefused),
            (
                MessageContent(
                    text: "", media: Array(repeating: .init(url: "https://a/1", contentType: ""), count: 11)),
                .contentRefused
            ),
        ])
    func neverSent(content: MessageContent, reason: DeliveryFailure.Reason) throws {
        let bench = try Bench(SMSDriver())
        var message = SMSDriver().message
        message.content = content
        let completions = bench.send(message)
        guard case .failure(let failure) = completions.first else { return #expect(Bool(false), "it was sent") }
        #expect(failure.verdict == .never && failure.reason == reason)
        #expect(bench.services.current.requests == [])
    }

    @Test(
        "Twilio's own error codes say what to do next",
        arguments: [
            (400, 21610, DeliveryFailure.Verdict.never, DeliveryFailure.Reason.unsubscribed),
            (400, 21211, .never, .recipientRefused), (400, 21614, .never, .recipientRefused),
            (400, 21617, .never, .contentRefused), (400, 21606, .never, .misconfigured),
            (400, 21611, .again(after: nil), .throttled), (400, 99999, .never, .refused),
            (404, 20404, .never, .misconfigured), (401, 20003, .again(after: .minutes(15)), .credentialsRefused),
            (429, 20429, .again(after: nil), .throttled), (500, 20500, .again(after: nil), .providerUnavailable),
        ])
    func codes(
        status: Int, code: Int, verdict: DeliveryFailure.Verdict, reason: DeliveryFailure.Reason
    ) throws {
        let body = #"{"code":\#(code),"message":"The number +4915112345678 will not do","status":\#(status)}"#
        let result = SMSSendResult.reading(.success(ClientResponse(status: status, body: Array(body.utf8))))
        guard case .failure(let failure) = result else { return #expect(Bool(false), "read as sent") }
        #expect(failure.verdict == verdict)
        #expect(failure.reason == reason)
        #expect(failure.cause == "Twilio \(status), code \(code): The number +# will not do")
        #expect(failure.suppressesRecipient == (code == 21610))
        #expect(!failure.text.contains("Twilio") && !failure.text.contains("491"))
    }

    @Test("An answer that began with success counts as sent, though its end was lost")
    func cutAnswer() {
        let failure = ClientFailure(.cut, .unknown, status: 201, cause: "cut")
        #expect(SMSSendResult.reading(.failure(failure)) == .success(SentReceipt()))
    }

    @Test("Only an address the operator wrote down may lie in the own network", arguments: [true, false])
    func addressPolicy(isGiven: Bool) throws {
        let yaml = SMSDriver.account + (isGiven ? "\napiBase: http://127.0.0.1:9/" : "")
        let configuration = try SMSDriver.configuration(yaml)
        #expect(configuration.isAPIBaseGiven == isGiven)
        #expect(configuration.apiBase == (isGiven ? "http://127.0.0.1:9" : "https://api.twilio.com"))
    }
}
