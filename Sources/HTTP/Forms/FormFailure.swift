/// Why a form or query could not be read. The sender must correct it: 400, never retried.
package enum FormFailure: Error, Sendable, Hashable, CustomStringConvertible {
    case malformedPercent
    case notText
    case tooManyPairs(max: Int)

    package var description: String {
        switch self {
        case .malformedPercent: "A percent sign must be followed by two hexadecimal digits."
        case .notText: "The decoded bytes are not UTF-8 text."
        case .tooManyPairs(let max): "There are more than \(max) pairs; send fewer."
        }
    }
}
