import Federation
import HTTP
import InteractionModel
import JSON
import Routing

/// What operators and supervisors see of other sites, and do about them.
extension API {
    var networkOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/v1/network", access: .roles([.admin, .supervisor, .auditor]), id: "network",
                summary: "Every peer: what it told of its queues and how long ago, what it is owed, what is in doubt.",
                responses: [(200, "The peers.", Schemas.list), (503, "Too busy; try again.", nil)],
                perform: showNetwork),
            Operation(
                method: .post, path: "/v1/interactions/{id}/hand-over", access: .roles([.supervisor]),
                id: "handOverInteraction",
                summary:
                    "Offer a contact to another site; it is taken from whoever has it, and waits until it answers.",
                parameters: [Self.idParameter], requestBody: Schemas.handOver, responses: Self.commandResponses,
                perform: handOver),
            Operation(
                method: .post, path: "/v1/drain", access: .roles([.admin, .supervisor]), id: "drain",
                summary:
                    "Empty this site: hand what waits to other sites and take no more of theirs; or stop doing so.",
                requestBody: Schemas.drain, responses: Self.commandResponses, perform: drain),
            Operation(
                method: .get, path: "/v1/custody/{contact}", access: .roles([.admin, .supervisor, .auditor]),
                id: "getCustody", summary: "What this site knows of who has a contact.",
                parameters: [Self.contactParameter],
                responses: [
                    (200, "What it knows.", Schemas.list), (404, "It never left this site, or never came.", nil),
                ], perform: showCustody),
            Operation(
                method: .post, path: "/v1/custody/{contact}/force", access: .roles([.admin]), id: "forceCustody",
                summary: "Take back an offer in doubt, having made sure at the peer that it has not taken it.",
                parameters: [Self.contactParameter], requestBody: Schemas.forceCustody,
                responses: Self.commandResponses, perform: forceCustody),
        ]
    }

    private static let contactParameter = Operation.Parameter(
        name: "contact", place: .path, isRequired: true, text: "The contact's name in the network, such as berlin-42.")

    // MARK: Looking

    private func showNetwork(_ call: Call) {
        inspect(call) { [self] state in
            let reports = exchange.linkReports
            var writer = JSONWriter(reservingCapacity: 4096)
            writer.beginObject()
            writer.field("site", site.rawValue)
            writer.field("incarnation", state.incarnation)
            writer.field("isDraining", state.isDraining)
            if let waitingFor = exchange.restorer.waitingFor { write(restoringFrom: waitingFor, to: &writer) }
            writer.key("peers")
            writer.beginArray()
            for report in reports { write(report, state, to: &writer) }
            writer.endArray()
            writer.endObject()
            return writer.bytes
        }
    }

    /// Whom a site waits for that was restored from a backup.
    func write(restoringFrom waitingFor: [(peer: SiteName, fault: String?)], to writer: inout JSONWriter) {
        writer.key("restoration")
        writer.beginObject()
        writer.key("waitingFor")
        writer.beginArray()
        for (peer, fault) in waitingFor {
            writer.beginObject()
            writer.field("name", peer.rawValue)
            writer.field("fault", fault)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private func write(_ report: PeerLink.Report, _ state: borrowing RoutingState, to writer: inout JSONWriter) {
        let debt = state.debt(to: report.peer)
        writer.beginObject()
        writer.field("name", report.peer.rawValue)
        writer.field("incarnation", peers.incarnation(of: report.peer))
        writer.field("summaryAge", state.summaryAge(of: report.peer)?.milliseconds)
        writer.field("isDraining", state.directory[report.peer]?.isDraining)
        writer.field("silentFor", report.silentFor?.milliseconds)
        writer.field("fault", report.fault)
        writer.key("owed")
        writer.beginObject()
        writer.field("offersInDoubt", debt.offers)
        writer.field("oldestDoubt", debt.oldestOffer?.milliseconds)
        writer.field("messages", debt.messages)
        writer.field("isAll", debt.isAll)
        writer.endObject()
        writer.key("queues")
        writer.beginArray()
        for queue in state.plan.queues {
            guard let outlook = state.directory.outlook(of: queue.name, at: report.peer, now: state.now) else {
                continue
            }
            writer.beginObject()
            writer.field("queue", queue.name.rawValue)
            writer.field("open", outlook.summary.isOpen)
            writer.field("staffed", outlook.summary.staffed)
            writer.field("idle", outlook.summary.idle)
            writer.field("waiting", outlook.summary.waiting)
            writer.field("dispatched", outlook.dispatched)
            writer.field("isFresh", outlook.isFresh)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private func showCustody(_ call: Call) {
        guard let contact = ContactID(call.arguments[0]) else { return call.responder.send(Self.noCustody) }
        let responder = call.responder
        let look: @Sendable (borrowing RoutingState) -> Void = { state in
            guard let entry = state.custody[contact] else { return responder.send(Self.noCustody) }
            var writer = JSONWriter()
            writer.beginObject()
            writer.field("contact", contact.description)
            writer.field("state", entry.row.state.rawValue)
            writer.field("epoch", entry.row.epoch.description)
            writer.field("peer", entry.row.peer?.rawValue)
            writer.field("decidedAt", entry.decidedAt.milliseconds)
            writer.field("inDoubtFor", entry.offer.map { state.now.since($0.at).milliseconds })
            writer.field("interaction", entry.interaction?.number)
            writer.field("at", entry.whereabouts?.site.rawValue)
            writer.field("hops", entry.hops.map(\.site.rawValue))
            writer.field("owed", entry.relays.count)
            writer.endObject()
            responder.send(.json(200, writer.bytes))
        }
        submit(Job(.inspect(look)), call)
    }

    private static let noCustody = HTTPResponse.problem(
        404, "no-custody", "This site knows of no such contact that ever moved; contacts are called as in berlin-42.")

    // MARK: Doing

    private func handOver(_ call: Call) {
        guard let id = openInteraction(call), let identity = call.identity else { return }
        read(call) { fields in
            fields.required("site", as: String.self, length: 1...64).map {
                .supervisor(identity.name, .handOver(id, to: SiteName($0)))
            }
        }
    }

    private func drain(_ call: Call) {
        guard let identity = call.identity else { return }
        read(call) { fields in
            fields.required("draining", as: Bool.self).map { .draining($0, by: identity.name) }
        }
    }

    /// Who asks must name the site at which they have looked: whoever has not will name another, or none.
    private func forceCustody(_ call: Call) {
        guard let identity = call.identity, let contact = ContactID(call.arguments[0]) else {
            return call.responder.send(Self.noCustody)
        }
        read(call) { fields in
            guard let peer = fields.required("checkedWith", as: String.self, length: 1...64) else { return nil }
            return .custodyForced(contact, by: "\(identity.name), who has checked with \(peer)")
        } unless: { [peer = checkedWith(call)] state in
            guard let row = state.custody[contact]?.row, row.state == .offered, row.peer?.rawValue != peer else {
                return nil
            }
            return .problem(409, "wrong-peer", "It is \(row.peer?.rawValue ?? "nobody") that has not answered.")
        }
    }

    private func checkedWith(_ call: Call) -> String? {
        (try? JSONValue.parse(call.request.body))?["checkedWith"]?.stringValue
    }
}

extension RoutingState {
    /// What a peer is owed, in numbers.
    struct PeerDebt {
        var offers = 0
        var oldestOffer: Span?
        var messages = 0
        /// There is no more than was counted.
        var isAll = true
    }

    /// So many are counted.
    private static let countedMax = 1000

    func debt(to peer: SiteName) -> PeerDebt {
        var debt = PeerDebt()
        let owed = owed(to: peer, limit: Self.countedMax)
        for each in owed {
            guard case .offer = each.item else {
                debt.messages += 1
                continue
            }
            debt.offers += 1
            let age = now.since(each.since)
            debt.oldestOffer = max(debt.oldestOffer ?? age, age)
        }
        debt.isAll = owed.count < Self.countedMax
        return debt
    }

    func summaryAge(of peer: SiteName) -> Span? { directory[peer].map { now.since($0.madeAt) } }
}
