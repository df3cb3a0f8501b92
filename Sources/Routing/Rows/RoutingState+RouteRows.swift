import Federation
import InteractionModel
import JSON

/// The reservations in the store: kinds `route` (by number), `routeNumber` (by the number of a pool), `routeShare` (by account).
extension RoutingState {
    mutating func takeRouteRows() -> [EntityStateRow] {
        let taken = routes.takeChanges()
        guard !taken.rows.isEmpty || !taken.numbers.isEmpty else { return [] }
        return Set(taken.rows).sorted().map(routeRow) + Set(taken.numbers).sorted().map(numberRow)
            + Set(taken.accounts).sorted().map(shareRow)
    }

    mutating func forgetRouteChanges() { _ = routes.takeChanges() }

    var routeRows: [EntityStateRow] {
        routes.rows.keys.sorted().map(routeRow) + routes.numbers.keys.sorted().map(numberRow)
            + routes.accounts.keys.sorted().map(shareRow)
    }

    private func routeRow(_ number: Int64) -> EntityStateRow {
        row("route", "\(number)", routes[number]) { $0.write(to: &$1) }
    }

    private func numberRow(_ number: String) -> EntityStateRow {
        row("routeNumber", number, routes.numbers[number]) { use, writer in
            writer.beginObject()
            writer.field("reservation", use.reservation)
            writer.field("freeAt", use.freeAt?.milliseconds)
            writer.endObject()
        }
    }

    private func shareRow(_ account: String) -> EntityStateRow {
        row("routeShare", account, routes.accounts[account]) { $0.write(to: &$1) }
    }

    private func row<Value>(
        _ kind: String, _ id: String, _ value: Value?, _ write: (Value, inout JSONWriter) -> Void
    ) -> EntityStateRow {
        var writer = JSONWriter()
        if let value { write(value, &writer) }
        return EntityStateRow(
            kind: kind, id: id, lastSequence: lastSequence, snapshot: value == nil ? nil : writer.bytes)
    }

    mutating func restoreRoutes(_ rows: [EntityStateRow]) throws {
        var routes: [(number: Int64, row: RouteRow)] = []
        var numbers: [String: RouteTable.NumberUse] = [:]
        var accounts: [String: ShareAccount] = [:]
        for row in rows where row.kind.hasPrefix("route") {
            let name = "\(row.kind) \(row.id)"
            guard let members = (try? JSONValue.parse(row.snapshot ?? []))?.objectValue else {
                throw RestoreError(row: name, reason: "it is not a JSON object")
            }
            do {
                switch row.kind {
                case "route": routes.append((Int64(row.id) ?? 0, try RouteRow(members)))
                case "routeNumber":
                    numbers[row.id] = .init(
                        reservation: members["reservation"]?.integerValue ?? 0, freeAt: members.moment("freeAt"))
                case "routeShare": accounts[row.id] = try ShareAccount(members)
                default: break
                }
            } catch {
                throw RestoreError(row: name, reason: "it has no sound \(error.member)")
            }
        }
        self.routes.restore(rows: routes, numbers: numbers, accounts: accounts)
        for number in self.routes.heldNumbers {
            if let until = self.routes[number]?.expiresAt { deadlines.add(.route(number), at: until) }
        }
    }
}
