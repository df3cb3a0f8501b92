/// Takes off an estimate what the luck of a replication explains (Lavenberg and Welch, 1981).
///
/// A replication in which more customers came than expected, or were served for longer, shows longer waits. Both deviations
/// are known, and their means are known to be 0; so each estimate is regressed on them over the replications and
/// read at 0. The means stay as they were but for a bias of the order of 1/n; the intervals become narrower. Only where all
/// rates are constant, and with at least `unitsMin` replications or batches.
struct ControlVariates {
    static let unitsMin = 10

    private let service: [Double]
    private let arrivals: [Double]

    init?(_ sums: [ControlSums]) {
        guard sums.count >= Self.unitsMin, sums.allSatisfy({ $0.services > 0 && $0.expectedArrivals > 0 }) else {
            return nil
        }
        service = Self.centred(sums.map { $0.service / Double($0.services) })
        arrivals = Self.centred(sums.map { $0.arrivals / $0.expectedArrivals - 1 })
        meanOfService = sums.map { $0.service / Double($0.services) }.reduce(0, +) / Double(sums.count)
        meanOfArrivals = sums.map { $0.arrivals / $0.expectedArrivals - 1 }.reduce(0, +) / Double(sums.count)
    }

    private let meanOfService: Double
    private let meanOfArrivals: Double

    private static func centred(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.map { $0 - mean }
    }

    /// The regression's value at controls of 0, with its interval; nil where a batch has no value or the controls tell nothing.
    func interval(_ values: [Double?]) -> Interval? {
        let known = values.compactMap { $0 }
        guard known.count == service.count else { return nil }
        let n = Double(known.count)
        let mean = known.reduce(0, +) / n
        let y = known.map { $0 - mean }
        let ss = dot(service, service)
        let aa = dot(arrivals, arrivals)
        let sa = dot(service, arrivals)
        let determinant = ss * aa - sa * sa
        guard determinant > 1e-12 * ss * aa, determinant > 0 else { return nil }
        let sy = dot(service, y)
        let ay = dot(arrivals, y)
        let slope = ((sy * aa - ay * sa) / determinant, (ay * ss - sy * sa) / determinant)
        let residues = y.indices.map { y[$0] - slope.0 * service[$0] - slope.1 * arrivals[$0] }
        let variance = dot(residues, residues) / (n - 3)
        let s = meanOfService
        let a = meanOfArrivals
        let leverage = 1 / n + (aa * s * s - 2 * sa * s * a + ss * a * a) / determinant
        return Interval(
            mean: mean - slope.0 * s - slope.1 * a,
            halfWidth: StudentT.quantile995(known.count - 3) * (variance * leverage).squareRoot(), count: known.count)
    }

    private func dot(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }
}
