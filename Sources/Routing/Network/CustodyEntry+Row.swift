import Federation
import InteractionModel
import JSON

extension CustodyEntry {
    var snapshot: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 256)
        writer.beginObject()
        writer.field("state", row.state.rawValue)
        writer.field("epoch", row.epoch.rawValue)
        writer.field("peer", row.peer?.rawValue)
        writer.field("peerIncarnation", row.peerIncarnation)
        writer.field("kept", row.kept?.rawValue)
        writer.field("decidedAt", decidedAt)
        if isHome { writer.field("isHome", true) }
        writer.field("interaction", interaction?.number)
        writer.hops(hops)
        if heard > 0 { writer.field("heard", heard) }
        if let offer {
            writer.key("offer")
            offer.write(to: &writer)
        }
        writer.field("at", whereabouts?.site.rawValue)
        writer.field("atEpoch", whereabouts?.epoch.rawValue)
        if !custodians.isEmpty { writer.field("custodians", custodians.map(\.rawValue)) }
        if !refusals.isEmpty {
            writer.key("refusals")
            writer.array(refusals) { refusal, writer in
                writer.beginObject()
                writer.field("site", refusal.site.rawValue)
                writer.field("until", refusal.until)
                writer.endObject()
            }
        }
        if let address {
            writer.key("address")
            address.write(to: &writer)
        }
        if !relays.isEmpty {
            writer.key("relays")
            writer.array(relays) { $0.write(to: &$1) }
        }
        writer.endObject()
        return writer.bytes
    }

    /// Whether a stored relay is a customer's message.
    static func isUnheard(_ stored: JSONValue) -> Bool { stored["item"]?.stringValue == "wrote" }

    /// Nil when the row is none.
    init?(_ contact: ContactID, _ members: JSONObject) {
        guard let word = members["state"]?.stringValue, let state = CustodyRow.State(rawValue: word),
            let epoch = members["epoch"]?.integerValue
        else { return nil }
        let row = CustodyRow(
            epoch: CustodyEpoch(rawValue: epoch), state: state, peer: members.site("peer"),
            peerIncarnation: members["peerIncarnation"]?.integerValue,
            kept: members["kept"]?.stringValue.flatMap { CustodyRow.State(rawValue: $0) })
        self.init(
            contact, isHome: members["isHome"]?.boolValue ?? false, row,
            at: members.moment("decidedAt") ?? Timestamp(milliseconds: 0))
        interaction = members["interaction"]?.integerValue.map { InteractionID($0) }
        hops = (members["hops"]?.arrayValue ?? []).compactMap { $0.objectValue.flatMap { Transfer.Hop($0) } }
        heard = members["heard"]?.integerValue ?? 0
        offer = members["offer"]?.objectValue.flatMap { Offer($0) }
        if let at = members.site("at"), let epoch = members["atEpoch"]?.integerValue {
            whereabouts = Whereabouts(site: at, epoch: CustodyEpoch(rawValue: epoch))
        }
        custodians = (members["custodians"]?.arrayValue ?? []).compactMap { $0.stringValue.map { SiteName($0) } }
        refusals = (members["refusals"]?.arrayValue ?? []).compactMap { value in
            guard let refusal = value.objectValue, let site = refusal.site("site") else { return nil }
            return Refusal(site: site, until: refusal.moment("until") ?? Timestamp(milliseconds: 0))
        }
        address = members["address"]?.objectValue.flatMap { Address($0) }
        relays = (members["relays"]?.arrayValue ?? []).compactMap { $0.objectValue.flatMap { Relay($0) } }
    }
}

extension Transfer.Hop {
    fileprivate init?(_ members: JSONObject) {
        guard let site = members.site("site"), let at = members.moment("at") else { return nil }
        self.init(site: site, at: at)
    }
}

extension CustodyEntry.Offer {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("number", number)
        writer.field("at", at)
        writer.field("wallAt", wallAt)
        writer.field("cause", cause.rawValue)
        writer.field("notAfter", notAfter)
        writer.endObject()
    }

    fileprivate init?(_ members: JSONObject) {
        guard let number = members["number"]?.integerValue, let at = members.moment("at"),
            let wallAt = members.moment("wallAt"), let notAfter = members.moment("notAfter")
        else { return nil }
        let cause = members["cause"]?.stringValue.flatMap { Transfer.Cause(rawValue: $0) } ?? .interflow
        self.init(number: number, at: at, wallAt: wallAt, cause: cause, notAfter: notAfter)
    }
}

extension CustodyEntry.Address {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("channel", channel.rawValue)
        writer.field("account", account.rawValue)
        writer.field("party", party.rawValue)
        writer.field("message", message?.number)
        writer.endObject()
    }

    fileprivate init?(_ members: JSONObject) {
        guard let channel = members["channel"]?.stringValue, let account = members["account"]?.stringValue,
            let party = members["party"]?.stringValue
        else { return nil }
        self.init(
            channel: ChannelName(channel), account: AccountName(account), party: PartyKey(party),
            message: members["message"]?.integerValue.map { MessageID($0) })
    }
}

extension CustodyEntry.Relay {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("to", to.rawValue)
        writer.field("number", number)
        writer.field("at", at)
        switch item {
        case .customerWrote: writer.field("item", "wrote")
        case .customerLeft(let cause):
            writer.field("item", "left")
            writer.field("reason", cause)
        case .closed(let epoch, let disposition):
            writer.field("item", "closed")
            writer.field("epoch", epoch.rawValue)
            writer.field("disposition", disposition)
        case .delivery(let message, let status, let detail):
            writer.field("item", "delivery")
            writer.field("of", message)
            writer.field("status", status.rawValue)
            writer.field("reason", detail)
        case .arrived(let epoch):
            writer.field("item", "arrived")
            writer.field("epoch", epoch.rawValue)
        }
        writer.endObject()
    }

    fileprivate init?(_ members: JSONObject) {
        guard let to = members.site("to"), let number = members["number"]?.integerValue,
            let at = members.moment("at"), let item = Item(members)
        else { return nil }
        self.init(to: to, number: number, at: at, item: item)
    }
}

extension CustodyEntry.Relay.Item {
    fileprivate init?(_ members: JSONObject) {
        let reason = members["reason"]?.stringValue
        let epoch = members["epoch"]?.integerValue.map { CustodyEpoch(rawValue: $0) }
        switch (members["item"]?.stringValue, epoch) {
        case ("wrote", _): self = .customerWrote
        case ("left", _): self = .customerLeft(cause: reason ?? "")
        case ("closed", let epoch?): self = .closed(epoch, disposition: members["disposition"]?.stringValue)
        case ("arrived", let epoch?): self = .arrived(epoch)
        case ("delivery", _):
            guard let message = members["of"]?.integerValue,
                let status = members["status"]?.stringValue.flatMap({ DeliveryStatus(rawValue: $0) })
            else { return nil }
            self = .delivery(of: message, status, detail: reason)
        default: return nil
        }
    }
}

extension JSONObject {
    fileprivate func site(_ name: String) -> SiteName? { self[name]?.stringValue.map { SiteName($0) } }
}

extension RoutingState {
    /// Before the interactions, which ask it whose customer is connected here.
    mutating func restoreCustody(_ rows: [EntityStateRow]) throws {
        custody.restore(
            try rows.filter { $0.kind == "custody" }.map { row in
                guard let contact = ContactID(row.id), let entry = CustodyEntry(contact, try Self.members(row)) else {
                    throw RestoreError(row: "custody \(row.id)", reason: "its contact or state is unknown")
                }
                return entry
            })
    }

    /// After interactions and messages: what follows from them and from custody together.
    mutating func restoreOwed() {
        guard custody.count > 0 else { return }
        for contact in custody.contacts {
            guard let entry = custody[contact], let id = entry.interaction else { continue }
            if entry.unheard > 0 { interactions[id]?.followed += entry.unheard }
            if entry.row.state == .offered, let peer = entry.row.peer, let queue = interactions[id]?.requirement.queue {
                directory.dispatched(to: peer, queue)
            }
        }
        for id in messages.keys.sorted() { trackReply(id) }
    }
}
