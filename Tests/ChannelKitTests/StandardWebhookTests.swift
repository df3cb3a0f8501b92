import ChannelKit
import Configuration
import HTTP
import InteractionModel
import Testing

struct StandardWebhookTests {
    struct Published: Sendable {
        let secret: String
        let id: String
        let timestamp: Int64
        let body: String
        let signature: String

        var key: SignatureKey? { StandardWebhook.key(Secret(secret.utf8)) }

        func request(_ signatures: String) throws -> HTTPRequest {
            try HTTPRequest(
                "POST", "/hooks/template/main",
                headers: [
                    HTTPField("Webhook-Id", id), HTTPField("Webhook-Timestamp", "\(timestamp)"),
                    HTTPField("Webhook-Signature", signatures),
                ], body: Array(body.utf8))
        }
    }

    /// Examples of the libraries of Standard Webhooks and of Svix, who wrote it.
    static let published = [
        Published(
            secret: "whsec_plJ3nmyCDGBKInavdOK15jsl", id: "msg_loFOjxBNrRLzqYUf", timestamp: 1_731_705_121,
            body: #"{"event_type":"ping","data":{"success":true}}"#,
            signature: "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="),
        Published(
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330, body: #"{"test": 2432232314}"#,
            signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ]

    @Test(
        "Published signatures are right within five minutes of our clock, and ours are the same", arguments: published)
    func vector(example: Published) throws {
        let key = try #require(example.key)
        let then = Timestamp(milliseconds: example.timestamp * 1000)
        let headers = StandardWebhook.headers(id: example.id, at: then, body: Array(example.body.utf8), key: key)
        #expect(headers.last == HTTPField("webhook-signature", example.signature))
        let seen = try [-300, 0, 300].map { seconds in
            try StandardWebhook.verifiedID(
                of: example.request(example.signature), keys: [key], now: then.advanced(by: .seconds(seconds)))
        }
        #expect(seen == [example.id, example.id, example.id])
        for seconds: Int64 in [-301, 301, 1 << 40] {
            #expect(throws: Rejection.timestampOutsideWindow) {
                try StandardWebhook.verifiedID(
                    of: example.request(example.signature), keys: [key], now: then.advanced(by: .seconds(seconds)))
            }
        }
    }

    @Test("One right signature among those of other keys and versions is enough, in the first eight")
    func several() throws {
        let example = StandardWebhookTests.published[0]
        let key = try #require(example.key)
        let now = Timestamp(milliseconds: example.timestamp * 1000)
        let wrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        let taken = try example.request("v1a,Zm9v \(wrong) \(example.signature)")
        #expect(try StandardWebhook.verifiedID(of: taken, keys: [key], now: now) == example.id)
        let buried = try example.request(String(repeating: wrong + " ", count: 8) + example.signature)
        #expect(throws: Rejection.signatureWrong) {
            try StandardWebhook.verifiedID(of: buried, keys: [key], now: now)
        }
    }
}
