package import Federation
package import InteractionModel

/// One thing a peer must hear, made from durable state alone: whoever sends may forget everything.
package struct Owed: Sendable, Equatable {
    /// What an answer is to.
    package enum Item: Hashable, Sendable {
        /// An offer in doubt: its OFFER and its CANCEL have the same answer.
        case offer(ContactID, CustodyEpoch)
        /// `number` is the sequence of the fact that made it.
        case relay(ContactID, number: Int64)
        /// A message of an agent here to a customer there.
        case reply(MessageID)
    }

    /// What belongs into `message`, whose own content is empty.
    package enum Content: Hashable, Sendable {
        case none
        /// The content of that entry.
        case entry(Int64)
        /// The conversation of the interaction up to that entry.
        case conversation(InteractionID, through: Int64)
    }

    package var item: Item
    package var message: PeerMessage
    package var content: Content
    package var since: Timestamp
}

extension RoutingState {
    /// The peers that must hear something, by name.
    package var peersOwed: [SiteName] { custody.creditors }

    /// What `peer` must hear, in the order in which it came up; of one contact one relay and one reply: the next follows the answer.
    package func owed(to peer: SiteName, limit: Int = 50) -> [Owed] {
        guard !isRestoring else { return [] }  // What a backup owes may be told and over.
        var owed: [Owed] = []
        var seen: Set<ContactID> = []
        for debt in custody.debts(to: peer) {
            guard owed.count < limit else { return owed }
            guard let entry = custody[debt.contact] else { continue }
            if let offer = entry.offer, offer.number == debt.number {
                if let made = made(offer, of: entry) { owed.append(made) }
            } else if seen.insert(debt.contact).inserted,
                let relay = entry.relays.first(where: { $0.number == debt.number && $0.to == peer }),
                !waitsForReplies(relay, of: entry)
            {
                owed.append(made(relay, of: entry))
            }
        }
        for message in custody.replies(to: peer) {
            guard owed.count < limit else { return owed }
            if let made = reply(message) { owed.append(made) }
        }
        return owed
    }

    /// An agent's last words are on their way: home hears them before it hears the end.
    private func waitsForReplies(_ relay: CustodyEntry.Relay, of entry: CustodyEntry) -> Bool {
        guard case .closed = relay.item, let id = entry.interaction else { return false }
        return interactions[id]?.outbox.isEmpty == false
    }

    private func made(_ offer: CustodyEntry.Offer, of entry: CustodyEntry) -> Owed? {
        guard let id = entry.interaction, let interaction = interactions[id] else { return nil }
        let transfer = Transfer(
            contact: entry.contact, hops: entry.hops + [.init(site: site, at: offer.wallAt)],
            channel: interaction.channel, account: interaction.account, direction: interaction.direction,
            language: interaction.language, requirement: interaction.requirement, waited: now.since(interaction.stamp),
            level: interaction.level, heard: entry.isHome ? offer.number : entry.heard, cause: offer.cause,
            notAfter: offer.notAfter)
        return Owed(
            item: .offer(entry.contact, entry.row.epoch), message: .offer(transfer, entry.row.epoch),
            content: .conversation(id, through: offer.number), since: offer.at)
    }

    private func made(_ relay: CustodyEntry.Relay, of entry: CustodyEntry) -> Owed {
        let message: PeerMessage
        var content = Owed.Content.none
        switch relay.item {
        case .customerWrote:
            message = .customerWrote(entry.contact, number: relay.number, content: [])
            content = .entry(relay.number)
        case .customerLeft(let cause): message = .customerLeft(entry.contact, cause: cause)
        case .closed(let epoch, let disposition): message = .closed(entry.contact, epoch, disposition: disposition)
        case .delivery(let number, let status, let detail):
            message = .delivery(entry.contact, number: number, status, detail: detail)
        case .arrived(let epoch): message = .arrived(entry.contact, epoch)
        }
        return Owed(
            item: .relay(entry.contact, number: relay.number), message: message, content: content, since: relay.at)
    }

    private func reply(_ id: MessageID) -> Owed? {
        guard let message = messages[id], case .agent(let agent) = message.author,
            let contact = message.interaction.flatMap({ contact(of: $0) })
        else { return nil }
        return Owed(
            item: .reply(id), message: .agentWrote(contact, number: id.number, agent: agent, content: []),
            content: .entry(id.number), since: now)
    }
}
