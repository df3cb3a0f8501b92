/// What an open WebSocket connection says and when it ends: pure but for the masking keys it draws.
///
/// States: open → closing (we asked) → ended; open → ended (the far end asked, broke a rule, or fell silent).
struct WebSocketClientDialogue {
    /// The last event, once it is known. It is told when the output has left, or at `due` if it does not leave.
    struct Last {
        let due: Int64
        let event: (_ origin: String) -> WebSocketClient.Event
    }

    /// How long the far end has to answer our close, and how long a last frame may take to leave.
    static let closeWait: Int64 = 5000
    static let lastFrameWait: Int64 = 2000
    /// Unsent pongs beyond this are left out: a far end that pings without reading gets no memory of ours (§5.5.3
    /// lets a pong answer only the latest ping).
    static let pongsMax = 4096

    private(set) var last: Last?
    private var decoder: ClientFrameDecoder
    private var output: [UInt8] = []
    private let silenceMax: Int64
    private var heardAt: Int64
    private var hasPinged = false
    private var closeDue: Int64?

    init(messageMax: Int, silenceMax: Int64, now: Int64) {
        decoder = ClientFrameDecoder(messageMax: messageMax)
        self.silenceMax = max(1, silenceMax)
        heardAt = now
    }

    /// When `passTime` has something to do next.
    var nextDue: Int64 {
        last?.due ?? min(closeDue ?? .max, heardAt + silenceMax * (hasPinged ? 2 : 1))
    }

    mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    mutating func send(_ text: String) {
        guard closeDue == nil, last == nil else { return }
        write(.text, Array(text.utf8))
    }

    mutating func close(_ code: UInt16, _ reason: String, _ now: Int64) {
        guard closeDue == nil, last == nil else { return }
        write(.close, ClientFrame.closePayload(code, reason))
        closeDue = now + Self.closeWait
    }

    mutating func stop(_ now: Int64) {
        guard last == nil else { return }
        if closeDue == nil { write(.close, ClientFrame.closePayload(1001, "")) }
        // Due at once: shutting down waits for nobody.
        last = Last(due: now) { .failed(ClientFailure(.shutDown, .unknown, cause: "\($0): the client was shut down")) }
    }

    /// The texts that `bytes` complete. `unsent`: how much of earlier output has not left yet.
    mutating func take(_ bytes: [UInt8], unsent: Int, _ now: Int64) -> [String] {
        guard !bytes.isEmpty, last == nil else { return [] }
        heardAt = now
        hasPinged = false
        decoder.append(bytes)
        var texts: [String] = []
        do throws(ClientFrameDecoder.Violation) {
            while last == nil, let event = try decoder.next() {
                switch event {
                case .text(let text): texts.append(text)
                case .ping(let payload): if unsent + output.count < Self.pongsMax { write(.pong, payload) }
                case .pong: break
                case .close(let code, let reason): closed(code, reason, now)
                }
            }
        } catch { broken(error, now) }
        return texts
    }

    mutating func passTime(_ now: Int64) {
        guard last == nil else { return }
        if let closeDue, now >= closeDue {
            last = Last(due: now) { _ in .closed(code: 1006, reason: "the far end did not answer the close") }
        } else if now >= heardAt + 2 * silenceMax {
            last = Last(due: now) {
                .failed(ClientFailure(.timedOut, .unknown, cause: "\($0): not a byte since the ping"))
            }
        } else if now >= heardAt + silenceMax, !hasPinged {
            write(.ping, [])
            hasPinged = true
        }
    }

    /// The event when the connection ended without a closing handshake.
    func eventOfLoss(_ origin: String) -> WebSocketClient.Event {
        .failed(ClientFailure(.cut, .unknown, cause: "\(origin): the connection ended without a close frame"))
    }

    private mutating func closed(_ code: UInt16, _ reason: String, _ now: Int64) {
        if closeDue == nil { write(.close, code == 1005 ? [] : ClientFrame.closePayload(code, "")) }
        last = Last(due: now + Self.lastFrameWait) { _ in .closed(code: code, reason: reason) }
    }

    private mutating func broken(_ violation: ClientFrameDecoder.Violation, _ now: Int64) {
        if closeDue == nil { write(.close, ClientFrame.closePayload(violation.code, violation.why)) }
        let reason: ClientFailure.Reason = violation.code == 1009 ? .responseTooLarge : .malformedResponse
        last = Last(due: now + Self.lastFrameWait) {
            .failed(ClientFailure(reason, .unknown, cause: "\($0): \(violation.why)"))
        }
    }

    private mutating func write(_ opcode: ClientFrame.Opcode, _ payload: [UInt8]) {
        output += ClientFrame.encode(opcode, payload, mask: ClientRandom.bytes(4))
    }
}
