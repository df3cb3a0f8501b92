import Federation
import InteractionModel
import Routing

extension API {
    func writeRoutes(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        let counts = routes.counters.current
        page.counter("interflow_route_questions_total", "Questions of switches where to deliver a call.")
        for (client, count) in counts.questions.sorted(by: { $0.key < $1.key }) {
            page.value(count, ["client": client])
        }
        page.counter("interflow_route_answers_total", "Their answers.")
        for decision in RouteAnswer.Decision.allCases {
            page.value(counts.answers[decision] ?? 0, ["decision": decision.rawValue])
        }
        page.counter("interflow_route_repeated_total", "Of these: the same question again.")
        page.value(counts.repeated)
        page.counter(
            "interflow_route_late_total", "Of these: later than the client wants, the default at the deadline included."
        )
        for (client, count) in counts.late.sorted(by: { $0.key < $1.key }) { page.value(count, ["client": client]) }
        page.counter("interflow_route_fallbacks_total", "Defaults, by what led to them.")
        for reason in RouteCounters.Fallback.allCases {
            page.value(counts.fallbacks[reason] ?? 0, ["reason": reason.rawValue])
        }
        page.counter(
            "interflow_route_unavailable_total", "Questions that had no answer: the switch used its own default.")
        page.value(counts.unavailable)
        writeRouteTimes(counts, to: &page)
        writeReservations(state, to: &page)
        writeShares(state, to: &page)
    }

    private func writeRouteTimes(_ counts: RouteCounters.Counts, to page: inout MetricsPage) {
        page.histogram("interflow_route_seconds", "From question to answer.")
        var sum: Int64 = 0
        for (bound, count) in zip(RouteCounters.bounds, counts.took) {
            sum += count
            page.part("_bucket", "\(sum)", ["le": MetricsPage.decimal(bound)])
        }
        sum += counts.took[RouteCounters.bounds.count]
        page.part("_bucket", "\(sum)", ["le": "+Inf"])
        page.part("_sum", MetricsPage.decimal(counts.tookSum), [:])
        page.part("_count", "\(sum)", [:])
    }

    private func writeReservations(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        page.gauge("interflow_route_reservations", "Places kept for calls that have not come.")
        page.value(Int64(state.routes.held))
        let byType = counters.current.byType
        page.counter("interflow_route_arrived_total", "Announced calls that came.")
        page.value(byType["route.arrived"] ?? 0)
        page.counter("interflow_route_lapsed_total", "Places whose calls did not come in time.")
        page.value(byType["route.lapsed"] ?? 0)
        page.counter("interflow_route_released_total", "Places given up: tried in vain, answered too late, not needed.")
        page.value(byType["route.released"] ?? 0)
    }

    private func writeShares(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        let accounts = state.routes.accounts.sorted { $0.key < $1.key }
        func each(_ body: (ShareAccount, ShareAccount.Entry, KeyValuePairs<String, String>) -> Void) {
            for (name, account) in accounts {
                for entry in account.entries {
                    body(account, entry, ["allocation": name, "site": entry.site.rawValue])
                }
            }
        }
        page.gauge("interflow_route_share_target", "Calls a site's share comes to, of all dealt out.")
        each { page.thousandths($0.target(of: $1), $2) }
        page.gauge("interflow_route_share_achieved", "Calls dealt to it.")
        each { page.value($1.given, $2) }
        page.gauge(
            "interflow_route_share_drift",
            "Achieved less target: beyond 1 it could not take calls, or others could not.")
        each { page.thousandths($0.drift(of: $1), $2) }
    }
}
