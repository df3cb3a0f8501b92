import HTTP
import JSON

/// One request of a peer on its way through the API: who asks, and what they ask, are proven.
struct PeerCall: Sendable {
    private let caller: PeerCaller
    private let gate: PeerGate
    let request: HTTPRequest
    let responder: HTTPResponder

    init(_ request: HTTPRequest, _ responder: HTTPResponder, _ caller: PeerCaller, _ gate: PeerGate) {
        self.request = request
        self.responder = responder
        self.caller = caller
        self.gate = gate
    }

    /// From the key, and the same that the body's `from` says.
    var peer: Peer { caller.peer }
    /// The one of the peer's keys that signed this.
    var key: Ed25519.PublicKey { caller.key }
    /// The peer's, when it sent this.
    var incarnation: Int64 { caller.incarnation }
    /// A JSON object.
    var body: [UInt8] { request.body }

    /// The answer as it may be sent, for those who send several at once.
    func signed(_ response: HTTPResponse) -> HTTPResponse { gate.signed(response, for: caller) }

    func answer(_ status: Int, json: [UInt8]) { responder.send(signed(.json(status, json))) }

    /// - Parameter type: the last part of the problem's URN; stable, for machines.
    func refuse(_ status: Int, _ type: String, _ detail: String) {
        responder.send(signed(.problem(status, type, detail)))
    }
}

extension Operation {
    /// An operation for peers: `perform` is called only with what a peer signed for this site.
    static func federation(
        _ path: String, id: String, summary: String,
        responses: [(status: Int, meaning: String, schema: JSONValue?)] = [],
        perform: @escaping @Sendable (PeerCall) -> Void
    ) -> Operation {
        Operation(
            method: .post, path: path, access: .peers, id: id, summary: summary,
            requestBody: ["type": "object", "required": ["from"], "properties": ["from": ["type": "string"]]],
            responses: responses + [
                (400, "The body is not a peer's.", nil), (401, "Not signed by a peer of this site.", nil),
                (403, "Signed for another site, or by another than it says.", nil),
            ],
            perform: { call in
                guard let peer = call.peer else {
                    preconditionFailure("The router lets nobody but peers into \(path).")
                }
                perform(peer)
            })
    }
}
