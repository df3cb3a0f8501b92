import InteractionModel
import Routing

/// The exchange with other sites in numbers.
extension API {
    func writeNetwork(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        let reports = exchange.linkReports
        guard !reports.isEmpty else { return }
        let debts = reports.map { state.debt(to: $0.peer) }
        page.gauge(
            "interflow_custody_in_doubt", "Contacts offered to a peer that has not answered; 1000 and more as 1000.")
        for (report, debt) in zip(reports, debts) { page.value(Int64(debt.offers), ["peer": report.peer.rawValue]) }
        page.gauge("interflow_custody_in_doubt_oldest_seconds", "Age of the oldest of them; page somebody at 60.")
        for (report, debt) in zip(reports, debts) {
            page.seconds(debt.oldestOffer?.milliseconds ?? 0, ["peer": report.peer.rawValue])
        }
        page.gauge("interflow_relay_backlog", "Messages a peer must hear and has not acknowledged.")
        for (report, debt) in zip(reports, debts) { page.value(Int64(debt.messages), ["peer": report.peer.rawValue]) }
        page.gauge("interflow_peer_summary_age_seconds", "How old what a peer told of its queues is.")
        for report in reports {
            guard let age = state.summaryAge(of: report.peer) else { continue }
            page.seconds(age.milliseconds, ["peer": report.peer.rawValue])
        }
        page.gauge("interflow_site_draining", "1 while contacts are handed to other sites and none are taken.")
        page.value(state.isDraining ? 1 : 0)
        writeLinks(reports, to: &page)
    }

    private func writeLinks(_ reports: [PeerLink.Report], to page: inout MetricsPage) {
        page.gauge(
            "interflow_peer_silent_seconds", "How long batches to a peer have gone without answers; 0: they do not.")
        for report in reports { page.seconds(report.silentFor?.milliseconds ?? 0, ["peer": report.peer.rawValue]) }
        page.counter("interflow_transfers_total", "Contacts handed over, since the start of this process.")
        for report in reports {
            let peer = report.peer.rawValue
            let outcomes: [(PeerLink.Event, String)] = [
                (.out, "taken-there"), (.refusedThere, "refused-there"), (.taken, "taken-here"),
                (.refusedHere, "refused-here"),
            ]
            for (event, word) in outcomes {
                page.value(report.counts[event] ?? 0, ["peer": peer, "outcome": word])
            }
        }
        page.counter("interflow_peer_batches_total", "Batches of messages to a peer, by what became of them.")
        for report in reports {
            let peer = report.peer.rawValue
            page.value(report.counts[.batch] ?? 0, ["peer": peer, "outcome": "answered"])
            page.value(report.counts[.unanswered] ?? 0, ["peer": peer, "outcome": "unanswered"])
        }
        page.histogram("interflow_peer_batch_seconds", "From a batch's leaving to its answers.")
        for report in reports {
            let peer = report.peer.rawValue
            let latency = report.latency
            for (bound, count) in zip(LatencyCounts.bounds, latency.upTo) {
                page.part("_bucket", "\(count)", ["peer": peer, "le": MetricsPage.decimal(bound)])
            }
            page.part("_bucket", "\(latency.count)", ["peer": peer, "le": "+Inf"])
            page.part("_sum", MetricsPage.decimal(latency.sum), ["peer": peer])
            page.part("_count", "\(latency.count)", ["peer": peer])
        }
    }
}
