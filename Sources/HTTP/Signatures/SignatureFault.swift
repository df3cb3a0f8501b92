/// Why a message's signature says nothing: it is not there, cannot be read, or covers what the message does not have.
package enum SignatureFault: Error, Sendable, Hashable {
    /// The message has no signature fields, or none with the tag that was looked for.
    case missing
    /// Not what RFC 9421 §4 allows, or beyond a bound; the text says what.
    case malformed(String)
    /// A covered component that the message does not have, or that cannot be written into a signature base.
    case component(String)
    /// Read well, but not what the rule asks for: a component or a parameter.
    case insufficient(String)
    /// Made or expired at a time that is too far from now: a replay, or clocks that differ.
    case time(String)
    case contentDigest(String)
    /// Everything is in place and the key did not make this signature.
    case wrong
}

extension SignatureFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "the message is not signed"
        case .malformed(let what): "the signature's fields cannot be read: \(what)"
        case .component(let what): "the signature's base cannot be made: \(what)"
        case .insufficient(let what): "the signature does not cover enough: \(what)"
        case .time(let what): "the signature is not of now: \(what)"
        case .contentDigest(let what): "the content is not what was signed: \(what)"
        case .wrong: "the signature does not match"
        }
    }
}
