/// A query or an `application/x-www-form-urlencoded` body as ordered pairs.
///
/// Strict: a bad percent sign or text that is not UTF-8 fails the whole, because a signature may have
/// been made over it. A piece without `=` is a name with an empty value, as in the URL Standard §5.1.
package struct Form: Sendable, Hashable {
    package struct Pair: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In the order they were sent. Names may repeat.
    package let pairs: [Pair]

    /// Pairs in one form when nothing else is said; beyond it the form is refused whole.
    package static let pairsMax = 256

    package init(_ bytes: [UInt8], pairsMax: Int = Form.pairsMax) throws(FormFailure) {
        var pairs: [Pair] = []
        for piece in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            guard pairs.count < pairsMax else { throw .tooManyPairs(max: pairsMax) }
            let sign = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let name = try PercentEncoding.decode(piece[..<sign], plusIsSpace: true)
            let value = try PercentEncoding.decode(piece[sign...].dropFirst(), plusIsSpace: true)
            pairs.append(Pair(name, value))
        }
        self.pairs = pairs
    }

    /// Reads a query; nil is an empty one.
    package init(_ query: String?, pairsMax: Int = Form.pairsMax) throws(FormFailure) {
        try self.init(Array((query ?? "").utf8), pairsMax: pairsMax)
    }

    /// The value of the first pair of this name.
    package subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of this name, in order.
    package func values(of name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }
}
