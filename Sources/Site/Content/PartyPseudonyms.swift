package import InteractionModel

/// Turns addresses into the pseudonyms that the journal may hold for ever: a keyed hash, HMAC-SHA-256 cut to 128 bits.
///
/// Without the site's key nobody can try out telephone numbers against a journal.
package struct PartyPseudonyms: Sendable {
    private let keyedHash: KeyedHash

    package static let keyBytes = 32

    /// - Parameter key: 32 bytes, one for the life of a journal.
    package init(key: [UInt8]) {
        precondition(key.count == Self.keyBytes, "A site's pseudonym key has 32 bytes.")
        keyedHash = KeyedHash(key: key)
    }

    /// One address on one channel, whichever of our accounts it reached.
    package func party(channel: ChannelName, address: String) -> PartyKey {
        hash(["party", channel.rawValue, address])
    }

    /// What keeps the contacts of one conversation together.
    package func thread(of event: ContactEvent) -> PartyKey {
        thread(
            channel: event.channel, account: event.account, from: event.from, to: event.to, thread: event.thread)
    }

    /// The same of a conversation that began at another site.
    package func thread(
        channel: ChannelName, account: AccountName, from: String, to: String, thread: String?
    ) -> PartyKey {
        hash(["thread", channel.rawValue, account.rawValue, from, thread ?? to])
    }

    private func hash(_ parts: [String]) -> PartyKey {
        var text: [UInt8] = []
        for part in parts {
            text.append(contentsOf: part.utf8)
            text.append(0)
        }
        return PartyKey(Hexadecimal.text(keyedHash.digest(of: text)[..<16]))
    }
}

package enum Hexadecimal {
    /// Lower case, two digits a byte.
    package static func text(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            var at = 0
            for byte in bytes {
                buffer[at] = digits[Int(byte >> 4)]
                buffer[at + 1] = digits[Int(byte & 15)]
                at += 2
            }
            return at
        }
    }
}
