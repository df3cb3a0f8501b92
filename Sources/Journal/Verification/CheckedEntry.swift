/// A stored entry together with what verification compares it to.
struct CheckedEntry {
    let entry: JournalEntry
    /// What the checksum column says.
    let checksum: UInt64
    let bodyIsJSON: Bool
}
