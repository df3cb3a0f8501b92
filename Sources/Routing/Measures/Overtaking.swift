/// Whether somebody was taken before one who had waited longer, and how much longer.
///
/// Looked at when an agent who became able takes a contact, over all waiting contacts the same agent could have taken then; a contact
/// that finds a free agent overtakes nobody, since nobody who waits could use that agent. Within a class the order is by waiting alone,
/// so `inversions` must be 0. Between classes of one band a contact is overtaken by no more than the other's head start and aging; a higher band
/// goes first whatever the waiting, until `liftAfter`.
package struct Overtaking: Sendable, Equatable {
    struct Finding: Sendable, Equatable {
        /// Somebody of the same class waited longer, could have been taken by the same agent, and was not.
        var isInversion = false
        /// By how many milliseconds the longest-waiting one passed over in the same band had waited longer; 0 when nobody was.
        var withinBand: Int64 = 0
        /// The same for those of lower bands.
        var acrossBands: Int64 = 0
    }

    /// Must be 0.
    package internal(set) var inversions: Int64 = 0
    /// Contacts of this queue taken before a longer-waiting one of the same band, through head start or aging.
    package internal(set) var count: Int64 = 0
    /// By how many milliseconds at most.
    package internal(set) var largest: Int64 = 0
    /// The same before longer-waiting ones of lower bands.
    package internal(set) var bandCount: Int64 = 0
    package internal(set) var bandLargest: Int64 = 0

    init() {}

    mutating func note(_ finding: Finding) {
        if finding.isInversion { inversions += 1 }
        if finding.withinBand > 0 { count += 1 }
        if finding.acrossBands > 0 { bandCount += 1 }
        largest = max(largest, finding.withinBand)
        bandLargest = max(bandLargest, finding.acrossBands)
    }

    static let fields = Fields<Overtaking>([
        \.inversions, \.count, \.largest, \.bandCount, \.bandLargest,
    ])
}
