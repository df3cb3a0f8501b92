import ChannelContract
import ChannelKit
import HTTP
import InteractionModel
import Template
import Testing

struct TemplateReplyTests {
    @Test("A reply can be checked by its receiver with the same secret, and its identifier is the same when sent again")
    func reply() throws {
        let bench = try Bench(TemplateDriver())
        bench.services.change { $0.providerAnswer = .success(ClientResponse(status: 204)) }
        _ = bench.send(TemplateDriver().message)
        let sent = try #require(bench.services.current.requests.first)
        guard case .bytes(let body, contentType: "application/json") = sent.body else {
            return #expect(Bool(false), "not a JSON body")
        }
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"message":7,"to":"anna","from":"help","thread":"t-7","text":"On its way 👋","media":[]}"#)
        let received = RecordedRequest(
            "POST", "/in", headers: sent.headers.map { HTTPField($0.name, $0.value) }, body: body)
        #expect(TemplateDriver().sign(received, with: .current) == received)
        #expect(received.header("webhook-id") == "main-7")
    }

    @Test("A receiver that refuses a message for good is not asked again", arguments: [400, 404, 410, 422])
    func refused(status: Int) {
        let result = TemplateReply.result(.success(ClientResponse(status: status)))
        #expect(
            result
                == .failure(.never(.refused, text: "The receiver refuses this message.", cause: "status \(status)")))
    }

    @Test(
        "A secret that is not whsec_ and enough base64 stops the start",
        arguments: [
            "", "secret", "whsec_", "whsec_!!!!", "whsec_AAAA", "WHSEC_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        ])
    func badSecret(secret: String) throws {
        guard let configuration = try? TemplateDriver.configuration(secret: secret) else {
            #expect(secret.isEmpty, "only an empty file is refused before the adapter sees it")
            return
        }
        #expect(throws: ConfigurationFault.self) {
            try TemplateAdapter(
                account: AccountName("main"), configuration: configuration, services: ContractServices())
        }
    }
}
