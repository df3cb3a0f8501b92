import HTTP
package import InteractionModel
import JSON
import Threads

/// Asks peers, signed, and believes only answers that they signed for this very question.
package final class PeerClient: Sendable {
    private let site: SiteName
    private let incarnation: Int64
    private let book: PeerBook
    private let keys: Guarded<PeerKeys>
    private let http: HTTPClient
    private let counters: PeerCounters
    private let clock: @Sendable () -> Int64

    /// - Parameter clock: seconds of Unix time.
    init(
        site: SiteName, incarnation: Int64, book: PeerBook, keys: Guarded<PeerKeys>, http: HTTPClient,
        counters: PeerCounters, clock: @escaping @Sendable () -> Int64
    ) {
        self.site = site
        self.incarnation = incarnation
        self.book = book
        self.keys = keys
        self.http = http
        self.counters = counters
        self.clock = clock
    }

    /// Sends `body`, a JSON object whose `from` is this site, to a peer's operation.
    ///
    /// `completion` is called exactly once, on the client's thread, or before `post` returns when nothing was sent: it must
    /// return soon and never wait. The order of several requests is the caller's affair. A repetition is signed anew.
    package func post(
        _ peer: SiteName, _ path: String, body: [UInt8], deadline: Duration = .seconds(10),
        completion: @escaping @Sendable (PeerReply) -> Void
    ) {
        guard let known = book.peer(peer) else {
            return completion(.noAnswer(NoAnswer(.unknownPeer, wasSent: false, "\(peer) is no peer of this site")))
        }
        let (request, message) = signed(known, path, body, deadline)
        http.send(request) { [self] result in
            let reply: PeerReply =
                switch result {
                case .success(let response): judge(response, of: peer, to: message)
                case .failure(let failure): .noAnswer(Self.silence(failure))
                }
            counters.replied(peer, reply)
            completion(reply)
        }
    }

    private func signed(
        _ peer: Peer, _ path: String, _ body: [UInt8], _ deadline: Duration
    ) -> (ClientRequest, SignedMessage) {
        let uri = peer.uri(path)
        let type = "application/json"
        let fields = PeerSignature.fields(body: body, incarnation: incarnation)
        let unsigned = SignedMessage(
            method: "POST", targetURI: uri, fields: fields + [HTTPField("Content-Type", type)])
        let signature = PeerSignature.sign(unsigned, key: keys.with { $0.current }, now: clock())
        let message = SignedMessage(
            method: "POST", targetURI: uri, fields: fields + signature + [HTTPField("Content-Type", type)])
        var request = ClientRequest(
            "POST", uri, headers: (fields + signature).map { ClientField($0.name, $0.value) },
            body: .bytes(body, contentType: type))
        request.deadline = deadline
        request.trust = peer.trust
        request.certificate = peer.certificate
        request.responseBodyMax = PeerSignature.bodyBytesMax
        return (request, message)
    }

    // MARK: Answers

    private func judge(_ response: ClientResponse, of name: SiteName, to request: SignedMessage) -> PeerReply {
        let message = SignedMessage(
            status: response.status, fields: response.headers.map { HTTPField($0.name, $0.value) })
        do throws(SignatureFault) {
            let presented = try PeerSignature.presented(message, by: PeerSignature.response)
            try PeerSignature.response.check(presented.parameters, at: clock())
            // Looked up now: the peer may have changed its keys, or have been removed, since the request.
            guard let key = book.peer(name)?.key(presented.parameters.keyID ?? "") else { throw .wrong }
            try MessageSignature.verify(presented, message: message, request: request, key: key)
            try ContentDigest.check(message.field(ContentDigest.fieldName), body: response.body)
            let incarnation = try PeerSignature.incarnation(message)
            return Self.reply(response, incarnation)
        } catch .missing {
            return .noAnswer(Self.unsigned(response))
        } catch {
            return .noAnswer(NoAnswer(.badSignature, wasSent: true, "\(name)'s answer is not to be believed: \(error)"))
        }
    }

    private static func reply(_ response: ClientResponse, _ incarnation: Int64) -> PeerReply {
        switch response.status {
        case 408, 429, 500...:
            .noAnswer(NoAnswer(.busy, wasSent: true, "it can take nothing now (status \(response.status))"))
        case 200...499: .answered(status: response.status, body: response.body, incarnation: incarnation)
        default: .noAnswer(NoAnswer(.garbage, wasSent: true, "it answered with status \(response.status)"))
        }
    }

    /// Whatever stands there is said by nobody in particular, so it only helps an operator to look at the right place.
    private static func unsigned(_ response: ClientResponse) -> NoAnswer {
        let problem = (try? JSONValue.parse(response.body)) ?? .null
        let type = problem["type"]?.stringValue ?? ""
        let prefix = "urn:interflow:problem:\(PeerRefusal.problemPrefix)"
        guard type.hasPrefix(prefix), let reason = PeerRefusal.Reason(rawValue: String(type.dropFirst(prefix.count)))
        else {
            return NoAnswer(.unsigned, wasSent: true, "something answered with status \(response.status), not signed")
        }
        let words = (problem["detail"]?.stringValue ?? "").unicodeScalars.prefix(300)
            .filter { (0x20...0x7e).contains($0.value) }
        return NoAnswer(
            .refused, wasSent: true,
            "the other side refuses our signature, says something unsigned: \(String(String.UnicodeScalarView(words)))",
            claim: reason.rawValue)
    }

    private static func silence(_ failure: ClientFailure) -> NoAnswer {
        let reason: NoAnswer.Reason =
            switch failure.reason {
            case .unresolved, .unreachable, .addressForbidden: .unreachable
            case .untrusted: .untrusted
            case .timedOut: .timedOut
            case .cut, .cancelled: .cut
            case .responseTooLarge, .malformedResponse, .invalidRequest: .garbage
            case .tooManyWaiting, .exhausted: .overloaded
            case .shutDown: .shutDown
            }
        return NoAnswer(reason, wasSent: failure.delivery == .unknown, failure.cause)
    }
}
