/// One step of a YAML file, as libyaml's event parser sees it.
struct YAMLEvent: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case documentStart
        case alias
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd

        var beginsNode: Bool {
            switch self {
            case .alias, .scalar, .sequenceStart, .mappingStart: true
            case .documentStart, .sequenceEnd, .mappingEnd: false
            }
        }
    }

    let kind: Kind
    let hasAnchor: Bool
    let hasTag: Bool
    /// Counted from 1.
    let line: Int
    /// Counted from 1, in Unicode scalars.
    let column: Int
}

/// Why a file could not be read to its end.
struct YAMLProblem: Error, Hashable, Sendable {
    let reason: String
    let hint: String?
    let line: Int
    let column: Int
}
