import Foundation
import Support
import Testing

@Suite("Starting")
struct StartTests {
    /// Runs `serve` on a folder where it must refuse; how it ended and what it said.
    private func refusal(_ folder: SiteFolder) throws -> (ChildProcess.Ending?, String) {
        let output = "\(folder.path)/refusal"
        let process = try ChildProcess(
            [TestSite.binary, "serve", "--config", folder.configurationPath], output: output)
        let ending = process.wait(.seconds(10))
        process.kill9()
        return (ending, try Files.read(output))
    }

    @Test("A second process on the same data is refused and told who has it; the first goes on")
    func secondProcess() throws {
        let site = try TestSite()
        var options = SiteFolder.Options()
        options.data = site.folder.dataPath
        let second = try SiteFolder("second", options: options)
        defer { second.remove() }
        let (ending, said) = try refusal(second)
        #expect(ending == .exited(74))
        #expect(said.contains("pid \(site.process.process.id)"), "\(said)")
        #expect(try site.caller.perform(site.caller.contact(key: "one", from: "+491", text: "")).status == 202)
    }

    @Test("A journal without its key is refused, for nobody's opt-out would count any more")
    func missingKey() throws {
        let site = try TestSite()
        site.stop(.politely)
        let key = "\(site.folder.dataPath)/site.key"
        #expect(rename(key, key + ".away") == 0)
        let (ending, said) = try refusal(site.folder)
        #expect(ending == .exited(77))
        #expect(said.contains("site.key is missing beside its journal"), "\(said)")
        #expect(!Files.exists(key))
        #expect(rename(key + ".away", key) == 0)
        try site.restart()
    }

    @Test("A key or a secret that others can read is refused", arguments: ["data/site.key", "secrets/sms-token"])
    func readableSecret(_ name: String) throws {
        let site = try TestSite()
        site.stop(.politely)
        let path = "\(site.folder.path)/\(name)"
        chmod(path, 0o644)
        let (ending, said) = try refusal(site.folder)
        #expect(ending == .exited(name.hasPrefix("data") ? 77 : 78))
        #expect(said.contains("chmod 600") || said.contains("mode 600"), "\(said)")
        #expect(!said.contains(SiteFolder.smsToken))
        chmod(path, 0o600)
        try site.restart()
    }

    @Test("A port that is taken is named, and nothing is served")
    func takenPort() throws {
        let site = try TestSite()
        let second = try SiteFolder("second")
        defer { second.remove() }
        let configuration = try Files.read(second.configurationPath)
        try Files.write(
            configuration.replacingOccurrences(of: second.address, with: site.folder.address),
            to: second.configurationPath)
        let (ending, said) = try refusal(second)
        #expect(ending == .exited(69))
        #expect(said.contains(site.folder.address), "\(said)")
    }
}
