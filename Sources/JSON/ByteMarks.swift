/// Looks at eight bytes of text at once: looking at each byte is where a JSON codec spends its time.
///
/// A mark is the high bit of a byte; of several, the lowest is exact, because a borrow only reaches the bytes above a
/// true mark.
enum ByteMarks {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Marks control characters, quotes and backslashes.
    @inline(__always)
    static func escapes(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        // The complement drops bytes beyond ASCII, whose high bit is no mark.
        return ((word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes)
            & (ones &* 0x80)
    }

    /// Marks control characters, quotes, backslashes and everything beyond ASCII.
    @inline(__always)
    static func stops(_ word: UInt64) -> UInt64 {
        escapes(word) | word & (ones &* 0x80)
    }

    /// Whether two stretches of the same length hold the same bytes, in steps of eight or four that may overlap.
    @inline(__always)
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        let count = left.count
        guard count >= 4 else { return left.elementsEqual(right) }
        guard count >= 8 else {
            return isEqual(UInt32.self, left, right, 0) && isEqual(UInt32.self, left, right, count &- 4)
        }
        var index = 0
        while index &+ 8 < count {
            guard isEqual(UInt64.self, left, right, index) else { return false }
            index &+= 8
        }
        return isEqual(UInt64.self, left, right, count &- 8)
    }

    @inline(__always)
    private static func isEqual<Word: FixedWidthInteger & BitwiseCopyable>(
        _: Word.Type, _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer, _ offset: Int
    ) -> Bool {
        left.loadUnaligned(fromByteOffset: offset, as: Word.self)
            == right.loadUnaligned(fromByteOffset: offset, as: Word.self)
    }
}
