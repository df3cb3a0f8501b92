import Configuration
import Foundation
import Testing

@Suite struct SecretTests {
    /// A folder with one secret file, gone when the test is.
    private func withSecret(
        _ bytes: [UInt8], mode: Int, _ body: (_ configuration: String, _ secret: String) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appendingPathComponent("token")
        try Data(bytes).write(to: secret)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: secret.path)
        let configuration = folder.appendingPathComponent("site.yaml")
        try Data("title: Home\nsender: +493012345678\ntoken: token\n".utf8).write(to: configuration)
        try body(configuration.path, secret.path)
    }

    private func said(_ path: String) -> String {
        complaints { () throws(ConfigurationError) in _ = try ConfigurationFile.load(EverythingSection.self, from: path)
        }
        .replacingOccurrences(of: path, with: "site.yaml")
    }

    @Test(
        "A secret is read from its file without one last newline",
        arguments: [("hush\n", "hush"), ("hush", "hush"), ("hush\n\n", "hush\n"), ("hush\r\n", "hush")])
    func reading(written: String, expected: String) throws {
        try withSecret(Array(written.utf8), mode: 0o600) { configuration, _ in
            let token = try ConfigurationFile.load(EverythingSection.self, from: configuration).root.token
            #expect(token?.withBytes { String(decoding: $0, as: UTF8.self) } == expected)
        }
    }

    @Test("A secret that group or others may use is refused", arguments: [0o644, 0o640, 0o604, 0o601, 0o620])
    func mode(mode: Int) throws {
        try withSecret(Array("hush".utf8), mode: mode) { configuration, secret in
            let folder = (configuration as NSString).deletingLastPathComponent
            let octal = String(mode, radix: 8)
            #expect(
                said(configuration)
                    == "site.yaml:3:8: token: names a secret that others may use: \"\(folder)/./token\" has mode \(octal); run chmod 600 on it"
            )
        }
    }

    @Test("A secret that is empty, too large or not there is refused")
    func contents() throws {
        try withSecret(Array("\n".utf8), mode: 0o600) { configuration, _ in
            #expect(said(configuration).contains("token: names an empty secret: "))
        }
        try withSecret([UInt8](repeating: 0x61, count: 65_537), mode: 0o600) { configuration, _ in
            #expect(said(configuration).hasSuffix("token: is larger than 65536 bytes"))
        }
        try withSecret(Array("hush".utf8), mode: 0o600) { configuration, secret in
            try FileManager.default.removeItem(atPath: secret)
            #expect(said(configuration).hasSuffix("No such file or directory"))
            #expect(mkfifo(secret, 0o600) == 0)  // Opening it must not wait for a writer.
            #expect(said(configuration).hasSuffix("token: is not a regular file"))
        }
    }

    @Test("A secret never appears in what is shown, printed, dumped or interpolated")
    func showing() throws {
        try withSecret(Array("hush-hush".utf8), mode: 0o600) { configuration, _ in
            let loaded = try ConfigurationFile.load(EverythingSection.self, from: configuration)
            let token = try #require(loaded.root.token)
            var dumped = ""
            dump(loaded, to: &dumped)
            for text in [
                loaded.effectiveText, "\(token)", String(reflecting: token), "\(loaded)", String(reflecting: loaded),
                dumped,
            ] {
                #expect(!text.contains("hush"))
            }
            #expect(loaded.effectiveText.contains("token: token  # a secret, not shown\n"))
            #expect("\(token)" == "(secret)")
        }
    }
}
