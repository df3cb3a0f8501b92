package import JSON
import Routing

/// What it took to simulate, which only the one who ran it knows.
package struct SimulationCost: Sendable {
    /// Processor time of the simulation.
    package var cpuSeconds: Double
    package var seconds: Double
    package var threads: Int

    package init(cpuSeconds: Double, seconds: Double, threads: Int) {
        self.cpuSeconds = cpuSeconds
        self.seconds = seconds
        self.threads = threads
    }
}

extension SimulationReport {
    /// How the intervals were made, in words.
    package var method: String {
        replications > 1
            ? "\(replications) independent replications, Student's t"
            : "\(batches) batches of one replication, Student's t; batches are taken as independent"
    }

    package var hashText: String {
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    package func write(to writer: inout JSONWriter, cost: SimulationCost) {
        writer.beginObject()
        writer.field("scenario", scenario.name)
        writer.field("seed", seed)
        writer.field("replications", replications)
        writer.field("batches", batches)
        writer.field("confidence", Interval.confidence)
        writer.field("method", method)
        writer.field("contacts", contacts)
        writer.field("counted", total.tally.offered)
        writer.field("events", events)
        writer.field("facts", facts)
        writer.field("refusals", refusals)
        writer.field("unresolved", unresolved)
        writer.field("cpuSeconds", cost.cpuSeconds)
        writer.field("seconds", cost.seconds)
        writer.field("threads", cost.threads)
        writer.field("eventsPerSecond", cost.cpuSeconds > 0 ? Double(events) / cost.cpuSeconds : 0)
        writer.field("microsecondsPerContact", contacts > 0 ? cost.cpuSeconds * 1e6 / Double(contacts) : 0)
        writer.field("hash", hashText)
        writeEstimates(to: &writer)
        writeDefinitions(to: &writer)
        writer.key("total")
        write(total, to: &writer)
        write("queues", queues, to: &writer)
        write("groups", groups, to: &writer)
        write("sites", sites, to: &writer)
        writer.endObject()
    }

    /// Shares in percent, lengths in seconds; left out where nothing could be compared.
    private func writeEstimates(to writer: inout JSONWriter) {
        writer.key("expectedWait")
        writer.beginObject()
        writer.field("announced", estimates.announced)
        writer.field("silent", estimates.silent)
        writer.field("compared", estimates.compared)
        if let within50 = estimates.coverage50, let within90 = estimates.coverage90 {
            writer.field("withinP50", Double(within50) / 100)
            writer.field("withinP90", Double(within90) / 100)
            writer.field("meanAbsoluteError", Double(estimates.meanAbsoluteError ?? 0) / 1000)
            writer.field("meanWait", Double(estimates.meanWait ?? 0) / 1000)
            writer.field("pinballP50", Double(estimates.meanPinball50 ?? 0) / 1000)
            writer.field("pinballP90", Double(estimates.meanPinball90 ?? 0) / 1000)
        }
        writer.endObject()
    }

    private func writeDefinitions(to writer: inout JSONWriter) {
        writer.key("definitions")
        writer.beginObject()
        for metric in Metric.allCases {
            writer.key(metric.rawValue)
            writer.string(metric.definition)
        }
        writer.field("wait", "quantiles of the wait of the answered; resolution \(WaitHistogram.resolution)")
        writer.field(
            "controlled",
            "the same estimate with control variates of known mean: interarrival and service times, and the wait of the same "
                + "customers under first come, first served, whose mean is Erlang's")
        writer.endObject()
    }

    private func write(_ name: String, _ scopes: [Scope], to writer: inout JSONWriter) {
        writer.key(name)
        writer.beginObject()
        for scope in scopes {
            writer.key(scope.name)
            write(scope, to: &writer)
        }
        writer.endObject()
    }

    private func write(_ scope: Scope, to writer: inout JSONWriter) {
        writer.beginObject()
        for metric in Metric.allCases where !metric.isQuantile { write(metric, of: scope, to: &writer) }
        writer.key("wait")
        writer.beginObject()
        for metric in Metric.allCases where metric.isQuantile { write(metric, of: scope, to: &writer) }
        writer.endObject()
        writer.endObject()
    }

    private func write(_ metric: Metric, of scope: Scope, to writer: inout JSONWriter) {
        writer.key(metric.rawValue)
        guard let interval = scope[metric] else { return writer.null() }
        writer.beginObject()
        if metric.isCount { writer.field("sum", scope.tally.count(of: metric)) }
        Self.write(interval, to: &writer)
        if let controlled = scope.controlled(metric) {
            writer.key("controlled")
            writer.beginObject()
            Self.write(controlled, to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }

    private static func write(_ interval: Interval, to writer: inout JSONWriter) {
        writer.field("mean", interval.mean)
        writer.field("halfWidth", interval.halfWidth)
        writer.field("low", interval.low)
        writer.field("high", interval.high)
    }
}

extension Tally {
    func count(of metric: Metric) -> Int {
        switch metric {
        case .offered: offered
        case .answered: answered
        case .abandoned: abandoned
        case .blocked: blocked
        default: 0
        }
    }
}
