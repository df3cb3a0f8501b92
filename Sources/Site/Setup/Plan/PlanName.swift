package import Configuration
import InteractionModel

/// The rule for names that operators choose.
package enum PlanName {
    package static let rule = "1 to 64 letters, digits, '-', '_' or '.', beginning with a letter or digit"

    package static func isValid(_ text: String) -> Bool { QueueName.isValid(text) }
}

extension ValueType where Value == String {
    /// A name that may become part of a key, a label or a path.
    package static var name: ValueType {
        scalar(
            "a name", example: "example", text: { $0 },
            parse: { (written) throws(Refusal) in
                guard PlanName.isValid(written) else { throw Refusal("must be \(PlanName.rule)") }
                return written
            })
    }
}

extension ValueType where Value == TokenHash {
    /// `sha256:` and 64 hexadecimal digits, as `interflow token` prints it.
    package static var tokenHash: ValueType {
        scalar(
            "the hash of a token", example: "sha256:" + String(repeating: "0", count: 64), text: { $0.configured },
            parse: { (written) throws(Refusal) in
                guard let hash = TokenHash(configured: written) else {
                    throw Refusal("must be sha256: and 64 hexadecimal digits", hint: "interflow token makes one")
                }
                return hash
            })
    }
}
