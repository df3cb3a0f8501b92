import InteractionModel
import Routing

/// What the queues measure of themselves, for Prometheus. Labels are queues of the plan, and words from closed sets.
extension API {
    func writeQueues(_ state: borrowing RoutingState, to page: inout MetricsPage) {
        let reports = state.plan.queues.compactMap { state.report(on: $0.name) }
        writeVisits(reports, to: &page)
        writeWaits(reports, state, to: &page)
        writeExpectations(reports, to: &page)
        writeFairness(reports, state, to: &page)
    }

    private func writeVisits(_ reports: [QueueReport], to page: inout MetricsPage) {
        page.counter("interflow_queue_visits_total", "Contacts that came to a queue or left it, by how.")
        for report in reports {
            let total = report.total
            let events: [(String, Int64)] = [
                ("received", total.received), ("returned", total.returned), ("moved-in", total.movedIn),
                ("moved-out", total.movedOut), ("handed-over", total.handedOver), ("answered", total.answered),
                ("answered-in-time", total.answeredInTime),
                ("abandoned", total.abandoned), ("abandoned-short", total.abandonedShort), ("expired", total.expired),
            ]
            for (event, count) in events { page.value(count, ["queue": report.queue.rawValue, "event": event]) }
        }
        page.gauge("interflow_queue_agents", "Agents able to serve a queue, by what they could do now.")
        for report in reports {
            let queue = report.queue.rawValue
            page.value(Int64(report.staffing.able), ["queue": queue, "state": "able"])
            page.value(Int64(report.staffing.signedIn), ["queue": queue, "state": "signed-in"])
            page.value(Int64(report.staffing.available), ["queue": queue, "state": "available"])
            page.value(Int64(report.staffing.idle), ["queue": queue, "state": "idle"])
        }
        page.counter("interflow_handling_seconds_total", "Time agents spent with contacts, wrap-up included.")
        for report in reports { page.seconds(report.total.handling, ["queue": report.queue.rawValue]) }
        page.counter("interflow_handled_total", "Times with an agent that ended.")
        for report in reports { page.value(report.total.handled, ["queue": report.queue.rawValue]) }
    }

    private func writeWaits(_ reports: [QueueReport], _ state: borrowing RoutingState, to page: inout MetricsPage) {
        page.histogram("interflow_wait_seconds", "Waits of the answered, from coming to the queue to the acceptance.")
        for report in reports {
            let queue = report.queue.rawValue
            let waits = state.measures[report.queue]?.waits ?? WaitHistogram.empty
            let names = WaitHistogram.bounds.map { "\($0)" } + ["+Inf"]
            for (bound, count) in zip(names, waits.cumulative) {
                page.part("_bucket", "\(count)", ["queue": queue, "le": bound])
            }
            page.part("_sum", MetricsPage.decimal(report.total.waited), ["queue": queue])
            page.part("_count", "\(report.total.answered)", ["queue": queue])
        }
        page.gauge(
            "interflow_queue_longest_wait_seconds", "How long the longest waiting contact has waited; 0 when none.")
        for report in reports {
            page.seconds(report.longestWait?.milliseconds ?? 0, ["queue": report.queue.rawValue])
        }
        page.gauge(
            "interflow_queue_service_level_ratio",
            "Of the last half hour, by definition (GET /v1/queues says what each means); absent without contacts.")
        for report in reports {
            for definition in ServiceLevelDefinition.allCases {
                guard let share = report.last30.serviceLevel(definition) else { continue }
                page.thousandths(share / 10, ["queue": report.queue.rawValue, "definition": definition.rawValue])
            }
        }
    }

    private func writeExpectations(_ reports: [QueueReport], to page: inout MetricsPage) {
        page.gauge("interflow_queue_expected_wait_seconds", "Of one more contact; absent while nothing can be said.")
        for report in reports {
            guard let estimate = report.expected.estimate else { continue }
            page.seconds(estimate.p50.milliseconds, ["queue": report.queue.rawValue, "quantile": "0.5"])
            page.seconds(estimate.p90.milliseconds, ["queue": report.queue.rawValue, "quantile": "0.9"])
        }
        page.counter(
            "interflow_announcements_total", "Announced waits, by what came of them; silent: nothing was said.")
        for report in reports {
            let score = report.score
            let results: [(String, Int64)] = [
                ("announced", score.announced), ("silent", score.silent), ("compared", score.compared),
                ("within-p50", score.withinP50), ("within-p90", score.withinP90), ("left", score.left),
            ]
            for (result, count) in results { page.value(count, ["queue": report.queue.rawValue, "result": result]) }
        }
        page.counter(
            "interflow_announcement_error_seconds_total", "Distance of answered waits from the announced median.")
        for report in reports { page.seconds(report.score.absoluteError, ["queue": report.queue.rawValue]) }
    }

    private func writeFairness(_ reports: [QueueReport], _ state: borrowing RoutingState, to page: inout MetricsPage) {
        page.counter("interflow_inversions_total", "Contacts taken before an equal that waited longer; must be 0.")
        for report in reports { page.value(report.overtaking.inversions, ["queue": report.queue.rawValue]) }
        page.counter("interflow_overtakings_total", "Contacts taken before a longer waiting one, by what let them.")
        for report in reports {
            page.value(report.overtaking.count, ["queue": report.queue.rawValue, "by": "head-start"])
            page.value(report.overtaking.bandCount, ["queue": report.queue.rawValue, "by": "band"])
        }
        page.gauge("interflow_largest_overtaking_seconds", "By how much the overtaken had waited longer, at most.")
        for report in reports {
            page.seconds(report.overtaking.largest, ["queue": report.queue.rawValue, "by": "head-start"])
            page.seconds(report.overtaking.bandLargest, ["queue": report.queue.rawValue, "by": "band"])
        }
        page.gauge("interflow_queue_longest_wait_ever_seconds", "The longest visit that ended.")
        for report in reports { page.seconds(report.total.waitedMax, ["queue": report.queue.rawValue]) }
        page.counter("interflow_starved_total", "Visits longer than the plan's starvationMax.")
        for report in reports { page.value(report.total.starved, ["queue": report.queue.rawValue]) }
        guard let spread = state.measures.shareSpread else { return }
        page.gauge(
            "interflow_offer_share_ratio",
            "Offers an agent got of those that were due among equals: the extremes; 1 is fair.")
        page.thousandths(Int64(spread.least * 1000), ["extreme": "least"])
        page.thousandths(Int64(spread.largest * 1000), ["extreme": "largest"])
    }
}
