/// How the SQLite engine treats its files.
package struct SQLiteOptions: Sendable, Equatable {
    /// Pages of 4 KiB in the write-ahead log at which ``Journal/maintain()`` copies them into the database.
    ///
    /// Measured at groups of 64: 4,000 gives the best rate and p99 of 250, 1,000, 4,000 and 16,000.
    package var checkpointPages: Int32 = 4_000
    /// Times `checkpointPages` at which `append` copies them itself, because nobody called `maintain`.
    package var checkpointNeglect: Int32 = 4
    /// Page cache of the writer, KiB; filled only as far as the work needs.
    package var writerCacheKilobytes = 65_536
    /// Page cache of each reader, KiB.
    package var readerCacheKilobytes = 8_192
    /// Pages of 4 KiB the database may grow to; nil: as far as the disk goes. Beyond it, appends fail as `.full`.
    package var pagesMax: Int64?

    package init() {}
}
