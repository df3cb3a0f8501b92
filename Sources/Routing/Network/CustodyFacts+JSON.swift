import Federation
import InteractionModel
import JSON

extension Fact {
    /// The members of what became true between sites.
    func writeNetworkMembers(to writer: inout JSONWriter) {
        switch self {
        case .custody(let move): move.writeMembers(to: &writer)
        case .custodyMoved(let contact, let site, let epoch):
            writer.field("contact", contact.description)
            writer.field("to", site.rawValue)
            writer.field("epoch", epoch.rawValue)
        case .custodyForgotten(let contact): writer.field("contact", contact.description)
        case .relayed(let relayed):
            writer.field("from", relayed.from.rawValue)
            writer.field("number", relayed.number)
            writer.field("until", relayed.activeUntil?.milliseconds)
        case .customerLeft(let cause): writer.field("reason", cause)
        case .relayDelivered(let delivered):
            writer.field("contact", delivered.contact.description)
            writer.field("to", delivered.to.rawValue)
            writer.field("number", delivered.number)
            writer.field("outcome", delivered.outcome)
        case .siteDraining(let isDraining, let by):
            writer.field("isDraining", isDraining)
            writer.field("by", by)
        case .lifeBegan(let incarnation, let isRestored):
            writer.field("incarnation", incarnation)
            writer.field("isRestored", isRestored)
        case .fenced(let site, let incarnation):
            writer.field("from", site.rawValue)
            writer.field("incarnation", incarnation)
        case .restorationBegan(let number): writer.field("number", number)
        case .restored(let restored): restored.writeMembers(to: &writer)
        default: break
        }
    }

    /// What became true between sites; nil when the type is of another sort.
    static func network(_ members: FactMembers) throws -> Fact? {
        switch members.type {
        case "custody.moved":
            .custodyMoved(
                try members.needContact(), to: SiteName(try members.need(members.to, "to")), try members.needEpoch())
        case "custody.forgotten": .custodyForgotten(try members.needContact())
        case "contact.relayed":
            .relayed(
                Relayed(
                    from: SiteName(try members.need(members.from, "from")),
                    number: try members.need(members.number, "number"), activeUntil: members.moment(members.until)))
        case "contact.left": .customerLeft(cause: try members.need(members.reason, "reason"))
        case "relay.delivered":
            .relayDelivered(
                RelayDelivered(
                    contact: try members.needContact(), to: SiteName(try members.need(members.to, "to")),
                    number: try members.need(members.number, "number"),
                    outcome: try members.need(members.outcome, "outcome")))
        case "site.draining":
            .siteDraining(
                try members.need(members.isDraining, "isDraining"), by: try members.need(members.by, "by"))
        default:
            try CustodyMove(members).map { .custody($0) } ?? RestoredCustody(members).map { .restored($0) }
                ?? restoration(members)
        }
    }

    private static func restoration(_ members: FactMembers) throws -> Fact? {
        switch members.type {
        case "site.life":
            .lifeBegan(
                try members.need(members.incarnation, "incarnation"),
                isRestored: try members.need(members.isRestored, "isRestored"))
        case "peer.fenced":
            .fenced(
                SiteName(try members.need(members.from, "from")),
                incarnation: try members.need(members.incarnation, "incarnation"))
        case "restoration.began": .restorationBegan(try members.need(members.number, "number"))
        case "restoration.ended": .restorationEnded
        default: nil
        }
    }
}

extension RestoredCustody {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.field("contact", contact.description)
        switch change {
        case .suspected: writer.field("to", here?.rawValue)
        case .kept: break
        case .resumed(let epoch): writer.field("epoch", epoch.rawValue)
        case .yielded(let epoch, let peer):
            writer.field("epoch", epoch.rawValue)
            writer.field("to", peer.rawValue)
        case .gaveBack(let epoch, let peer, let incarnation):
            writer.field("epoch", epoch.rawValue)
            writer.field("to", peer.rawValue)
            writer.field("incarnation", incarnation)
        }
        writer.field("until", until?.milliseconds)
        writer.field("expiresAt", expiresAt?.milliseconds)
        if heard > 0 { writer.field("heard", heard) }
    }

    fileprivate init?(_ members: FactMembers) throws {
        func peer() throws -> SiteName { SiteName(try members.need(members.to, "to")) }
        let change: Restoration.Change
        switch members.type {
        case "custody.suspected": change = .suspected
        case "custody.kept": change = .kept
        case "custody.resumed": change = .resumed(try members.needEpoch())
        case "custody.yielded": change = .yielded(try members.needEpoch(), to: try peer())
        case "custody.given-back":
            change = .gaveBack(
                try members.needEpoch(), to: try peer(),
                incarnation: try members.need(members.incarnation, "incarnation"))
        default: return nil
        }
        self.init(
            try members.needContact(), change, expiresAt: members.moment(members.expiresAt),
            until: members.moment(members.until), heard: members.heard ?? 0,
            here: change == .suspected ? members.to.map { SiteName($0) } : nil)
    }
}

extension CustodyMove {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.field("contact", contact.description)
        writer.field("epoch", epoch?.rawValue)
        switch change {
        case .offered(_, let peer): writer.field("to", peer.rawValue)
        case .took(_, let peer, let incarnation):
            writer.field("from", peer.rawValue)
            writer.field("incarnation", incarnation)
        case .refused(_, let peer, let incarnation, let reason):
            writer.field("from", peer.rawValue)
            writer.field("incarnation", incarnation)
            writer.field("reason", reason)
        case .gone(_, let peer, let incarnation):
            writer.field("to", peer.rawValue)
            writer.field("incarnation", incarnation)
        case .regained(_, let peer, let reason):
            writer.field("from", peer.rawValue)
            writer.field("reason", reason)
        case .closed: break
        case .forced(_, let by, let peer):
            writer.field("by", by)
            writer.field("from", peer.rawValue)
        }
        writer.field("cause", cause?.rawValue)
        writer.field("until", until?.milliseconds)
        writer.field("expiresAt", expiresAt?.milliseconds)
        writer.field("moveAt", moveAt?.milliseconds)
        requirement?.writeMembers(to: &writer)
        if level > 0 { writer.field("level", level) }
        if heard > 0 { writer.field("heard", heard) }
        writer.hops(hops)
    }

    fileprivate init?(_ members: FactMembers) throws {
        func site(_ name: String?, _ member: String) throws -> SiteName { SiteName(try members.need(name, member)) }
        func incarnation() throws -> Int64 { try members.need(members.incarnation, "incarnation") }
        func reason() throws -> String { try members.need(members.reason, "reason") }
        let change: CustodyChange
        switch members.type {
        case "custody.offered": change = .offered(try members.needEpoch(), to: try site(members.to, "to"))
        case "custody.took":
            change = .took(
                try members.needEpoch(), from: try site(members.from, "from"), incarnation: try incarnation())
        case "custody.refused":
            change = .refused(
                try members.needEpoch(), from: try site(members.from, "from"), incarnation: try incarnation(),
                reason: try reason())
        case "custody.gone":
            change = .gone(try members.needEpoch(), to: try site(members.to, "to"), incarnation: try incarnation())
        case "custody.regained":
            change = .regained(try members.needEpoch(), from: try site(members.from, "from"), reason: try reason())
        case "custody.closed": change = .closed
        case "custody.forced":
            change = .forced(
                try members.needEpoch(), by: try members.need(members.by, "by"),
                inDoubtWith: try site(members.from, "from"))
        default: return nil
        }
        self.init(
            try members.needContact(), change, cause: members.cause.flatMap { Transfer.Cause(rawValue: $0) },
            until: members.moment(members.until), expiresAt: members.moment(members.expiresAt),
            moveAt: members.moment(members.moveAt),
            requirement: members.queue == nil ? nil : try members.needRequirement(), level: Int(members.level ?? 0),
            heard: members.heard ?? 0, hops: members.hops)
    }
}

extension TakenTransfer {
    func writeMembers(to writer: inout JSONWriter) {
        writer.field("contact", contact.description)
        writer.field("epoch", epoch.rawValue)
        writer.field("from", from.rawValue)
        writer.field("incarnation", incarnation)
        writer.hops(hops)
        writer.field("waited", waited)
        if level > 0 { writer.field("level", level) }
        if heard > 0 { writer.field("heard", heard) }
        writer.field("cause", cause.rawValue)
        writer.field("fate", fate?.rawValue)
        if isHome { writer.field("isHome", true) }
    }

    /// Nil where the contact came from a channel.
    init?(_ members: FactMembers) throws {
        guard members.contact != nil else { return nil }
        self.init(
            contact: try members.needContact(), epoch: try members.needEpoch(),
            from: SiteName(try members.need(members.from, "from")),
            incarnation: try members.need(members.incarnation, "incarnation"), hops: members.hops,
            waited: Span(milliseconds: members.waited ?? 0), level: Int(members.level ?? 0),
            heard: members.heard ?? 0,
            cause: members.cause.flatMap { Transfer.Cause(rawValue: $0) } ?? .interflow,
            fate: try members.fate.map { word in
                guard let fate = Fate(rawValue: word) else {
                    throw FactError(type: members.type, reason: "has an unknown fate")
                }
                return fate
            }, isHome: members.isHome ?? false)
    }
}

extension FactMembers {
    func needContact() throws -> ContactID {
        guard let contact = ContactID(try need(contact, "contact")) else {
            throw FactError(type: type, reason: "names no contact")
        }
        return contact
    }

    func needEpoch() throws -> CustodyEpoch { CustodyEpoch(rawValue: try need(epoch, "epoch")) }
}

extension JSONWriter {
    mutating func hops(_ hops: [Transfer.Hop]) {
        guard !hops.isEmpty else { return }
        key("hops")
        array(hops) { hop, writer in
            writer.beginObject()
            writer.field("site", hop.site.rawValue)
            writer.field("at", hop.at)
            writer.endObject()
        }
    }
}

extension Transfer.Hop {
    init(from reader: inout JSONReader) throws {
        self.init(site: SiteName(""), at: Timestamp(milliseconds: 0))
        try reader.eachMember { member, reader in
            switch member {
            case "site": site = SiteName(try reader.readString())
            case "at": at = Timestamp(milliseconds: try reader.readInteger())
            default: try reader.skipValue()
            }
        }
    }
}
