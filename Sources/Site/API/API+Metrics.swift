import ChannelKit
import HTTP
import InteractionModel
import Routing

extension API {
    var metricsOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/metrics", access: .roles([.admin, .supervisor, .auditor]), id: "metrics",
                summary: "Counters and gauges in Prometheus' text format.",
                responses: [(200, "The metrics.", nil), (503, "Too busy; try again.", nil)], perform: metrics)
        ]
    }

    private func metrics(_ call: Call) {
        inspect(call, contentType: "text/plain; version=0.0.4; charset=utf-8") { [self] state in
            var page = MetricsPage()
            writeContacts(state, to: &page)
            writeQueues(state, to: &page)
            writeRoutes(state, to: &page)
            writeSite(state, to: &page)
            writeNetwork(state, to: &page)
            writeCounters(to: &page)
            writePeers(to: &page)
            return page.bytes
        }
    }

    private func writeContacts(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        let tallies = state.tallies
        page.counter("interflow_contacts_accepted_total", "Interactions begun.")
        for tally in tallies { page.value(tally.received, ["channel": tally.channel.rawValue]) }
        page.counter("interflow_contacts_closed_total", "Interactions ended.")
        for tally in tallies {
            let channel = tally.channel.rawValue
            page.value(tally.closed, ["channel": channel, "outcome": "closed"])
            page.value(tally.abandoned, ["channel": channel, "outcome": "abandoned"])
            page.value(tally.expired, ["channel": channel, "outcome": "expired"])
        }
        page.counter(
            "interflow_contacts_short_abandoned_total", "Of those abandoned: gone before the queue counts a loss.")
        for tally in tallies { page.value(tally.shortAbandoned, ["channel": tally.channel.rawValue]) }
        page.gauge("interflow_contacts_open", "Interactions by state.")
        for tally in tallies {
            let channel = tally.channel.rawValue
            page.value(tally.queued, ["channel": channel, "state": "queued"])
            page.value(tally.offered, ["channel": channel, "state": "offered"])
            page.value(tally.active, ["channel": channel, "state": "active"])
            page.value(tally.wrapping, ["channel": channel, "state": "wrapping"])
            page.value(tally.escalated, ["channel": channel, "state": "escalated"])
            page.value(tally.handingOver, ["channel": channel, "state": "handing-over"])
            page.value(tally.away, ["channel": channel, "state": "away"])
        }
        page.gauge("interflow_conservation_error", "Interactions gained or lost by a fault of ours; must be 0.")
        page.value(state.conservationError)
        page.gauge("interflow_queue_waiting", "Contacts waiting, by queue.")
        for queue in state.plan.queues {
            page.value(Int64(state.waiting(in: queue.name)), ["queue": queue.name.rawValue])
        }
    }

    private func writeSite(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        page.gauge("interflow_leader_epoch", "The term of this process.")
        page.value(state.epoch)
        page.gauge("interflow_journal_sequence", "The last fact.")
        page.value(state.lastSequence)
        page.gauge("interflow_outbox_messages", "Messages not settled yet.")
        page.value(Int64(state.messages.count))
        page.gauge("interflow_agents_connected", "Desktops connected.")
        page.value(Int64(effects.hub.connectedCount))
        page.gauge("interflow_build_info", "Always 1.")
        page.value(1, ["release": release, "site": site.rawValue])
    }

    private func writeCounters(to page: inout MetricsPage) {
        let counts = counters.current
        page.counter("interflow_facts_total", "Facts made durable, by type.")
        for (type, count) in counts.byType.sorted(by: { $0.key < $1.key }) { page.value(count, ["type": type]) }
        page.counter("interflow_journal_commits_total", "Transactions.")
        page.value(counts.commits)
        page.counter("interflow_journal_errors_total", "Transactions that failed.")
        page.value(Int64(health.storeFailureCount))
        page.counter("interflow_webhook_rejected_total", "Webhook requests turned away.")
        for reason in Rejection.allCases { page.value(counts.rejections[reason] ?? 0, ["reason": reason.rawValue]) }
        page.counter("interflow_duplicates_total", "Contacts that were known already.")
        for (channel, count) in counts.duplicates.sorted(by: { $0.key < $1.key }) {
            page.value(count, ["channel": channel.rawValue])
        }
        page.counter("interflow_contacts_refused_total", "Contacts declined before they were accepted.")
        for (code, count) in counts.refusals.sorted(by: { $0.key < $1.key }) { page.value(count, ["reason": code]) }
        page.counter("interflow_requests_denied_total", "Requests without a right to what they asked.")
        page.value(counts.unauthorised, ["reason": "no-valid-token"])
        page.value(counts.forbidden, ["reason": "wrong-role"])
        page.gauge("interflow_inbox_waiting", "Jobs waiting for the loop.")
        page.value(Int64(inbox.count))
        page.gauge("interflow_log_followers", "Open streams of the routing log.")
        page.value(Int64(log.followerCount))
    }
}

extension API {
    private func writePeers(to page: inout MetricsPage) {
        let counts = peers.counters.current
        page.gauge("interflow_peers", "Sites of the network that this one trusts.")
        page.value(Int64(peers.book.peers.count))
        page.counter("interflow_peer_refused_total", "Requests on peers' paths that were not let in.")
        for reason in PeerRefusal.Reason.allCases {
            page.value(counts.refused[reason] ?? 0, ["reason": reason.rawValue])
        }
        page.counter("interflow_peer_requests_total", "Requests that peers signed for this site.")
        for (peer, count) in counts.admitted.sorted(by: { $0.key < $1.key }) {
            page.value(count, ["peer": peer.rawValue])
        }
        page.gauge("interflow_peer_clock_seconds", "What a peer's clock showed beyond this site's when it last signed.")
        for (peer, seconds) in counts.clockDifferences.sorted(by: { $0.key < $1.key }) {
            page.value(seconds, ["peer": peer.rawValue])
        }
        page.counter("interflow_peer_answers_total", "Answers that peers signed.")
        for (peer, count) in counts.answered.sorted(by: { $0.key < $1.key }) {
            page.value(count, ["peer": peer.rawValue])
        }
        page.counter("interflow_peer_no_answer_total", "Questions to peers without an answer to be believed.")
        for (peer, reasons) in counts.unanswered.sorted(by: { $0.key < $1.key }) {
            for reason in NoAnswer.Reason.allCases {
                guard let count = reasons[reason] else { continue }
                page.value(count, ["peer": peer.rawValue, "reason": reason.rawValue])
            }
        }
    }
}

/// A page in Prometheus' text format 0.0.4.
struct MetricsPage {
    private(set) var bytes: [UInt8] = []
    private var name = ""

    mutating func counter(_ name: String, _ help: String) { begin(name, help, "counter") }
    mutating func gauge(_ name: String, _ help: String) { begin(name, help, "gauge") }
    mutating func histogram(_ name: String, _ help: String) { begin(name, help, "histogram") }

    private mutating func begin(_ name: String, _ help: String, _ type: String) {
        self.name = name
        append("# HELP \(name) \(help)\n# TYPE \(name) \(type)\n")
    }

    mutating func value(_ value: Int64, _ labels: KeyValuePairs<String, String> = [:]) {
        append("\(name)\(Self.list(labels)) \(value)\n")
    }

    /// A length of time, in seconds as Prometheus has them.
    mutating func seconds(_ milliseconds: Int64, _ labels: KeyValuePairs<String, String> = [:]) {
        thousandths(milliseconds, labels)
    }

    mutating func thousandths(_ value: Int64, _ labels: KeyValuePairs<String, String> = [:]) {
        append("\(name)\(Self.list(labels)) \(Self.decimal(value))\n")
    }

    /// A number of thousandths, written out.
    static func decimal(_ value: Int64) -> String {
        let (whole, part) = abs(value).quotientAndRemainder(dividingBy: 1000)
        return "\(value < 0 ? "-" : "")\(whole).\(String(part + 1000).dropFirst())"
    }

    /// One line of a histogram: `suffix` is `_bucket`, `_sum` or `_count`.
    mutating func part(_ suffix: String, _ value: String, _ labels: KeyValuePairs<String, String>) {
        append("\(name)\(suffix)\(Self.list(labels)) \(value)\n")
    }

    private static func list(_ labels: KeyValuePairs<String, String>) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.key)=\"\(escape($0.value))\"" }.joined(separator: ",") + "}"
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
