package import Configuration
import InteractionModel
import Routing

/// The site's own deadlines.
package struct TimersSection: ConfigurationSection {
    static let reconnectGrace = Key(
        "reconnectGrace", .duration(in: .seconds(1) ... .seconds(3600)), default: .seconds(30),
        "How long an agent whose connection broke keeps the seat.")
    static let reclaimAfter = Key(
        "reclaimAfter", .duration(in: .seconds(1) ... .seconds(86_400)), default: .seconds(300),
        "How long after that the contacts such an agent holds wait for the agent, before others get them.")
    static let offerAgainAfter = Key(
        "offerAgainAfter", .duration(in: .seconds(1) ... .seconds(86_400)), default: .seconds(60),
        "How long an agent is not offered again what that agent declined.")
    static let inactiveAfter = Key(
        "inactiveAfter", .duration(in: .seconds(60) ... .seconds(2_592_000)), default: .seconds(43_200),
        "How long a conversation may be silent before it goes to wrap-up.")
    static let holdMax = Key(
        "holdMax", .duration(in: .seconds(10) ... .seconds(86_400)), default: .seconds(1800),
        "How long a customer may be on hold before the conversation counts as resumed.")
    static let consultMax = Key(
        "consultMax", .duration(in: .seconds(10) ... .seconds(86_400)), default: .seconds(3600),
        "How long a consultation with a colleague may last.")
    static let vendorMax = Key(
        "vendorMax", .duration(in: .seconds(60) ... .seconds(31_536_000)), default: .seconds(259_200),
        "How long a vendor may keep what was escalated to it before the contact waits again.")
    static let noAnswerPause = Key(
        optional: "noAnswerPause", .duration(in: .seconds(1) ... .seconds(86_400)), example: .seconds(120),
        "How long an agent who let an offer ring out stays not ready; without it until the agent says otherwise.")
    static let sendTimeout = Key(
        "sendTimeout", .duration(in: .seconds(5) ... .seconds(3600)), default: .seconds(120),
        "How long a channel may take to say what became of a message.")
    static let sendAttemptsFor = Key(
        "sendAttemptsFor", .duration(in: .seconds(60) ... .seconds(2_592_000)), default: .seconds(86_400),
        "How long an outbound message is tried before it has failed.")
    static let deliveryReportAfter = Key(
        "deliveryReportAfter", .duration(in: .seconds(60) ... .seconds(2_592_000)), default: .seconds(259_200),
        "How long a provider may take to report delivery.")
    static let outboxMax = Key(
        "outboxMax", .integer(in: 1...1_000_000), default: 10_000,
        "Outbound messages that no provider has taken yet; one more is refused.")

    package static let keys: KeyList = [
        reconnectGrace, reclaimAfter, offerAgainAfter, inactiveAfter, holdMax, consultMax, vendorMax, noAnswerPause,
        sendTimeout, sendAttemptsFor, deliveryReportAfter, outboxMax,
    ]

    let plan: PlanTimers

    package init(reading section: SectionReader) {
        var timers = PlanTimers()
        timers.reconnectGrace = Span(section[Self.reconnectGrace])
        timers.reclaimAfter = Span(section[Self.reclaimAfter])
        timers.offerAgainAfter = Span(section[Self.offerAgainAfter])
        timers.inactiveAfter = Span(section[Self.inactiveAfter])
        timers.holdMax = Span(section[Self.holdMax])
        timers.consultMax = Span(section[Self.consultMax])
        timers.vendorMax = Span(section[Self.vendorMax])
        timers.noAnswerPause = section[Self.noAnswerPause].map { Span($0) }
        timers.sendTimeout = Span(section[Self.sendTimeout])
        timers.sendAttemptsFor = Span(section[Self.sendAttemptsFor])
        timers.deliveryReportAfter = Span(section[Self.deliveryReportAfter])
        timers.outboxMax = section[Self.outboxMax]
        plan = timers
    }
}
