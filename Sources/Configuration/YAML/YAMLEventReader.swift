import CYAML

/// The boundary to libyaml: bytes in, events out. No C type leaves this file.
///
/// libyaml keeps its nesting on the heap, and every count is bounded here, so neither depth nor size reaches the stack.
enum YAMLEventReader {
    /// All events of `bytes`, which must be valid UTF-8 without a byte order mark.
    static func events(of bytes: [UInt8]) throws(YAMLProblem) -> [YAMLEvent] {
        // libyaml keeps the parser's own address as its read handler's data, so the parser must not move.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        precondition(yaml_parser_initialize(parser) == 1, "libyaml needs memory for one parser.")
        defer { yaml_parser_delete(parser) }
        let outcome = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            return drain(parser, bytes: bytes)
        }
        return try outcome.get()
    }

    private static func drain(
        _ parser: UnsafeMutablePointer<yaml_parser_t>, bytes: [UInt8]
    ) -> Result<[YAMLEvent], YAMLProblem> {
        var events: [YAMLEvent] = []
        var depth = 0
        var nodes = 0
        while true {
            var raw = yaml_event_t()
            guard yaml_parser_parse(parser, &raw) == 1 else {
                return .failure(problem(of: parser.pointee, bytes: bytes))
            }
            defer { yaml_event_delete(&raw) }
            if raw.type == YAML_STREAM_END_EVENT { return .success(events) }
            guard let event = event(from: raw) else { continue }
            depth += depthChange(event.kind)
            nodes += event.kind.beginsNode ? 1 : 0
            if let excess = excess(event, depth: depth, nodes: nodes) { return .failure(excess) }
            events.append(event)
        }
    }

    private static func depthChange(_ kind: YAMLEvent.Kind) -> Int {
        switch kind {
        case .sequenceStart, .mappingStart: 1
        case .sequenceEnd, .mappingEnd: -1
        case .documentStart, .alias, .scalar: 0
        }
    }

    private static func excess(_ event: YAMLEvent, depth: Int, nodes: Int) -> YAMLProblem? {
        let reason: String
        if depth > ConfigurationLimits.depthMax {
            reason = "is nested deeper than \(ConfigurationLimits.depthMax) levels"
        } else if nodes > ConfigurationLimits.nodesMax {
            reason = "holds more than \(ConfigurationLimits.nodesMax) values"
        } else {
            return nil
        }
        return YAMLProblem(reason: reason, hint: nil, line: event.line, column: event.column)
    }

    private static func event(from raw: yaml_event_t) -> YAMLEvent? {
        switch raw.type {
        case YAML_DOCUMENT_START_EVENT: return made(.documentStart, raw)
        case YAML_ALIAS_EVENT: return made(.alias, raw)
        case YAML_SEQUENCE_START_EVENT:
            let start = raw.data.sequence_start
            return made(.sequenceStart, raw, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
        case YAML_SEQUENCE_END_EVENT: return made(.sequenceEnd, raw)
        case YAML_MAPPING_START_EVENT:
            let start = raw.data.mapping_start
            return made(.mappingStart, raw, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
        case YAML_MAPPING_END_EVENT: return made(.mappingEnd, raw)
        case YAML_SCALAR_EVENT: return scalar(raw)
        default: return nil
        }
    }

    private static func scalar(_ raw: yaml_event_t) -> YAMLEvent {
        let scalar = raw.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        return made(
            .scalar(text, isPlain: isPlain), raw, hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    }

    private static func made(
        _ kind: YAMLEvent.Kind, _ raw: yaml_event_t, hasAnchor: Bool = false, hasTag: Bool = false
    ) -> YAMLEvent {
        YAMLEvent(
            kind: kind, hasAnchor: hasAnchor, hasTag: hasTag, line: Int(raw.start_mark.line) + 1,
            column: Int(raw.start_mark.column) + 1)
    }

    private static func problem(of parser: yaml_parser_t, bytes: [UInt8]) -> YAMLProblem {
        let reason = parser.problem.map { String(cString: $0) } ?? "ran out of memory"
        if parser.error == YAML_READER_ERROR {  // Such errors carry a byte offset instead of a mark.
            let (line, column) = SourceText.position(ofByte: parser.problem_offset, in: bytes)
            return YAMLProblem(reason: "is not YAML: \(reason)", hint: nil, line: line, column: column)
        }
        let line = Int(parser.problem_mark.line) + 1
        if SourceText.indentationHoldsTab(line: line, of: bytes) {
            return YAMLProblem(
                reason: "is indented with a tab", hint: "YAML wants spaces", line: line,
                column: Int(parser.problem_mark.column) + 1)
        }
        return YAMLProblem(
            reason: "is not YAML: \(reason)", hint: hint(for: reason), line: line,
            column: Int(parser.problem_mark.column) + 1)
    }

    /// Says in a reader's words what libyaml's commonest problems mean.
    private static func hint(for reason: String) -> String? {
        switch reason {
        case "mapping values are not allowed in this context":
            "quote a value that holds a colon and a space, or check the indentation"
        case "could not find expected ':'": "every key needs a colon and a space after it"
        case "did not find expected key", "did not find expected '-' indicator":
            "check that this line is indented like the ones before it"
        case "found character that cannot start any token": "quote a value that begins with this character"
        case "found undefined tag handle": "tags are not used here; quote a value that begins with '!'"
        default: nil
        }
    }
}
