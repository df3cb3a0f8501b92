import InteractionModel

/// The checksum column: each entry's covers its fields and, through the seed, every entry before it (Decisions/003).
///
///     header   = sequence, at, epoch, interaction or 0, previous or 0, flags: six 64-bit little-endian integers
///     flags    = 1 if there is an interaction, + 2 if there is a previous, + 4 if there is a key
///     checksum = XXH64(body, seed: XXH64(key or empty, seed: XXH64(type, seed: XXH64(header, seed: checksum before))))
///
/// The first entry's seed is 0. Content is outside, because it may be erased; it has a checksum of its own, seeded with
/// the entry's sequence. Stored as the same 64 bits in SQLite's signed integer.
package enum EntryChecksum {
    /// The checksum of an entry that follows one with checksum `before`.
    package static func of(_ entry: JournalEntry, after before: UInt64) -> UInt64 {
        var hash = header(of: entry, after: before)
        hash = entry.type.withBytes { XXH64.hash(UnsafeRawBufferPointer($0), seed: hash) }
        hash = (entry.key ?? "").withBytes { XXH64.hash(UnsafeRawBufferPointer($0), seed: hash) }
        return entry.body.withUnsafeBytes { XXH64.hash($0, seed: hash) }
    }

    /// The checksum of a content row.
    package static func ofContent(_ body: [UInt8], sequence: Int64) -> UInt64 {
        body.withUnsafeBytes { XXH64.hash($0, seed: UInt64(bitPattern: sequence)) }
    }

    private static func header(of entry: JournalEntry, after before: UInt64) -> UInt64 {
        let flags: Int64 =
            (entry.interaction == nil ? 0 : 1) | (entry.previous == nil ? 0 : 2) | (entry.key == nil ? 0 : 4)
        // A tuple of integers lies on the stack: no allocation per row.
        let fields = (
            entry.sequence.littleEndian, entry.at.milliseconds.littleEndian, entry.epoch.littleEndian,
            (entry.interaction ?? 0).littleEndian, (entry.previous ?? 0).littleEndian, flags.littleEndian
        )
        return withUnsafeBytes(of: fields) { XXH64.hash($0, seed: before) }
    }
}

extension String {
    /// The UTF-8 bytes without a copy, valid only inside the call.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(utf8).withUnsafeBufferPointer(body)
    }
}
