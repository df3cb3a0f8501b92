package import InteractionModel

/// Which lives of its peers a site still believes: durable, one for the site.
///
/// A site that is restored from a backup begins a new incarnation and makes every peer record it. From then on the peer
/// gives what the lost incarnation offered no effect and believes none of its answers.
package struct Fences: Hashable, Sendable {
    private var incarnations: [SiteName: Int64] = [:]  // Looked up; walked by name only.
    /// The newest restoration heard of, of any site: epochs made from now on are not older.
    package private(set) var restorations: Int64 = 0

    package init() {}

    package init(incarnations: [SiteName: Int64], restorations: Int64) {
        self.incarnations = incarnations
        self.restorations = restorations
    }

    /// FENCE of `site`: each new incarnation is a restoration more. Repeated, it changes nothing.
    /// - Returns: False for a FENCE that is itself of a lost incarnation.
    package mutating func record(_ site: SiteName, incarnation: Int64) -> Bool {
        guard !isDead(site, incarnation) else { return false }
        if incarnations[site] != incarnation {
            incarnations[site] = incarnation
            restorations += 1
        }
        return true
    }

    /// This site's own verdicts are made under `restoration`.
    package mutating func begin(_ restoration: Int64) { restorations = max(restorations, restoration) }

    /// Whether `incarnation` of `site` was lost, and another one has said so.
    package func isDead(_ site: SiteName, _ incarnation: Int64) -> Bool {
        incarnations[site].map { incarnation < $0 } ?? false
    }

    /// The newest incarnation of `site` that said it was restored; nil where none did.
    package func newest(of site: SiteName) -> Int64? { incarnations[site] }

    /// The epoch that a custodian makes after `epoch`.
    package func next(after epoch: CustodyEpoch) -> CustodyEpoch {
        max(epoch.next, CustodyEpoch(restoration: restorations, count: 1))
    }

    /// The sites that were restored, in order of name, with their newest incarnation.
    package var recorded: [(site: SiteName, incarnation: Int64)] {
        incarnations.keys.sorted().map { ($0, incarnations[$0] ?? 0) }
    }
}
