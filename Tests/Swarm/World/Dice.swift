/// SplitMix64: the same seed gives the same numbers on every machine.
struct Dice: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
        state = next()  // Neighbouring seeds would else give the same numbers, shifted by one.
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// From `range`, both ends included.
    mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(below(Int(range.upperBound - range.lowerBound) + 1))
    }

    /// True so often in a thousand.
    mutating func chance(_ permille: Int) -> Bool { below(1000) < permille }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// Milliseconds to the next of events that come on average so far apart, by chance alone; at least one.
    mutating func pause(mean: Int64) -> Int64 {
        // The sum of three uniform draws around the mean: no logarithm, so every machine agrees.
        let most = max(1, Int(2 * mean / 3))
        return 1 + Int64(below(most) + below(most) + below(most))
    }
}
