/// A mistake put around the production code, never into it, to see that the witness finds it.
package enum Plant: String, Sendable, CaseIterable {
    // The eight of the model.
    /// Takes an offer in doubt back when it has lasted too long.
    case timeout
    /// Goes on giving agents what it has offered to a peer.
    case noFreeze = "no-freeze"
    /// Goes on after it was restored from an old backup.
    case restore
    /// Drops tombstones while old offers can still arrive.
    case forgetful
    /// Answers a peer before its commit.
    case answersFirst = "answers-first"
    /// Refuses what is cancelled without writing that down.
    case noTombstone = "no-tombstone"
    /// Sends an offer before its commit.
    case sendsFirst = "sends-first"
    /// Believes any answer about a contact, whatever its epoch.
    case noFence = "no-fence"

    // And others.
    /// Sends every offer to two peers.
    case twoOffers = "two-offers"
    /// Says that it refused what it took.
    case liesNo = "lies-no"
    /// Says that it took what it refused.
    case liesYes = "lies-yes"
    /// Two answers of a batch change places.
    case swapsAnswers = "swaps-answers"
    /// Acknowledges a customer's relayed line and drops it.
    case losesRelays = "loses-relays"
    /// Takes a relayed line as often as it comes.
    case doublesRelays = "doubles-relays"
    /// Acknowledges an agent's line and drops it.
    case losesReplies = "loses-replies"
    /// Acknowledges that a contact has ended, and drops that.
    case losesEnds = "loses-ends"
    /// Takes a customer's line as often as it comes.
    case forgetsKeys = "forgets-keys"
    /// The end of a transaction that was acknowledged never reached the disk.
    case tearsCommits = "tears-commits"
    /// A fact of custody never reached the disk.
    case dropsFacts = "drops-facts"
    /// A row was not written.
    case dropsRows = "drops-rows"
    /// The conversation does not go with the contact.
    case losesConversations = "loses-conversations"
}
