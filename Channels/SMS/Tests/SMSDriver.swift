import ChannelContract
import ChannelKit
import Configuration
import Foundation
import HTTP
import InteractionModel
import SMS

/// The SMS adapter with an account made for tests, and Twilio's side of it.
struct SMSDriver: ChannelDriver {
    static let token = "0123456789abcdef0123456789abcdef"
    static let previousToken = "fedcba9876543210fedcba9876543210"
    static let accountSid = "AC00000000000000000000000000000000"

    static let account = """
        accountSid: \(accountSid)
        authToken: token
        previousAuthToken: previous-token
        from: "+4930900000"
        stopReply: You will get no more messages & no <calls>.
        helpReply: Example Ltd, help@example.com
        stopKeywords: [STOPP, ABMELDEN]
        """

    /// Reads an account's section as a site would, its secrets from files that only their owner may read.
    static func configuration(_ yaml: String = account) throws -> SMSConfiguration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sms-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, secret) in [("token", token), ("previous-token", previousToken)] {
            FileManager.default.createFile(
                atPath: "\(folder)/\(name)", contents: Data(secret.utf8), attributes: [.posixPermissions: 0o600])
        }
        return try ConfigurationFile.read(
            SMSConfiguration.self, bytes: Array(yaml.utf8), file: "account.yaml", folder: folder
        ).root
    }

    func adapter(_ services: any ChannelServices) throws -> SMSAdapter {
        SMSAdapter(account: AccountName("main"), configuration: try Self.configuration(), services: services)
    }

    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures"
    let signatureHeaders = [SMSSignature.header]
    let signsTarget = true
    /// Twilio's scheme signs no time.
    let stale: [RecordedRequest] = []

    func sign(_ request: RecordedRequest, with key: DriverKey) -> RecordedRequest {
        let settings = request.header(SMSSignature.settingsHeader)
        guard let parsed = request.request, let payload = SMSSignature.Payload(of: parsed),
            let algorithm = SMSSignature.algorithm(settings: settings)
        else { return request.setting(SMSSignature.header, "c2lnbmVkPw==") }
        let code = SMSSignature.code(
            url: "https://if.example.test\(request.target)", payload: payload, key: Self.key(key), algorithm: algorithm)
        return request.setting(SMSSignature.header, code.base64)
    }

    static func key(_ key: DriverKey) -> SignatureKey {
        switch key {
        case .current: SignatureKey(Secret(token.utf8))
        case .previous: SignatureKey(Secret(previousToken.utf8))
        case .stranger: SignatureKey(Secret("another token of the same length".utf8))
        }
    }

    /// Hexadecimal digits of a percent sign mean the same in both cases, and the signature is over what they mean.
    func meansTheSame(_ original: RecordedRequest, _ changed: RecordedRequest) -> Bool {
        var same = changed
        same.body = original.body
        return same == original && Self.withUpperCaseEscapes(changed.body) == Self.withUpperCaseEscapes(original.body)
    }

    private static func withUpperCaseEscapes(_ body: [UInt8]) -> [UInt8] {
        var body = body
        for place in body.indices where body[place] == UInt8(ascii: "%") {
            for digit in place + 1..<min(place + 3, body.count) where body[digit] >= UInt8(ascii: "a") {
                body[digit] &= ~0x20
            }
        }
        return body
    }

    let message = OutboundMessage(
        id: MessageID(42), to: "+4915112345678", from: "+4930900000", content: MessageContent(text: "Ist unterwegs 👋"))
    let acceptance = ClientResponse(
        status: 201, body: Array(#"{"sid":"SM11111111111111111111111111111111","status":"queued"}"#.utf8))
}
