import Glibc
import Site

/// A whole site of this build in a process of its own, with a journal that did not exist before.
final class SampleSite {
    /// How long it may take to become ready before the measurement is given up.
    static let readyWithin = 10.0

    let process: ChildProcess
    let port: UInt16
    /// Seconds from exec to the first 200 of /readyz.
    let startSeconds: Double
    /// What a client must send to bring contacts in.
    let token: String
    private let folder: ScratchFolder

    /// - Parameter token: a new one unless told.
    init(
        in parent: String, token: String = RandomBytes.token(),
        configuration: (_ port: UInt16, _ token: String) -> String = SampleSite.configuration
    ) throws {
        folder = try ScratchFolder(in: parent)
        self.token = token
        port = try LoopbackSocket.freePort()
        try folder.write(configuration(port, token), to: "interflow.yaml")
        let start = Stopwatch.seconds
        process = try ChildProcess(
            ["serve", "--config", "\(folder.path)/interflow.yaml"], log: "\(folder.path)/diary.jsonl")
        while !Self.isReady(port) {
            guard Stopwatch.seconds < start + Self.readyWithin else {
                throw CommandFailure(
                    .software, "the site did not become ready: \(Machine.read("\(folder.path)/diary.jsonl"))")
            }
            usleep(500)
        }
        startSeconds = Stopwatch.seconds - start
    }

    deinit { process.end() }

    var url: String { "http://127.0.0.1:\(port)" }
    /// Where its journal lies.
    var dataPath: String { "\(folder.path)/data" }

    /// Writes a new file beside its journal.
    func write(_ text: String, toData name: String) throws { try folder.write(text, to: "data/\(name)") }

    private static func isReady(_ port: UInt16) -> Bool {
        guard let descriptor = LoopbackSocket.tryConnect(port: port) else { return false }
        defer { close(descriptor) }
        let request = Array("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".utf8)
        var answer = [UInt8](repeating: 0, count: 2048)
        return send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
            && recv(descriptor, &answer, answer.count, 0) > 12 && answer[9..<12].elementsEqual("200".utf8)
    }

    /// A site as an operator would have it, but that its queue has room for all that is sent.
    private static func configuration(_ port: UInt16, _ token: String) -> String {
        """
        site: bench
        listen: ["127.0.0.1:\(port)"]
        data: data
        identities:
          shop: { role: integrator, tokenHash: "\(TokenHash(ofToken: token).configured)" }
        skills: [german, billing]
        queues:
          support: { skills: { german: 1 }, waitingMax: 10000000 }
          billing: { skills: { billing: 2 }, headStart: 30s }
        defaultQueue: support
        entries:
          - { channel: sms, to: "+4930900001", queue: billing }
        agents:
          ana: { skills: { german: 3, billing: 2 }, capacity: { sms: 3 } }
          ben: { skills: { german: 2 }, capacity: { sms: 3 } }
          cem: { skills: { billing: 4 }, capacity: { sms: 2 } }
        """
    }
}
