package import InteractionModel

/// What is wrong with, or open about, the custody of one contact.
package struct CustodyFinding: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case twoOwners([Place])
        case nobodyOwns
        case closedTwice([Place])
        case takenAndRefused(CustodyEpoch, [Place])
        case takenTwice(CustodyEpoch, [Place])
        case madeTwice(CustodyEpoch, [Place])
        case neverOffered(CustodyEpoch, taker: Place, from: SiteName)
        case offeredToAnother(CustodyEpoch, taker: Place, to: SiteName)
        /// The sender heard that it was taken, and the peer's journal knows nothing of it.
        case neverTaken(CustodyEpoch, sender: Place, by: SiteName)
        /// The sender heard that it was refused, and the peer's journal knows nothing of it.
        case neverRefused(CustodyEpoch, sender: Place, by: SiteName)
        case assignedWhileNotHeld(Place, CustodyRow.State?)
        case assignedTwice(Place)
        case offeredWhileAssigned(Place)
        /// A change that cannot follow from what the site had recorded before.
        case impossible(Place, String)

        // Open: nothing is wrong, and something is not known or not over.
        case inDoubt(CustodyEpoch, sender: Place, peer: SiteName)
        case forced(Place, by: String)
        case journalMissing(SiteName)
        case beginsEarlier(Place)
        case lostWithALife(CustodyEpoch, Place)
        case movedWhileRead
    }

    /// An entry of one site's journal.
    package struct Place: Hashable, Sendable, CustomStringConvertible {
        package var site: SiteName
        package var sequence: Int64

        package init(_ site: SiteName, _ sequence: Int64) {
            self.site = site
            self.sequence = sequence
        }

        package var description: String { "\(site) #\(sequence)" }
    }

    package var contact: ContactID
    package var kind: Kind

    package init(_ contact: ContactID, _ kind: Kind) {
        self.contact = contact
        self.kind = kind
    }

    /// Whether a promise is broken; otherwise something is open.
    package var isWrong: Bool {
        switch kind {
        case .inDoubt, .forced, .journalMissing, .beginsEarlier, .lostWithALife, .movedWhileRead: false
        default: true
        }
    }
}

extension CustodyFinding: CustomStringConvertible {
    package var description: String { "\(contact): \(text)" }

    private var text: String {
        switch kind {
        case .twoOwners(let places): "two owners: \(list(places))"
        case .nobodyOwns: "nobody owns it"
        case .closedTwice(let places): "closed twice: \(list(places))"
        case .takenAndRefused(let epoch, let places): "epoch \(epoch) is taken and refused: \(list(places))"
        case .takenTwice(let epoch, let places): "epoch \(epoch) is taken twice: \(list(places))"
        case .madeTwice(let epoch, let places): "epoch \(epoch) is made twice: \(list(places))"
        case .neverOffered(let epoch, let taker, let from):
            "epoch \(epoch) is taken (\(taker)) and was never offered: \(from)'s journal has no such offer"
        case .offeredToAnother(let epoch, let taker, let to):
            "epoch \(epoch) is taken (\(taker)) and was offered to \(to)"
        case .neverTaken(let epoch, let sender, let by):
            "epoch \(epoch) is believed taken (\(sender)), and \(by)'s journal does not take it: it is damaged, or ends before"
        case .neverRefused(let epoch, let sender, let by):
            "epoch \(epoch) is believed refused (\(sender)), and \(by)'s journal does not refuse it: it is damaged, or ends "
                + "before"
        case .assignedWhileNotHeld(let place, let state):
            "an agent gets it where it is not held (\(place), \(state?.rawValue ?? "unknown there"))"
        case .assignedTwice(let place): "a second agent gets it (\(place))"
        case .offeredWhileAssigned(let place): "it is handed over while an agent has it (\(place))"
        case .impossible(let place, let what): "\(what) (\(place))"
        case .inDoubt(let epoch, let sender, let peer):
            "in doubt at the end: epoch \(epoch) (\(sender)), \(peer) has not decided"
        case .forced(let place, let by): "taken back by force, by \(by) (\(place))"
        case .journalMissing(let site): "it went through \(site), whose journal was not given"
        case .beginsEarlier(let place): "its beginning is not in the journal any more (\(place))"
        case .lostWithALife(let epoch, let place):
            "epoch \(epoch) (\(place)): the other party was restored from a backup and has forgotten it"
        case .movedWhileRead: "it moved while the journals were read; ask again"
        }
    }

    private func list(_ places: [Place]) -> String { places.map(\.description).joined(separator: ", ") }
}
