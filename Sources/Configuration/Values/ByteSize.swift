/// A count of bytes, written `512B`, `16KiB`, `4MiB` or `1GiB`.
package struct ByteSize: Hashable, Comparable, Sendable {
    package let bytes: Int

    package init(bytes: Int) {
        precondition(bytes >= 0, "A size is not negative.")
        self.bytes = bytes
    }

    package static func kibibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 10) }
    package static func mebibytes(_ count: Int) -> ByteSize { ByteSize(bytes: count << 20) }

    package static func < (one: ByteSize, other: ByteSize) -> Bool { one.bytes < other.bytes }
}

extension ByteSize: CustomStringConvertible {
    /// The largest unit that divides it; reads back as the same size.
    package var description: String { ByteSize.unit.written(Int64(bytes)) }

    static let unit = UnitTable([("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)])
}
