extension Migration {
    /// An arrival storm must not pay for an index in no order (Decisions/004).
    static let closedCustomers = Migration(
        version: 3, purpose: "Index customers when their interactions close; find open ones beside the waiting line.",
        statements: [
            "DROP INDEX interaction_customer",
            """
            CREATE INDEX interaction_customer ON interaction(customer, created_at)
            WHERE customer IS NOT NULL AND closed_at IS NOT NULL
            """,
            "DROP INDEX interaction_open",
            "CREATE INDEX interaction_open ON interaction(created_at, customer) WHERE closed_at IS NULL",
        ])
}
