/// Logarithm and exponential of our own: a C library's may differ in the last bit from machine to machine, and one bit
/// is enough for another sequence of events. Both are within 2e-15 of the true value, relatively, which a test holds.
package enum Elementary {
    private static let ln2 = 0.693_147_180_559_945_309_417

    /// The natural logarithm of a positive, finite, normal number.
    ///
    /// x = m 2^e with m near 1; ln m = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1) / (m + 1), so s² < 0.0295 and the term after
    /// the last one used is below 1e-17.
    package static func ln(_ x: Double) -> Double {
        var exponent = Double(x.exponent)
        var mantissa = x.significand
        if mantissa > 1.414_213_562_373_095_1 {
            mantissa *= 0.5
            exponent += 1
        }
        let s = (mantissa - 1) / (mantissa + 1)
        let q = s * s
        var series = 1.0 / 21
        series = series * q + 1.0 / 19
        series = series * q + 1.0 / 17
        series = series * q + 1.0 / 15
        series = series * q + 1.0 / 13
        series = series * q + 1.0 / 11
        series = series * q + 1.0 / 9
        series = series * q + 1.0 / 7
        series = series * q + 1.0 / 5
        series = series * q + 1.0 / 3
        series = series * q + 1
        return exponent * ln2 + 2 * s * series
    }

    /// e to the power of `x`, for −700 ≤ x ≤ 700.
    ///
    /// x = k ln 2 + r with |r| ≤ 0.35; the series of e^r is summed to r¹⁵/15!, below 1e-19 of it.
    package static func exp(_ x: Double) -> Double {
        let k = (x / ln2).rounded()
        let r = (x - k * 0.693_147_180_369_123_816_49) - k * 1.908_214_929_270_587_700_02e-10
        var sum = 1.0
        var n = 15.0
        while n > 0 {
            sum = 1 + sum * r / n
            n -= 1
        }
        return sum * Double(sign: .plus, exponent: Int(k), significand: 1)
    }
}
