package import InteractionModel
package import JSON

/// What a queue knows of itself at one moment, for whoever asks: the API, the command line, a page. Spans are in milliseconds, shares in percent.
package struct QueueReport: Sendable, Equatable {
    package let queue: QueueName
    package let isOpen: Bool
    package let waiting: Int
    package let waitingMax: Int
    package let longestWait: Span?
    package let staffing: RoutingState.Staffing
    package let expected: ExpectedWait
    package let serviceLevel: ServiceLevel
    package let shortAbandon: Span
    package let starvationMax: Span?
    package let last5: QueueCounts
    package let last30: QueueCounts
    package let total: QueueCounts
    package let score: EstimateScore
    package let overtaking: Overtaking
    package let recentHandling: Int64?
    package let meanGap: Int64?
}

extension RoutingState {
    /// Nil when the plan has no such queue.
    package func report(on name: QueueName) -> QueueReport? {
        guard let queue = plan.queue(name) else { return nil }
        let measures = self.measures[name] ?? QueueMeasures(name)
        return QueueReport(
            queue: name, isOpen: isOpen(queue), waiting: measures.line.count, waitingMax: queue.waitingMax,
            longestWait: longestWait(in: name), staffing: staffing(of: name), expected: expectedWait(in: name),
            serviceLevel: queue.serviceLevel, shortAbandon: queue.shortAbandon, starvationMax: measures.starvationMax,
            last5: measures.window(minutes: 5, at: now), last30: measures.window(minutes: 30, at: now),
            total: measures.total, score: measures.score, overtaking: measures.overtaking,
            recentHandling: measures.recentHandling, meanGap: measures.meanGap(at: now))
    }
}

extension QueueReport {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("queue", queue.rawValue)
        writer.field("open", isOpen)
        writer.field("waiting", waiting)
        writer.field("waitingMax", waitingMax)
        writer.field("longestWait", longestWait?.milliseconds)
        writer.key("agents")
        writer.beginObject()
        writer.field("able", staffing.able)
        writer.field("signedIn", staffing.signedIn)
        writer.field("available", staffing.available)
        writer.field("idle", staffing.idle)
        writer.endObject()
        writer.key("expectedWait")
        expected.write(to: &writer)
        writer.key("serviceLevel")
        writer.beginObject()
        writer.field("within", serviceLevel.within)
        writer.field("target", serviceLevel.target)
        writer.field("shortAbandon", shortAbandon)
        writer.endObject()
        for (name, counts) in [("last5Minutes", last5), ("last30Minutes", last30), ("total", total)] {
            writer.key(name)
            counts.write(to: &writer)
        }
        writer.field("recentHandling", recentHandling)
        writer.field("meanGap", meanGap)
        writer.key("announcements")
        score.write(to: &writer)
        writer.key("fairness")
        writeFairness(to: &writer)
        writer.endObject()
    }

    private func writeFairness(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("inversions", overtaking.inversions)
        writer.field("overtakings", overtaking.count)
        writer.field("largestOvertaking", overtaking.largest)
        writer.field("bandOvertakings", overtaking.bandCount)
        writer.field("largestBandOvertaking", overtaking.bandLargest)
        writer.field("longestWaitEver", total.waitedMax)
        writer.field("starvationMax", starvationMax?.milliseconds)
        writer.field("starved", total.starved)
        writer.endObject()
    }

    /// What the names in a report mean, for its readers.
    package static let definitions: [(name: String, meaning: String)] = [
        ("received", "visits begun by new contacts; a visit is a contact's stay in one queue until it is answered"),
        ("returned", "visits begun by contacts an agent had and gave back"),
        ("movedIn, movedOut", "visits begun or ended by a move from or to another queue"),
        ("answered", "visits ended by an agent's acceptance; an offer declined or missed ends no visit"),
        ("decided", "answered, abandoned and expired"),
        ("abandonedShort", "abandoned earlier than shortAbandon; counted in abandoned too"),
        ("meanWait", "mean wait of the answered, from the beginning of the visit to the acceptance (ASA)"),
        (
            "meanHandling",
            "mean time with an agent, holds and wrap-up included (AHT), of times that ended in the window"
        ),
        (ServiceLevelDefinition.ofOffered.rawValue, "answered within T of decided; what targets and conditions mean"),
        (ServiceLevelDefinition.ofAnswered.rawValue, "answered within T of answered"),
        (
            ServiceLevelDefinition.withoutShortAbandons.rawValue,
            "answered within T of answered and abandoned less short abandons"
        ),
        (
            ServiceLevelDefinition.withAbandonsInTime.rawValue,
            "answered or abandoned within T of answered and abandoned"
        ),
        ("last5Minutes, last30Minutes", "the running minute and the 4 or 29 before it"),
        ("expectedWait", "of one more contact: half wait no longer than p50, nine of ten no longer than p90"),
        ("announcements", "how announced waits compare with what happened; covered50 should be 50, covered90 90"),
        (
            "overtakings",
            "contacts taken before a longer-waiting one of the same band that the same agent could have taken"
        ),
    ]
}

extension ExpectedWait {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        switch self {
        case .estimate(let estimate):
            writer.field("p50", estimate.p50)
            writer.field("p90", estimate.p90)
        case .silent(let reason): writer.field("silent", reason.rawValue)
        }
        writer.endObject()
    }
}

extension QueueCounts {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("received", received)
        writer.field("returned", returned)
        writer.field("movedIn", movedIn)
        writer.field("movedOut", movedOut)
        writer.field("answered", answered)
        writer.field("answeredInTime", answeredInTime)
        writer.field("abandoned", abandoned)
        writer.field("abandonedShort", abandonedShort)
        writer.field("expired", expired)
        writer.field("decided", decided)
        writer.field("meanWait", meanWait)
        writer.field("longestWait", waitedMax)
        writer.field("handled", handled)
        writer.field("meanHandling", meanHandling)
        writer.field("abandonedPercent", abandonRate.percent)
        writer.key("serviceLevel")
        writer.beginObject()
        for definition in ServiceLevelDefinition.allCases {
            guard let share = serviceLevel(definition).percent else { continue }
            writer.key(definition.rawValue)
            writer.double(share)
        }
        writer.endObject()
        writer.endObject()
    }
}

extension EstimateScore {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("announced", announced)
        writer.field("silent", silent)
        writer.field("compared", compared)
        writer.field("left", left)
        writer.field("leftBeyondP90", leftBeyondP90)
        writer.field("covered50", coverage50.percent)
        writer.field("covered90", coverage90.percent)
        writer.field("meanWait", meanWait)
        writer.field("meanAbsoluteError", meanAbsoluteError)
        writer.field("meanPinball50", meanPinball50)
        writer.field("meanPinball90", meanPinball90)
        writer.endObject()
    }
}

extension Int64? {
    /// Hundredths of a percent as percent.
    package var percent: Double? { map { Double($0) / 100 } }
}

extension RoutingState {
    /// The members `position` and `expectedWait` of a contact that waits or is being offered; nothing for others.
    package func writeOutlook(of id: InteractionID, to writer: inout JSONWriter) {
        guard let interaction = interactions[id] else { return }
        switch interaction.state {
        case .queued:
            writer.field("position", position(of: id))
            writer.key("expectedWait")
            expectedWait(of: id).write(to: &writer)
        case .offered:
            guard let announced = interaction.visit.announced else { return }
            writer.key("expectedWait")
            ExpectedWait.estimate(announced).write(to: &writer)
        default: return
        }
    }
}
