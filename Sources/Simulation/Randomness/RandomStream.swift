/// One stream of random numbers: xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64.
///
/// The same seed gives the same numbers on every machine. Streams of different purposes are seeded apart, so that two
/// policies see the same customers: who comes when, how long they would stay on the line, how long they would be served.
package struct RandomStream: Sendable {
    private var a, b, c, d: UInt64

    /// The stream of one purpose in one replication; every argument makes another stream.
    package init(seed: UInt64, replication: Int, purpose: Purpose, number: Int = 0) {
        var mixer = SplitMix64(seed: seed)
        mixer = SplitMix64(seed: mixer.next() ^ UInt64(truncatingIfNeeded: replication))
        mixer = SplitMix64(seed: mixer.next() ^ purpose.rawValue)
        mixer = SplitMix64(seed: mixer.next() ^ UInt64(truncatingIfNeeded: number))
        a = mixer.next()
        b = mixer.next()
        c = mixer.next()
        d = mixer.next() | 1  // The one state that xoshiro must not begin in is all zeros.
    }

    /// What a stream's numbers are for.
    package enum Purpose: UInt64, Sendable {
        case arrivals = 1
        case patience, handling, choices
    }

    package mutating func next() -> UInt64 {
        let result = Self.rotate(b &* 5, by: 7) &* 9
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = Self.rotate(d, by: 45)
        return result
    }

    private static func rotate(_ word: UInt64, by bits: UInt64) -> UInt64 { (word << bits) | (word >> (64 - bits)) }

    /// Exponential with mean 1, by inversion.
    package mutating func exponential() -> Double { -Elementary.ln(Self.fraction(next())) }

    /// One of 0 to `bound` - 1, all equally likely (Lemire's multiplication, without the rejection: the bias is below
    /// `bound` in 2^64).
    package mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// A number strictly between 0 and 1: 52 bits and a half.
    static func fraction(_ bits: UInt64) -> Double { (Double(bits >> 12) + 0.5) * 0x1p-52 }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): good enough to begin other generators and to spread one number into a few.
package struct SplitMix64: Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func fraction() -> Double { RandomStream.fraction(next()) }
}
