import Configuration
import Foundation
import HTTP
import InteractionModel
import JSON
import Threads

@testable import Site

/// A site as its peers see it: a real server on a free port, with the gate, the router and one operation that notes who
/// got through. Its clock is the test's.
final class PeerBench: Sendable {
    static let path = "/federation/v1/note"

    let desk: PeerDesk
    /// `peer body` of each call that was let in.
    let notes = Guarded<[String]>([])
    let folder: String?
    /// Lines of the site's diary.
    let diary = Guarded<[String]>([])
    private let server: HTTPServer
    private let drift = Guarded<Int64>(0)

    /// - Parameters:
    ///   - folder: where it keeps what it learns; nil for nowhere.
    ///   - path: of the operation.
    ///   - answer: what the operation answers, and how.
    init(
        _ site: String, identity: PeerIdentity = .passing(), folder: String? = nil, tls: TLSOptions? = nil,
        path: String = PeerBench.path,
        answer: @escaping @Sendable (PeerCall) -> Void = { $0.answer(200, json: Array(#"{"noted":true}"#.utf8)) }
    ) throws {
        self.folder = folder
        let (drift, alarms) = (self.drift, diary)
        let machine = SiteClock.Sources.machine
        let clock = SiteClock(
            after: Timestamp(milliseconds: 0),
            sources: .init(monotonic: machine.monotonic, wall: { machine.wall() + drift.with { $0 } }))
        desk = try PeerDesk(
            site: SiteName(site), identity: identity, configured: [], release: "test", clock: clock,
            diary: Diary(site: site) { line in alarms.with { $0.append(line) } })
        let notes = self.notes
        let operation = Operation.federation(path, id: "note", summary: "Notes who was here.") { call in
            notes.with { $0.append("\(call.peer.name) \(String(decoding: call.body, as: UTF8.self))") }
            answer(call)
        }
        let router = Router(
            operations: [operation], hooks: [], pages: WelcomePage.assets(site: site), book: IdentityBook([]),
            counters: SiteCounters(), gate: desk.gate)
        var options = HTTPServer.Options(listeners: [Listener(address: "127.0.0.1", port: 0, tls: tls)])
        options.loops = 1
        server = HTTPServer(options, handler: router)
        try server.start()
        desk.gate.serve(as: [url])
    }

    deinit {
        desk.shutdown()
        server.drain(within: .zero)
    }

    var name: SiteName { desk.site }
    var url: String { server.boundAddresses[0].description }
    var key: Ed25519.PrivateKey { desk.keys.with { $0.current } }
    var noted: [String] { notes.with { $0 } }
    func refused(_ reason: PeerRefusal.Reason) -> Int64 { desk.counters.current.refused[reason] ?? 0 }

    /// Lets the site's wall clock show so many seconds more than the machine's.
    func drift(seconds: Int64) { drift.with { $0 = seconds * 1000 } }

    /// Lines of YAML that make `others` known.
    static func yaml(_ others: [(name: String, url: String, keys: [Ed25519.PublicKey], pins: [String])]) -> String {
        "peers:\n"
            + others.map {
                "  \($0.name): { url: \"\($0.url)\", keys: [\($0.keys.map { "\"\($0.text)\"" }.joined(separator: ", "))]"
                    + ", tlsPins: [\($0.pins.map { "\"\($0)\"" }.joined(separator: ", "))] }\n"
            }.joined()
    }

    static func sections(_ yaml: String, file: String = "interflow.yaml") throws -> [Named<PeerSection>] {
        try ConfigurationFile.read(ManagedPeers.self, bytes: Array(yaml.utf8), file: file).root.peers
    }

    func knows(_ others: [PeerBench], pins: [String] = []) throws {
        let entries = others.map { other in
            (name: other.name.rawValue, url: other.url, keys: other.desk.keys.with { $0.publicKeys }, pins: pins)
        }
        try desk.reload(configured: try Self.sections(Self.yaml(entries)))
    }

    func body(_ more: String = "") -> [UInt8] { Array(#"{"from":"\#(name)"\#(more)}"#.utf8) }

    /// Asks and waits.
    func ask(_ peer: PeerBench, _ body: [UInt8]? = nil) -> PeerReply {
        let reply = Guarded<PeerReply?>(nil)
        desk.client.post(peer.name, Self.path, body: body ?? self.body()) { answer in reply.change { $0 = answer } }
        return reply.wait { $0 }
    }
}

extension PeerReply {
    /// Nil for an answer that is believed.
    var reason: NoAnswer.Reason? {
        guard case .noAnswer(let none) = self else { return nil }
        return none.reason
    }
}

/// A request made by hand, so that anything about it may be wrong.
struct HandmadeRequest {
    var uri: String
    var method = "POST"
    var body: [UInt8]
    var type = "application/json"
    var incarnation = "7"
    var components = PeerSignature.request.components
    var created: Int64
    var lifetime: Int64 = 60
    var keyID: String
    var key: Ed25519.PrivateKey
    var nonce = UUID().uuidString
    var tag = "interflow-peer"
    var label = "peer"

    /// What `sender` would rightly send to `receiver`.
    init(_ sender: PeerBench, to receiver: PeerBench) {
        uri = receiver.url + PeerBench.path
        body = sender.body()
        created = Int64(Date().timeIntervalSince1970)
        key = sender.key
        keyID = sender.key.publicKey.fingerprint
    }

    /// The header fields with their signature.
    func fields() throws -> [HTTPField] {
        let bare = [
            HTTPField("Content-Digest", ContentDigest.value(of: body)),
            HTTPField("Interflow-Incarnation", incarnation), HTTPField("Content-Type", type),
        ]
        let parameters = SignatureParameters(
            components: components, created: created, expires: created + lifetime, keyID: keyID, nonce: nonce, tag: tag)
        let message = SignedMessage(method: method, targetURI: uri, fields: bare)
        return bare + (try MessageSignature.fields(label: label, parameters: parameters, message: message, key: key))
    }

    /// Status and the last part of the problem's type.
    func send(
        to url: String? = nil, body: [UInt8]? = nil, _ change: ([HTTPField]) -> [HTTPField] = { $0 }
    ) throws -> String {
        let client = try HTTPClient(ClientConfiguration(version: "test", addressPolicy: .operatorsOwn))
        defer { client.shutdown() }
        let fields = change(try fields()).filter { $0.name != "Content-Type" }
        let request = ClientRequest(
            method, (url.map { $0 + PeerBench.path }) ?? uri, headers: fields.map { ClientField($0.name, $0.value) },
            body: .bytes(body ?? self.body, contentType: type))
        let response = try client.perform(request)
        let kind = (try? JSONValue.parse(response.body))?["type"]?.stringValue?.split(separator: ":").last ?? ""
        return "\(response.status) \(kind)"
    }
}
