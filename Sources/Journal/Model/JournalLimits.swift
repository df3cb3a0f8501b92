/// The journal's bounds. A batch beyond one is refused as `.invalid`, naming the field; a read asks in pages.
package enum JournalLimits {
    /// Entries, interaction rows and entity rows a batch may hold, each.
    ///
    /// A plan's activation touches every agent's row at once, and a plan may name 100,000.
    package static let batchMax = 1 << 18
    /// Bytes of an entry's body, and of a state row's snapshot: a plan of 100,000 agents stands in one.
    package static let bodyBytesMax = 64 << 20
    /// Bytes of an entry's content: an e-mail's text without its attachments.
    package static let contentBytesMax = 32 << 20
    /// Bytes of an idempotency key, an entity's id, a customer, queue or agent, a holder's name.
    package static let keyBytesMax = 512
    /// Bytes of an entry's type, an entity's kind, a state's name.
    package static let nameBytesMax = 64
    /// Entries or rows one read returns; ask again from the last one for more.
    package static let readMax = 10_000
    /// Entries one purge removes in its transaction, which takes 10 to 25 ms; the loop may ask for fewer.
    package static let purgeMax = 5_000
}
