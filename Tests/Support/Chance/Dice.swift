/// Chance that a seed repeats, on every machine and for ever (SplitMix64, Steele et al. 2014).
package struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// - Parameter stream: who throws side by side under one seed throws a stream of their own.
    package init(seed: UInt64, stream: Int = 0) {
        state = seed
        // Neighbouring seeds would else give the same numbers, shifted by one.
        state = next() &+ UInt64(truncatingIfNeeded: stream) &* 0xD1B5_4A32_D192_ED03
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not including, `bound`.
    package mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// From `range`, both ends included.
    package mutating func number<Number: FixedWidthInteger>(_ range: ClosedRange<Number>) -> Number {
        range.lowerBound + Number(below(Int(range.upperBound - range.lowerBound) + 1))
    }

    package mutating func happens(percent: Int) -> Bool { below(100) < percent }

    package mutating func happens(permille: Int) -> Bool { below(1000) < permille }

    /// True once in so many times.
    package mutating func isOne(in chances: Int) -> Bool { below(chances) == 0 }

    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for index in stride(from: shuffled.count - 1, to: 0, by: -1) { shuffled.swapAt(index, below(index + 1)) }
        return shuffled
    }

    /// Above 0, up to 1.
    package mutating func unit() -> Double { (Double(next() >> 11) + 1) / 9_007_199_254_740_992 }

    /// Milliseconds to the next of events that come on average so far apart, by chance alone; at least one.
    package mutating func pause(mean: Int64) -> Int64 {
        // The sum of three uniform draws around the mean: no logarithm, so every machine agrees.
        let most = max(1, Int(2 * mean / 3))
        return 1 + Int64(below(most) + below(most) + below(most))
    }
}
