import ChannelKit
import HTTP
import InteractionModel
import Testing

struct WebhookAnswerTests {
    @Test(
        "Retry-After is in whole seconds, rounded up, and never nothing",
        arguments: [(0, "1"), (1, "1"), (1000, "1"), (1001, "2"), (60_000, "60")] as [(Int64, String)])
    func retryAfter(milliseconds: Int64, expected: String) {
        let refusal = Submission.Refusal(.unavailable, retryAfter: Span(milliseconds: milliseconds))
        let answer = WebhookAnswer.refused(refusal)
        #expect(answer.status == 503)
        #expect(answer.headers.contains(HTTPField("Retry-After", expected)))
    }

    @Test("A webhook's path names channel and account")
    func path() {
        let webhook = Webhook(ChannelName("sms"), AccountName("main"), suffix: "/status")
        #expect(webhook.path == "/hooks/sms/main/status")
        #expect(webhook.method == .post)
    }
}
