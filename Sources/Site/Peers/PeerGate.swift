import HTTP
import InteractionModel
import JSON
import Threads

/// Lets in the requests of peers and nobody else's, and signs what they are answered.
///
/// Looks from cheap to dear: who claims to have signed is looked up before anything is computed, and the body is read
/// last. Safety must not rest on the nonces: what peers ask may come twice, and is taken once by those who take it.
package final class PeerGate: Sendable {
    private let site: SiteName
    private let incarnation: Int64
    private let book: PeerBook
    private let keys: Guarded<PeerKeys>
    private let clock: @Sendable () -> Int64
    private let counters: PeerCounters
    private let diary: Diary
    private let destinations = Guarded<[String]>([])
    private let nonces = Guarded(NonceMemory())

    /// - Parameter clock: seconds of Unix time.
    init(
        site: SiteName, incarnation: Int64, book: PeerBook, keys: Guarded<PeerKeys>, counters: PeerCounters,
        diary: Diary, clock: @escaping @Sendable () -> Int64
    ) {
        self.site = site
        self.incarnation = incarnation
        self.book = book
        self.keys = keys
        self.counters = counters
        self.diary = diary
        self.clock = clock
    }

    /// The URLs under which peers may reach this site. A request signed for another is for somebody else.
    func serve(as urls: [String]) {
        let bases = urls.map { Peer.base($0) }
        destinations.with { $0 = bases }
    }

    // MARK: Requests

    /// Who sent `request`; its body is then what they signed.
    func admit(_ request: HTTPRequest) throws(PeerRefusal) -> PeerCaller {
        do throws(PeerRefusal) {
            let caller = try judge(request)
            if counters.admitted(caller) { alarm(clock: caller) }
            return caller
        } catch {
            counters.refused(error.reason)
            throw error
        }
    }

    private func alarm(clock caller: PeerCaller) {
        diary.alarm(
            "the clock of \(caller.peer.name) differs by \(caller.clockDifference) s from this site's; beyond "
                + "\(PeerSignature.skewMax) s both refuse each other: let both follow a time server")
    }

    private func judge(_ request: HTTPRequest) throws(PeerRefusal) -> PeerCaller {
        let bare = SignedMessage(method: request.method.rawValue, targetURI: "", fields: request.headers)
        let presented = try reading { () throws(SignatureFault) in
            try PeerSignature.presented(bare, by: PeerSignature.request)
        }
        guard let (peer, key) = book.peer(keyID: presented.parameters.keyID ?? "") else {
            throw PeerRefusal(.unknownKey, "This site knows no peer with that key; interflow peer add makes it known.")
        }
        let now = clock()
        try reading { () throws(SignatureFault) in try PeerSignature.request.check(presented.parameters, at: now) }
        let message = SignedMessage(
            method: request.method.rawValue, targetURI: try destination(of: request), fields: request.headers)
        let incarnation = try reading { () throws(SignatureFault) in
            try MessageSignature.verify(presented, message: message, key: key)
            try ContentDigest.check(message.field(ContentDigest.fieldName), body: request.body)
            return try PeerSignature.incarnation(message)
        }
        guard nonces.with({ $0.isNew(presented, at: now) }) else {
            throw PeerRefusal(.replayed, "This very request was here before.")
        }
        try checkSender(request, is: peer)
        return PeerCaller(
            peer: peer, key: key, incarnation: incarnation,
            clockDifference: (presented.parameters.created ?? now) - now, request: message)
    }

    private func reading<Result>(_ body: () throws(SignatureFault) -> Result) throws(PeerRefusal) -> Result {
        do throws(SignatureFault) { return try body() } catch { throw PeerRefusal(error) }
    }

    /// The address that the sender must have signed: one of ours, chosen by the `Host` it named.
    private func destination(of request: HTTPRequest) throws(PeerRefusal) -> String {
        let host = request.header("host") ?? ""
        let base = destinations.with { bases in
            bases.first { base in
                let own = TargetURI(base)
                return own.authority == TargetURI("\(own.scheme)://\(host)").authority
            }
        }
        guard let base else {
            throw PeerRefusal(
                .wrongDestination,
                "This site is not reached by that name; its publicURL, listen and peerURLs say by which it is.")
        }
        return base + request.target
    }

    /// Who speaks is known by the key; a body that says another name is confused or means harm.
    private func checkSender(_ request: HTTPRequest, is peer: Peer) throws(PeerRefusal) {
        guard request.header("content-type") == "application/json", let from = Self.sender(request.body) else {
            throw PeerRefusal(
                .content, "The body must be a JSON object, application/json, with the sender's name in from.")
        }
        guard from == peer.name.rawValue else {
            throw PeerRefusal(.wrongSender, "The body speaks for another site than the one whose key signed it.")
        }
    }

    private static func sender(_ body: [UInt8]) -> String? {
        var reader = JSONReader(body, limits: JSONLimits(maxBytes: PeerSignature.bodyBytesMax))
        do throws(JSONError) {
            var from: String?
            try reader.beginObject()
            while let key = try reader.nextKey() {
                if key == "from" { from = try reader.readString() } else { try reader.skipValue() }
            }
            try reader.end()
            return from
        } catch {
            return nil
        }
    }

    // MARK: Answers

    /// The answer with its signature, bound to the request it answers.
    func signed(_ response: HTTPResponse, for caller: PeerCaller) -> HTTPResponse {
        let response = response.adding(PeerSignature.fields(body: response.body, incarnation: incarnation))
        let message = SignedMessage(status: response.status, fields: response.headers)
        let key = keys.with { $0.current }
        return response.adding(PeerSignature.sign(message, answering: caller.request, key: key, now: clock()))
    }
}

/// A request's sender, proven.
struct PeerCaller: Sendable {
    let peer: Peer
    /// The one of its keys that signed.
    let key: Ed25519.PublicKey
    let incarnation: Int64
    /// Seconds between when it signed and now; negative where the way takes time or its clock is behind.
    let clockDifference: Int64
    /// What the answer's signature will cover.
    let request: SignedMessage
}

/// Why a request on a peer's path is not let in.
struct PeerRefusal: Error, Sendable, Hashable {
    /// A closed set: a metric's label and the end of the problem's type.
    enum Reason: String, Sendable, CaseIterable {
        case unsigned
        case malformed
        case unknownKey = "unknown-key"
        case insufficient
        /// Too old or from the future: a replay, or clocks that differ.
        case time
        case wrongDestination = "wrong-destination"
        case badSignature = "bad-signature"
        case digest
        case replayed
        case content
        case wrongSender = "wrong-sender"
    }

    let reason: Reason
    /// Fit for a stranger.
    let detail: String

    init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }

    init(_ fault: SignatureFault) {
        let reason: Reason =
            switch fault {
            case .missing: .unsigned
            case .malformed, .component: .malformed
            case .insufficient: .insufficient
            case .time: .time
            case .contentDigest: .digest
            case .wrong: .badSignature
            }
        let text = "\(fault)"
        self.init(reason, text.prefix(1).uppercased() + text.dropFirst() + ".")
    }

    var status: Int {
        switch reason {
        case .wrongDestination, .wrongSender: 403
        case .content: 400
        default: 401
        }
    }

    static let problemPrefix = "peer-"

    /// Not signed: whoever asked is not known, or not known to have asked.
    var response: HTTPResponse {
        .problem(status, Self.problemPrefix + reason.rawValue, detail)
    }
}

/// Which signatures were here before, for as long as one of them could still pass.
///
/// Two generations, each young for a while and then old: what it costs is bounded, and at the bound the oldest are
/// forgotten early. A nonce counts only after its signature was verified, so only peers can fill it.
struct NonceMemory {
    static let generationMax = 32_768
    private static let generationSeconds = PeerSignature.lifetimeMax + 2 * PeerSignature.skewMax

    private var young: Set<String> = []
    private var old: Set<String> = []
    private var begun: Int64 = 0

    mutating func isNew(_ presented: SignatureFields.Presented, at now: Int64) -> Bool {
        if now - begun > Self.generationSeconds || young.count >= Self.generationMax {
            // A clock that jumped ahead, or a site at rest: what is old beyond use goes too.
            old = now - begun > 2 * Self.generationSeconds ? [] : young
            young = []
            begun = now
        }
        let name = "\(presented.parameters.keyID ?? "") \(presented.parameters.nonce ?? "")"
        return !old.contains(name) && young.insert(name).inserted
    }
}
