extension Migration {
    /// A purge removes the journal's beginning; the chain of checksums must still have something to hang from.
    static let purgeBookkeeping = Migration(
        version: 2, purpose: "Remember how far the journal was purged, and the last purged entry's checksum.",
        statements: [
            """
            CREATE TABLE purge(
              one INTEGER PRIMARY KEY CHECK (one = 1), -- a single row
              through_seq INTEGER NOT NULL,            -- all entries up to here are gone; 0: none
              through_sum INTEGER NOT NULL             -- the checksum of that entry
            ) STRICT
            """,
            "INSERT INTO purge VALUES(1, 0, 0)",
        ])
}
