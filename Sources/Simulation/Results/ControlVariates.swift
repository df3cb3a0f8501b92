/// Takes off an estimate what the luck of a replication explains (Lavenberg and Welch, 1981).
///
/// A replication in which more customers came than expected, or were served for longer, shows longer waits; so does one whose
/// very customers would have waited longer in a centre that Erlang's formula knows (``ReferenceQueue``). Those deviations
/// are seen, and their means are known to be 0; so each estimate is regressed on them over the replications and read at 0.
/// The value stays the same but for a bias of the order of 1/n; the interval becomes narrower, and where the router does
/// exactly what the reference does, it shrinks to nothing. Only where all rates are constant, and with at least
/// `unitsMin` replications or batches.
struct ControlVariates {
    static let unitsMin = 10

    /// By control, then by unit; means taken off.
    private let centred: [[Double]]
    private let means: [Double]
    private let units: Int

    init?(_ sums: [ControlSums]) {
        guard sums.count >= Self.unitsMin,
            sums.allSatisfy({ $0.services > 0 && $0.expectedArrivals > 0 && $0.arrivals > 0 })
        else {
            return nil
        }
        units = sums.count
        var controls = [
            sums.map { $0.service / Double($0.services) }, sums.map(\.arrivalLuck),
        ]
        if sums.allSatisfy({ $0.references > 0 }) {
            controls.append(sums.map { $0.reference / Double($0.references) })
            if sums.contains(where: { $0.referenceInTime != 0 }) {
                controls.append(sums.map { $0.referenceInTime / Double($0.references) })
            }
        }
        let n = Double(units)
        means = controls.map { $0.reduce(0, +) / n }
        centred = zip(controls, means).map { values, mean in values.map { $0 - mean } }
    }

    /// The regression's value at controls of 0, with its interval; nil where a unit has no value or the controls tell nothing.
    func interval(_ values: [Double?]) -> Interval? {
        let known = values.compactMap { $0 }
        guard known.count == units else { return nil }
        let n = Double(units)
        let mean = known.reduce(0, +) / n
        let y = known.map { $0 - mean }
        let products = centred.map { one in centred.map { dot(one, $0) } }
        guard let slopes = Self.solve(products, centred.map { dot($0, y) }), let weights = Self.solve(products, means)
        else { return nil }
        let residues = y.indices.map { unit in
            zip(slopes, centred).reduce(y[unit]) { $0 - $1.0 * $1.1[unit] }
        }
        let freedom = units - 1 - centred.count
        let variance = dot(residues, residues) / Double(freedom)
        let leverage = 1 / n + dot(means, weights)
        return Interval(
            mean: mean - dot(slopes, means),
            halfWidth: StudentT.quantile995(freedom) * (variance * leverage).squareRoot(), count: units)
    }

    private func dot(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Solves a symmetric positive system by elimination; nil when one control says nothing beside the others.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var rows = zip(matrix, right).map { $0 + [$1] }
        for column in rows.indices {
            guard rows[column][column] > 1e-10 * matrix[column][column] else { return nil }
            for row in rows.indices where row != column {
                let factor = rows[row][column] / rows[column][column]
                for place in column..<rows[row].count { rows[row][place] -= factor * rows[column][place] }
            }
        }
        return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
    }
}
