import InteractionModel
import Routing

/// Facts in words.
enum FactWords {
    static func words(_ fact: Fact) -> (String, String, [String]) {
        switch fact {
        case .siteStarted(let epoch, let release, _): ("started", "release \(release), term \(epoch)", [])
        case .clockStepped(let offset):
            ("clock", "the wall clock is \(offset.milliseconds) ms from site time; timers are not affected", [])
        case .planActivated(let plan): words(plan)
        case .received(let received): words(received)
        case .messageReceived: ("message", "the customer wrote again", [])
        case .offered(let offered): words(offered)
        case .offerEnded(let offer, let outcome): words(offer, outcome)
        case .released(let agent, let reason): ("taken back", "from \(agent): \(reason); waits at its old place", [])
        case .requeued(let requeued):
            ("requeued", "by \(requeued.by) to \(requeued.requirement.queue); waits at its old place", [])
        case .wrapUpStarted(let reason, _, _): ("wrap-up", reason == "agent" ? "" : "because of \(reason)", [])
        case .closed(let disposition, let by, _):
            ("closed", "by \(by)" + (disposition.map { " as \($0)" } ?? ""), [])
        case .abandoned(let cause, let isShort): ("abandoned", cause + (isShort ? "; too short to count" : ""), [])
        case .expired: ("expired", "nobody could be found before its limit", [])
        case .route(let change): words(change)
        default: conversation(fact) ?? agent(fact) ?? NetworkWords.words(fact) ?? message(fact)
        }
    }

    /// Where a contact goes while it lasts, and who is in it.
    private static func conversation(_ fact: Fact) -> (String, String, [String])? {
        switch fact {
        case .moved(let moved): words(moved)
        case .assigned(let preference, let by): ("assigned", "to \(preference.agent) by \(by)", [])
        case .held: ("on hold", "", [])
        case .resumed(let reason): ("resumed", reason == "agent" ? "" : "because of \(reason)", [])
        case .escalated(let vendor, let by, _): ("escalated", "to \(vendor), outside, by \(by)", [])
        case .returned(let reason, _, _): ("returned", "\(reason); waits at its old place", [])
        case .invited(let invitation):
            (
                "invited",
                "\(invitation.agent) by \(invitation.by)" + (invitation.queue.map { ", from queue \($0)" } ?? ""), []
            )
        case .invitationEnded(let offer, let outcome): words(invitation: offer, outcome)
        case .guestJoined(let agent): ("conference", "\(agent) joined", [])
        case .guestLeft(let agent, let reason): ("left", "\(agent): \(reason)", [])
        case .transferred(let transferred):
            ("transferred", "from \(transferred.from) to \(transferred.to): \(transferred.reason)", [])
        default: nil
        }
    }

    private static func words(_ moved: Moved) -> (String, String, [String]) {
        let why =
            switch moved.reason {
            case .plan: "the new plan has no queue \(moved.from)"
            case .intraflow: "it waited long enough there"
            case .escalated: "escalated to level \(moved.level)" + (moved.by.map { " by \($0)" } ?? "")
            case .supervisor: "moved by \(moved.by ?? "a supervisor")"
            }
        return (
            "moved", "from \(moved.from) to \(moved.to): \(why); waits at its old place", ["plan \(moved.planVersion)"]
        )
    }

    private static func words(invitation: OfferID, _ outcome: InvitationOutcome) -> (String, String, [String]) {
        switch outcome {
        case .accepted: ("consulting", "invitation \(invitation) accepted", [])
        case .rejected(let reason): ("rejected", "invitation \(invitation)" + (reason.map { ": \($0)" } ?? ""), [])
        case .timedOut: ("no answer", "invitation \(invitation)", [])
        case .cancelled(let reason): ("withdrawn", "invitation \(invitation): \(reason)", [])
        }
    }

    private static func agent(_ fact: Fact) -> (String, String, [String])? {
        switch fact {
        case .agentConnected(let agent, _): ("agent", "\(agent) connected", [])
        case .agentConnectionLost(let agent, _, _): ("agent", "\(agent) lost the connection; the seat is kept", [])
        case .agentStatusChanged(let agent, let status, let until):
            ("agent", "\(agent) is \(word(status))" + (until == nil ? "" : ", for a limited time"), [])
        case .agentSignedOut(let agent, let reason, let reclaimAt):
            ("agent", "\(agent) was signed out: \(reason)" + (reclaimAt == nil ? "" : "; still holds contacts"), [])
        case .qualityReported(let agent, let queue, let score):
            ("quality", "\(agent) reached \(score) of 100 on \(queue)", [])
        case .hoursChanged(let calendar, let isOpen, _): ("hours", "\(calendar) is \(isOpen ? "open" : "closed")", [])
        default: nil
        }
    }

    private static func message(_ fact: Fact) -> (String, String, [String]) {
        switch fact {
        case .messageQueued(let queued):
            ("reply", "by \(author(queued.author)) on \(queued.channel)/\(queued.account)", [])
        case .sendStarted(let message, let attempt, _): ("sending", "message \(message), attempt \(attempt)", [])
        case .sendPostponed(let message, let reason, _): ("retry later", "message \(message): \(reason)", [])
        case .messageSent(let message, let providerID, _): ("sent", "message \(message) as \(providerID)", [])
        case .messageFailed(let message, let reason): ("not sent", "message \(message): \(reason)", [])
        case .deliveryReported(let message, let status, let detail):
            ("delivery", "message \(message) \(status.rawValue)" + (detail.map { ": \($0)" } ?? ""), [])
        case .messageSettled(let message): ("settled", "message \(message); no more reports are expected", [])
        case .optedOut(_, let channel, let keyword):
            ("opted out", "of \(channel) by \(keyword); nothing more is sent", [])
        case .optedIn(_, let channel, let keyword): ("opted in", "to \(channel) by \(keyword)", [])
        case .helpAsked(_, let channel, let keyword): ("help", "asked on \(channel) by \(keyword)", [])
        default: (fact.type, "", [])
        }
    }

    /// Who made which rules the active ones, what became different, and why.
    private static func words(_ plan: Plan) -> (String, String, [String]) {
        let size = "\(plan.queues.count) queues, \(plan.agents.count) agents"
        guard let origin = plan.origin else { return ("plan", "\(plan.version): \(size)", []) }
        let comment = origin.comment.map { " (\($0))" } ?? ""
        let before = origin.previous.map { ["before: \($0)"] } ?? []
        return (
            "plan", "\(plan.version) by \(origin.by): \(origin.change ?? size)\(comment)",
            ["activation \(origin.number): \(size)"] + before
        )
    }

    private static func words(_ received: Received) -> (String, String, [String]) {
        let able = received.agents.first { $0.rule == .laterInOrder }?.count ?? 0
        let others = received.agents.filter { $0.rule != .laterInOrder }
        let skills = received.requirement.skills.skills.map { "\($0.skill)≥\($0.level)" }
        var detail = "\(received.channel)/\(received.account) → \(received.requirement.queue)"
        if !skills.isEmpty { detail += " needs \(skills.joined(separator: ", "))" }
        if received.requirement.headStart > .zero { detail += ", head start \(length(received.requirement.headStart))" }
        if let transfer = received.transfer { detail += NetworkWords.words(transfer) }
        if let carries = received.carries { detail += "; begins with message \(carries), relayed in vain" }
        detail += "; \(able == 0 ? "nobody" : "\(able)") able now" + (others.isEmpty ? "" : " (\(list(others)))")
        return ("received", detail, ["plan \(received.planVersion)"])
    }

    private static func words(_ offered: Offered) -> (String, String, [String]) {
        let why = offered.why
        let first = why.load == 0 ? "idle \(length(why.idle))" : "holds \(why.load), so for \(length(why.idle))"
        var detail = "to \(offered.agent): \(first); waited \(length(why.waited))"
        if why.search == .agentSoughtContact {
            detail +=
                why.contactsBehind > 0
                ? "; before \(why.contactsBehind) others" : "; the only one \(offered.agent) could take"
        } else {
            let rivals = why.dropped.first { $0.rule == .laterInOrder }?.count ?? 0
            detail += rivals > 0 ? "; longest of \(rivals + 1) able" : "; the only one able"
        }
        let rest = why.dropped.filter { $0.rule != .laterInOrder }
        if !rest.isEmpty { detail += "; \(list(rest))" }
        let expanded =
            ["plan \(offered.planVersion)" + (why.headStart > .zero ? ", head start \(length(why.headStart))" : "")]
            + why.named.map { "\($0.agent): \(phrase($0.rule))" }
        return ("offered", detail, expanded)
    }

    private static func words(_ offer: OfferID, _ outcome: OfferOutcome) -> (String, String, [String]) {
        switch outcome {
        case .accepted: ("accepted", "offer \(offer)", [])
        case .rejected(let reason, _):
            ("rejected", "offer \(offer)" + (reason.map { ": \($0)" } ?? "") + "; waits at its old place", [])
        case .timedOut: ("no answer", "offer \(offer); waits at its old place", [])
        case .rescinded(let reason): ("withdrawn", "offer \(offer): \(reason)", [])
        }
    }

    static func list(_ dropped: [Explanation.Dropped]) -> String {
        dropped.map { "\($0.count) \(phrase($0.rule))" }.joined(separator: ", ")
    }

    private static func phrase(_ rule: Explanation.Rule) -> String {
        switch rule {
        case .channel: "without this channel"
        case .skill: "without the skill"
        case .signedOut: "signed out"
        case .unreachable: "unreachable"
        case .offHours: "off hours"
        case .notReady: "not ready"
        case .capacity: "full"
        case .group: "of other teams or sites"
        case .ring: "for later"
        case .closed: "while the queue is closed"
        case .reserved: "kept for other queues"
        case .excluded: "declined it before or are excluded"
        case .preferred: "while it waits for its preferred agent"
        case .laterInOrder: "later in order"
        }
    }

    static func word(_ status: AgentStatus) -> String {
        switch status {
        case .signedOut: "signed out"
        case .available: "available"
        case .notReady(let reason): "not ready (\(reason))"
        }
    }

    private static func author(_ author: MessageQueued.Author) -> String {
        switch author {
        case .agent(let name): name.rawValue
        case .colleague(let name, let site, _): "\(name) at site \(site)"
        case .compliance: "the router, as the keyword asks"
        }
    }

    /// A span as people say it.
    static func length(_ span: Span) -> String {
        let seconds = span.milliseconds / 1000
        switch span.milliseconds {
        case ..<1000: return "\(span.milliseconds) ms"
        case ..<120_000: return "\(seconds) s"
        case ..<7_200_000: return "\(seconds / 60) min"
        case ..<172_800_000: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) d"
        }
    }
}
