/// What one request may weigh. Beyond a bound the request is refused and the connection closed.
package struct ParserLimits: Sendable, Hashable {
    /// Bytes of request line and fields with the empty line; beyond it 431. At most 65,535.
    package var headBytesMax = 16 << 10
    /// Header fields; beyond it 431.
    package var fieldsMax = 64
    /// Bytes of body where no prefix says otherwise; beyond it 413.
    package var bodyBytesMax = 1 << 20
    /// Body bounds for paths that begin with a prefix; the longest matching prefix wins.
    package var bodyBytesMaxByPrefix: [PathLimit] = []

    /// A body bound for every path that begins with `prefix`.
    package struct PathLimit: Sendable, Hashable {
        package var prefix: String
        package var bytesMax: Int

        package init(prefix: String, bytesMax: Int) {
            self.prefix = prefix
            self.bytesMax = bytesMax
        }
    }

    /// Bytes of chunk extensions in one body. They are ignored (RFC 9112 §7.1.1), so they need little room.
    package static let chunkExtensionBytesMax = 4 << 10
    /// Bytes of trailer fields in one body. They are checked and dropped.
    package static let trailerBytesMax = 8 << 10
    /// Hexadecimal digits of one chunk size.
    package static let chunkSizeDigitsMax = 8
    /// Decimal digits of a Content-Length.
    package static let contentLengthDigitsMax = 15

    package init() {}

    /// The body bound of the request in `head`.
    func bodyBytesMax(for head: RequestHead) -> Int {
        guard !bodyBytesMaxByPrefix.isEmpty else { return bodyBytesMax }
        var best: PathLimit?
        for limit in bodyBytesMaxByPrefix where head.pathBegins(with: limit.prefix) {
            if limit.prefix.utf8.count >= best?.prefix.utf8.count ?? 0 { best = limit }
        }
        return best?.bytesMax ?? bodyBytesMax
    }
}
