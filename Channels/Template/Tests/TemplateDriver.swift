import ChannelContract
import ChannelKit
import Configuration
import Foundation
import HTTP
import InteractionModel
import Template

/// The template adapter with an account made for tests, and the far end's side of it.
struct TemplateDriver: ChannelDriver {
    static func secret(_ key: DriverKey) -> String {
        let letter: UInt8 =
            switch key {
            case .current: 1
            case .previous: 2
            case .stranger: 3
            }
        return "whsec_" + Base64.encode(Array(repeating: letter, count: 32))
    }

    static func configuration(secret: String = secret(.current)) throws -> TemplateConfiguration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("template-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, secret) in [("current", secret), ("previous", Self.secret(.previous))] {
            FileManager.default.createFile(
                atPath: "\(folder)/\(name)", contents: Data(secret.utf8), attributes: [.posixPermissions: 0o600])
        }
        let yaml = "secret: current\npreviousSecret: previous\nreplyURL: https://replies.example.test/in\n"
        return try ConfigurationFile.read(
            TemplateConfiguration.self, bytes: Array(yaml.utf8), file: "account.yaml", folder: folder
        ).root
    }

    func adapter(_ services: any ChannelServices) throws -> TemplateAdapter {
        try TemplateAdapter(account: AccountName("main"), configuration: Self.configuration(), services: services)
    }

    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures"
    let signatureHeaders = ["webhook-id", "webhook-timestamp", "webhook-signature"]
    /// Standard Webhooks signs identifier, time and body.
    let signsTarget = false

    func sign(_ request: RecordedRequest, with key: DriverKey) -> RecordedRequest {
        guard let signer = StandardWebhook.key(Secret(Self.secret(key).utf8)),
            let timestamp = request.header("webhook-timestamp").flatMap({ Int64($0) })
        else { return request }
        let headers = StandardWebhook.headers(
            id: request.header("webhook-id") ?? "", at: Timestamp(milliseconds: timestamp * 1000), body: request.body,
            key: signer)
        return headers.reduce(request) { $0.setting($1.name, $1.value) }
    }

    func meansTheSame(_ original: RecordedRequest, _ changed: RecordedRequest) -> Bool { false }

    var stale: [RecordedRequest] {
        ["1795283699", "1795284301", "0", "-1"].compactMap { timestamp in
            Fixture.all(of: self).first { $0.name == "plain" }
                .map { sign($0.request.setting("webhook-timestamp", timestamp), with: .current) }
        }
    }

    let message = OutboundMessage(
        id: MessageID(7), to: "anna", from: "help", thread: "t-7", content: MessageContent(text: "On its way 👋"))
    let acceptance = ClientResponse(status: 204)
}
