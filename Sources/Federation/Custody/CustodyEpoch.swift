/// Which custody of a contact: every attempt to hand it over uses up one, whether it is taken or refused.
///
/// Ordered by restoration, then count: a site that was restored from a backup begins a restoration above every one it
/// hears of, so what its lost self promised is older. One number on the wire: restoration × 2³² + count.
package struct CustodyEpoch: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    package init(restoration: Int64 = 0, count: Int64) { rawValue = restoration << 32 | count }

    /// A contact's first custodian has it from the beginning.
    package static let first = CustodyEpoch(count: 0)

    package var restoration: Int64 { rawValue >> 32 }
    package var count: Int64 { rawValue & 0xffff_ffff }
    package var next: CustodyEpoch { CustodyEpoch(rawValue: rawValue + 1) }

    /// `3`, or `1/3` after a restoration.
    package var description: String { restoration == 0 ? "\(count)" : "\(restoration)/\(count)" }

    package static func < (one: CustodyEpoch, other: CustodyEpoch) -> Bool { one.rawValue < other.rawValue }
}
