import ChannelKit
import Configuration
package import HTTP
import InteractionModel
package import JSON
import SMS

/// Somebody outside who calls a site's API and its webhooks.
package final class Caller: Sendable {
    private let folder: SiteFolder
    private let client: HTTPClient

    package init(_ folder: SiteFolder, connections: Int = 64) throws {
        self.folder = folder
        var configuration = ClientConfiguration(version: "test", addressPolicy: .operatorsOwn)
        configuration.transfersMax = connections
        configuration.idleConnectionsMax = connections
        client = try HTTPClient(configuration)
    }

    deinit { client.shutdown() }

    package struct Answer: Sendable, Equatable {
        package var status: Int
        package var body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }
        package var json: JSONValue? { try? JSONValue.parse(body) }
    }

    // MARK: Requests

    package func request(
        _ method: String, _ path: String, as identity: String? = nil, token: String? = nil, headers: [ClientField] = [],
        body: [UInt8]? = nil
    ) -> ClientRequest {
        var request = ClientRequest(method, folder.url + path, headers: headers)
        if let body { request.body = .bytes(body, contentType: "application/json") }
        if let token = token ?? identity.flatMap({ folder.tokens[$0] }) { request.authorization = .bearer(token) }
        request.deadline = .seconds(20)
        return request
    }

    /// A contact brought in through the API.
    package func contact(key: String, from: String, text: String, more: [String: JSONValue] = [:]) -> ClientRequest {
        var object = JSONObject()
        object["channel"] = "callback"
        object["from"] = .string(from)
        object["to"] = "desk"
        object["text"] = .string(text)
        for member in more.sorted(by: { $0.key < $1.key }) { object[member.key] = member.value }
        return request(
            "POST", "/v1/interactions", as: "shop", headers: [ClientField("Idempotency-Key", key)],
            body: JSONValue.object(object).bytes)
    }

    /// A text as the provider posts it. `sid`: SM and 32 hexadecimal digits.
    package func text(sid: String, from: String, to: String = "+4930900000", text: String) -> ClientRequest {
        let parameters = SMSRequest.parameters(
            sid: sid, accountSid: SiteFolder.accountSid, from: from, to: to, content: MessageContent(text: text))
        return signed(parameters, "/hooks/sms/main")
    }

    /// What became of a message, as the provider posts it.
    package func status(_ word: String, sid: String, message: Int64) -> ClientRequest {
        let parameters = [
            Form.Pair("MessageSid", sid), Form.Pair("AccountSid", SiteFolder.accountSid),
            Form.Pair("MessageStatus", word),
        ]
        return signed(parameters, "/hooks/sms/main/status?message=\(message)")
    }

    private func signed(_ parameters: [Form.Pair], _ path: String) -> ClientRequest {
        let key = SignatureKey(Secret(SiteFolder.smsToken.utf8))
        let signed = SMSRequest.sign(parameters, url: folder.url + path, key: key)
        var request = ClientRequest("POST", signed.url)
        var contentType = ""
        for field in signed.headers {
            if field.name == "Content-Type" {
                contentType = field.value
            } else {
                request.headers.append(ClientField(field.name, field.value))
            }
        }
        request.body = .bytes(signed.body, contentType: contentType)
        request.deadline = .seconds(20)
        return request
    }

    // MARK: Calls

    package func perform(_ request: ClientRequest) throws(ClientFailure) -> Answer {
        let response = try client.perform(request)
        return Answer(status: response.status, body: response.body)
    }

    package func call(
        _ method: String, _ path: String, as identity: String? = nil, headers: [ClientField] = [],
        body: [UInt8]? = nil
    ) throws(ClientFailure) -> Answer {
        try perform(request(method, path, as: identity, headers: headers, body: body))
    }

    /// Sends all at once, as many side by side as there may be connections; the answers in the same order.
    package func performAll(_ requests: [ClientRequest]) -> [Result<Answer, ClientFailure>] {
        let answers = Monitor([Int: Result<Answer, ClientFailure>]())
        for (number, request) in requests.enumerated() {
            client.send(request) { result in
                answers.with { $0[number] = result.map { Answer(status: $0.status, body: $0.body) } }
            }
        }
        let all = answers.wait(.seconds(60)) { $0.count == requests.count ? $0 : nil } ?? [:]
        return requests.indices.map {
            all[$0] ?? .failure(ClientFailure(.timedOut, .unknown, cause: "no answer in a minute"))
        }
    }

    /// A gauge or counter of the site; nil when it is not there.
    package func metric(_ line: String) throws(ClientFailure) -> Int64? {
        let page = try call("GET", "/metrics", as: "boss").text
        let found = page.split(separator: "\n").first { $0.hasPrefix(line + " ") }
        return found.flatMap { Int64($0.dropFirst(line.utf8.count + 1)) }
    }
}
