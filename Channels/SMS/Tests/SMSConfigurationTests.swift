import ChannelKit
import Configuration
import Foundation
import SMS
import Testing

struct SMSConfigurationTests {
    @Test("The sample is what the declared keys say, and loads")
    func sample() throws {
        let path =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/sample.yaml"
        let sample = try String(contentsOfFile: path, encoding: .utf8)
        #expect(sample == SampleFile.text(of: SMSConfiguration.self))
        #expect(throws: Never.self) {
            try ConfigurationFile.read(
                SMSConfiguration.self, bytes: Array(sample.utf8), file: "sample.yaml", files: .assumed)
        }
    }

    @Test("Every key of the sample can be given a value, but for the two that exclude each other")
    func everything() {
        let sample = SampleFile.text(of: SMSConfiguration.self, extent: .everything)
        #expect(complaints(sample).map(\.place.path.description) == ["from"])
    }

    @Test(
        "A value that cannot work is complained about by name",
        arguments: [
            ("accountSid: AC1", "accountSid"), ("accountSid: MG00000000000000000000000000000000", "accountSid"),
            ("apiBase: http://provider.example", "apiBase"), ("from: way too long a sender", "from"),
            ("stopKeywords: STOPP", "stopKeywords"), ("authTokn: token", "authTokn"),
            ("publicURL: ftp://x.example", "publicURL"), ("messagingServiceSid: AC1", "messagingServiceSid"),
        ])
    func wrong(line: String, key: String) {
        // Only the one key is to be wrong: a messaging service would exclude `from`.
        let kept = SMSDriver.account.split(separator: "\n")
            .filter { !$0.hasPrefix("\(key):") && !(key == "messagingServiceSid" && $0.hasPrefix("from:")) }
        #expect(complaints((kept + [line[...]]).joined(separator: "\n")).map(\.place.path.description) == [key])
    }

    private func complaints(_ yaml: String) -> [Complaint] {
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.read(
                SMSConfiguration.self, bytes: Array(yaml.utf8), file: "account.yaml", files: .assumed)
            return []
        } catch {
            return error.complaints
        }
    }
}
