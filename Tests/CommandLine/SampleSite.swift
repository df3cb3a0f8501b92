import Foundation
import Testing

/// The sample site of `interflow init`, served in a folder of its own, with its SMS provider played by `interflow phone`.
final class SampleSite {
    let folder: String
    let port: UInt16
    private let server: Program
    let phone: Program

    var configuration: String { "\(folder)/interflow.yaml" }
    var data: String { "\(folder)/data" }

    init() throws {
        folder = NSTemporaryDirectory() + "interflow-\(UUID().uuidString)"
        port = Self.freePort()
        let provider = Self.freePort()
        #expect(try Program.run(["init", folder, "--listen", "127.0.0.1:\(port)"]).code == 0)
        let text = try String(contentsOfFile: "\(folder)/interflow.yaml", encoding: .utf8)
        try text.replacingOccurrences(of: "127.0.0.1:8099", with: "127.0.0.1:\(provider)")
            .write(toFile: "\(folder)/interflow.yaml", atomically: false, encoding: .utf8)
        server = try Program(["serve", "--config", "\(folder)/interflow.yaml"])
        phone = try Program(["phone", "--config", "\(folder)/interflow.yaml"])
        try server.output.wait(for: "serving")
        try phone.output.wait(for: "Texts sent")
    }

    deinit {
        server.process.terminate()
        phone.process.terminate()
        _ = server.end()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Another process may take it in between; then the site says so and the test fails with its words.
    private static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = bind(descriptor, generic, length)
                getsockname(descriptor, generic, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }

    func run(_ arguments: String...) throws -> (code: Int32, text: String) {
        try Program.run(arguments + ["--config", configuration])
    }

    func text(_ words: String, from customer: String = "+4915100000001") throws {
        let sent = try run("send", "sms", "--from", customer, words)
        #expect(sent.code == 0, "\(sent.text)")
        #expect(sent.text.hasPrefix("the site has it (200)"))
    }

    /// An agent under a terminal, signed in and available.
    func agent(_ name: String, through proxy: Proxy? = nil) throws -> Program {
        let url = proxy.map { ["--url", "http://127.0.0.1:\($0.port)"] } ?? []
        let agent = try Program(onTerminal: ["agent", name, "--config", configuration] + url)
        try agent.output.wait(for: "you are available")
        return agent
    }
}

/// A proxy in front of a site whose connections can be broken.
final class Proxy {
    private let program: Program
    let port: String

    init(to port: UInt16) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("proxy.py").path
        program = try Program(["python3", script, "\(port)"], executable: URL(fileURLWithPath: "/usr/bin/env"))
        try program.output.wait(for: "\n")
        self.port = String(program.output.text.split(separator: "\n")[0].dropFirst("port ".count))
    }

    /// Returns when it has been done.
    func obey(_ word: String) throws {
        let before = program.output.text.occurrences(of: "\(word)\n")
        program.type("\(word)\n")
        try program.output.wait(for: "\(word)\n", count: before + 1)
    }
}
