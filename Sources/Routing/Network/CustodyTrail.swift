package import Federation
package import InteractionModel

/// Turns a site's facts, in the order of its journal, into what happened to the custody of contacts: food for `CustodyProof`.
///
/// Remembers which interaction here belongs to which contact from elsewhere: some 50 bytes for each that was taken.
package struct CustodyTrail: Sendable {
    private let site: SiteName
    private var taken: [InteractionID: ContactID] = [:]

    package init(of site: SiteName) { self.site = site }

    /// Types of facts that say something of custody; whoever reads a journal need not parse others.
    package static func concerns(_ type: String) -> Bool {
        switch type {
        case "contact.received", "offer.made", "offer.ended", "contact.released", "contact.requeued",
            "contact.escalated", "contact.closed", "contact.abandoned", "contact.expired":
            true
        default: type.hasPrefix("custody.")
        }
    }

    /// Nil for facts that change no custody.
    package mutating func event(_ recorded: RecordedFact) -> (contact: ContactID, event: CustodyEvent)? {
        if case .custody(let move) = recorded.fact {
            if let id = recorded.interaction { belongs(id, to: move.contact) }
            return (move.contact, .changed(move.change))
        }
        if case .restored(let restored) = recorded.fact {
            if let id = recorded.interaction { belongs(id, to: restored.contact) }
            return (restored.contact, .restored(restored.change))
        }
        if case .received(let received) = recorded.fact {
            let id = recorded.interaction ?? InteractionID(recorded.sequence)
            guard let transfer = received.transfer else { return (contact(of: id), .began) }
            belongs(id, to: transfer.contact)
            if let change = transfer.restoration { return (transfer.contact, .restored(change)) }
            let change = CustodyChange.took(transfer.epoch, from: transfer.from, incarnation: transfer.incarnation)
            return (transfer.contact, .changed(change))
        }
        guard let id = recorded.interaction, let event = Self.event(recorded.fact) else { return nil }
        return (contact(of: id), event)
    }

    private static func event(_ fact: Fact) -> CustodyEvent? {
        switch fact {
        case .offered: .assigned
        case .offerEnded(_, .accepted): nil
        case .offerEnded, .released, .requeued, .escalated: .unassigned
        case .closed, .abandoned, .expired: .ended
        default: nil
        }
    }

    private mutating func belongs(_ id: InteractionID, to contact: ContactID) {
        if contact != ContactID(site, id.number) { taken[id] = contact }
    }

    private func contact(of id: InteractionID) -> ContactID { taken[id] ?? ContactID(site, id.number) }
}
