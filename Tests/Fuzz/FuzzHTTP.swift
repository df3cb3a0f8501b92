// Built by Deploy/fuzz together with the pure parser files of Sources/HTTP/Parsing: no package, no test library.

/// One input: the first byte chooses the parser and how the rest is cut, the rest is what a peer sends.
///
/// The oracle, beyond "nothing traps": the events do not depend on the cut, every event's body is within the
/// bound, nothing comes after a refusal, and each call either takes bytes or reports something.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let cut = Int(input[0] >> 2) + 1
    let bytes = Array(input[1...])
    switch input[0] & 3 {
    case 0, 1: fuzzRequests(bytes, cut: cut)
    case 2:
        fuzzRequests(Array("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) + bytes, cut: cut)
    default: fuzzFrames(bytes, cut: cut)
    }
    return 0
}

private func fuzzRequests(_ bytes: [UInt8], cut: Int) {
    var limits = ParserLimits()
    limits.headBytesMax = 512
    limits.fieldsMax = 8
    limits.bodyBytesMax = 128
    limits.bodyBytesMaxByPrefix = [.init(prefix: "/big", bytesMax: 256)]
    let whole = requestEvents(bytes, cut: bytes.count, limits)
    precondition(whole == requestEvents(bytes, cut: cut, limits), "The requests depend on how the bytes were cut.")
    precondition(whole == requestEvents(bytes, cut: 1, limits), "The requests depend on how the bytes were cut.")
    for event in whole {
        if case .request(let head, let body) = event { check(head, body) }
    }
}

private func check(_ head: RequestHead, _ body: [UInt8]) {
    precondition(body.count <= 256, "A body passed its bound.")
    precondition(head.target.utf8.first == 0x2f || head.target == "*", "A target in no form that is served.")
    precondition(head.minorVersion == 0 || head.value(of: "host") != nil, "A request without Host.")
    precondition(head.path.utf8.count <= head.target.utf8.count && head.fields.count <= 8)
    precondition(head.values(of: "content-length").count <= 1 && head.values(of: "transfer-encoding").count <= 1)
    if case .length(let length) = head.framing { precondition(length == body.count, "A body not as long as it said.") }
}

private func requestEvents(_ bytes: [UInt8], cut: Int, _ limits: ParserLimits) -> [RequestParser.Event] {
    var parser = RequestParser()
    var events: [RequestParser.Event] = []
    var start = 0
    while start < bytes.count {
        let part = Array(bytes[start..<min(bytes.count, start + cut)])
        var position = 0
        while position < part.count {
            let before = position
            let event = parser.consume(part.span, at: &position, limits: limits)
            if event != .more { events.append(event) }
            if case .refused = event { return events }
            precondition(position > before, "The parser stands still.")
        }
        start += part.count
    }
    return events
}

private func fuzzFrames(_ bytes: [UInt8], cut: Int) {
    let whole = frameEvents(bytes, cut: bytes.count)
    precondition(whole == frameEvents(bytes, cut: cut), "The frames depend on how the bytes were cut.")
    precondition(whole == frameEvents(bytes, cut: 1), "The frames depend on how the bytes were cut.")
    for event in whole {
        switch event {
        case .text(let text):
            precondition(text.count <= 128 && String(validating: text, as: UTF8.self) != nil)
        case .binary(let data): precondition(data.count <= 128)
        case .ping(let payload): precondition(payload.count <= 125)
        default: break
        }
    }
}

private func frameEvents(_ bytes: [UInt8], cut: Int) -> [FrameParser.Event] {
    var parser = FrameParser()
    var events: [FrameParser.Event] = []
    var start = 0
    while start < bytes.count {
        let part = Array(bytes[start..<min(bytes.count, start + cut)])
        var position = 0
        while position < part.count {
            let before = position
            let event = parser.consume(part.span, at: &position, messageBytesMax: 128)
            if event != .more { events.append(event) }
            switch event {
            case .failed, .close: return events
            default: break
            }
            precondition(position > before, "The parser stands still.")
        }
        start += part.count
    }
    return events
}
