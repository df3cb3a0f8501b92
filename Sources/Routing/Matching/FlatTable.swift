/// Memory of plain values without checks, for the matcher alone.
///
/// Why not an array: the two searches read a dozen tables a decision, and each access to an array inside a struct costs a bounds
/// check and, when written, a check that nobody shares it; together a tenth to a quarter of a decision (Decisions/0004). In debug builds, in
/// which the tests run, every index is checked.
///
/// Copies share the memory until `unshare` is called. Whoever writes must have seen to that (`Matcher.makeUnique`), which is
/// also why this may be sent: nobody writes what somebody else can see.
struct FlatTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    private final class Memory {
        let base: UnsafeMutablePointer<Element>

        init(capacity: Int) { base = .allocate(capacity: max(capacity, 1)) }
        deinit { base.deallocate() }
    }

    private var memory: Memory
    private var base: UnsafeMutablePointer<Element>
    private(set) var count: Int
    private var capacity: Int

    init(_ count: Int = 0, filledWith filling: Element) {
        memory = Memory(capacity: count)
        base = memory.base
        base.initialize(repeating: filling, count: count)
        self.count = count
        capacity = count
    }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count, "index \(index) of \(count)")
            return base[index]
        }
        @inline(__always) _modify {
            assert(index >= 0 && index < count, "index \(index) of \(count)")
            yield &base[index]
        }
    }

    subscript(index: UInt32) -> Element {
        @inline(__always) get { self[Int(truncatingIfNeeded: index)] }
        @inline(__always) _modify { yield &self[Int(truncatingIfNeeded: index)] }
    }

    var bytes: Int { capacity * MemoryLayout<Element>.stride }

    /// Memory of its own, equal to what was shared.
    mutating func unshare() { move(toCapacity: capacity) }

    mutating func append(_ element: Element) {
        if count == capacity { move(toCapacity: max(16, 2 * capacity)) }
        (base + count).initialize(to: element)
        count += 1
    }

    /// Makes it at least `wanted` long.
    mutating func grow(to wanted: Int, filledWith filling: Element) {
        guard wanted > count else { return }
        if wanted > capacity { move(toCapacity: max(wanted, 2 * capacity)) }
        (base + count).initialize(repeating: filling, count: wanted - count)
        count = wanted
    }

    /// Takes it as rows `old` long and makes them `new` long, `rows` of them in all.
    mutating func lengthenRows(from old: Int, to new: Int, rows: Int, filledWith filling: Element) {
        var made = FlatTable(rows * new, filledWith: filling)
        let kept = old == 0 ? 0 : min(rows, count / old)
        for row in 0..<kept { (made.base + row * new).update(from: base + row * old, count: old) }
        swap(&self, &made)
    }

    mutating func fill(_ range: Range<Int>, with filling: Element) {
        assert(range.lowerBound >= 0 && range.upperBound <= count)
        (base + range.lowerBound).update(repeating: filling, count: range.count)
    }

    private mutating func move(toCapacity wanted: Int) {
        let moved = Memory(capacity: wanted)
        moved.base.initialize(from: base, count: count)
        memory = moved
        base = moved.base
        capacity = wanted
    }
}
