/// The erasable part of one entry.
package struct JournalContent: Sendable, Equatable {
    /// The entry it belongs to.
    package let sequence: Int64
    /// JSON text with personal data.
    package let body: [UInt8]

    package init(sequence: Int64, body: [UInt8]) {
        self.sequence = sequence
        self.body = body
    }
}
