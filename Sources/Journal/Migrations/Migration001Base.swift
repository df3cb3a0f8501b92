extension Migration {
    /// Column names are short because an operator types them; the types say what they mean in full.
    static let base = Migration(
        version: 1, purpose: "Create the journal, its erasable content, and the state rows.",
        statements: [
            """
            CREATE TABLE meta(
              k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE journal(
              seq INTEGER PRIMARY KEY, -- contiguous, given by the router
              at INTEGER NOT NULL,     -- milliseconds since 1970, UTC
              epoch INTEGER NOT NULL,  -- term of the leader that wrote it
              type TEXT NOT NULL,
              iid INTEGER,             -- interaction
              prev INTEGER,            -- previous seq of the same interaction
              key TEXT,                -- the client's idempotency key
              body TEXT NOT NULL,      -- JSON, no personal data
              sum INTEGER NOT NULL     -- XXH64 over this entry and all before it
            ) STRICT
            """,
            "CREATE UNIQUE INDEX journal_key ON journal(key) WHERE key IS NOT NULL",
            """
            CREATE TABLE content(      -- personal data: what erasure removes, what replay never reads
              seq INTEGER PRIMARY KEY, -- the entry it belongs to
              iid INTEGER NOT NULL, body TEXT NOT NULL,
              sum INTEGER NOT NULL     -- XXH64 of the body, seeded with seq
            ) STRICT
            """,
            "CREATE INDEX content_interaction ON content(iid)",
            """
            CREATE TABLE interaction(
              iid INTEGER PRIMARY KEY, customer TEXT, state TEXT NOT NULL, queue TEXT, agent TEXT,
              created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, closed_at INTEGER,
              last_seq INTEGER NOT NULL, snap TEXT NOT NULL) STRICT
            """,
            "CREATE INDEX interaction_customer ON interaction(customer, created_at) WHERE customer IS NOT NULL",
            "CREATE INDEX interaction_open ON interaction(created_at) WHERE closed_at IS NULL",
            """
            CREATE TABLE entity(
              kind TEXT NOT NULL, id TEXT NOT NULL, last_seq INTEGER NOT NULL, snap TEXT NOT NULL,
              PRIMARY KEY(kind, id)) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE lease(        -- who may append
              name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, holder TEXT NOT NULL,
              taken_at INTEGER NOT NULL) STRICT, WITHOUT ROWID
            """,
            "INSERT INTO lease VALUES('router', 0, '', 0)",
        ])
}
