/// How long serving one contact takes: a mean and a law.
package struct ServiceTime: Hashable, Sendable {
    package enum Law: Hashable, Sendable {
        case exponential
        case constant
        /// `variation` is the coefficient of variation: standard deviation by mean.
        case lognormal(variation: Double)
        /// The sum of `phases` exponential parts of equal means.
        case erlang(phases: Int)
    }

    /// In seconds.
    package var mean: Double
    package var law: Law

    package init(mean: Double, law: Law = .exponential) {
        self.mean = mean
        self.law = law
    }

    /// The time, in seconds, of the contact that drew `seed`. One number for each contact, whoever serves it: so two
    /// policies that give a contact to different agents still see the same customer.
    package func seconds(for seed: UInt64) -> Double {
        switch law {
        case .exponential: return -Elementary.ln(RandomStream.fraction(seed)) * mean
        case .constant: return mean
        case .lognormal(let variation):
            let variance = Elementary.ln(1 + variation * variation)
            return mean * Elementary.exp(variance.squareRoot() * Self.normal(for: seed) - variance / 2)
        case .erlang(let phases):
            var mixer = SplitMix64(seed: seed)
            return (0..<phases).reduce(0) { sum, _ in sum - Elementary.ln(mixer.fraction()) } * mean / Double(phases)
        }
    }

    /// A standard normal number by Marsaglia's polar method (1964), which needs no sine.
    private static func normal(for seed: UInt64) -> Double {
        var mixer = SplitMix64(seed: seed)
        while true {
            let u = 2 * mixer.fraction() - 1
            let v = 2 * mixer.fraction() - 1
            let s = u * u + v * v
            if s < 1, s > 0 { return u * (-2 * Elementary.ln(s) / s).squareRoot() }
        }
    }
}
