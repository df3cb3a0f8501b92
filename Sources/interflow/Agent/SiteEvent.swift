import JSON

/// One event of an agent's feed.
struct SiteEvent: Equatable, Sendable {
    var sequence: Int64
    /// Site time, milliseconds.
    var at: Int64
    var interaction: Int64
    var kind: Kind

    enum Kind: Equatable, Sendable {
        case offer(OfferMade)
        /// With the conversation so far, where the site tells it.
        case accepted(messages: [SiteMessage.Said])
        case rejected, offerTimedOut
        case offerWithdrawn(reason: String)
        /// `optedOut` is there where the customer opted out or in again.
        case message(SiteMessage.Words?, optedOut: Bool?)
        /// A reply of this agent, perhaps made elsewhere.
        case reply(message: Int64, SiteMessage.Words?)
        case delivery(message: Int64, status: String, reason: String?)
        case wrapUp(reason: String, until: Int64)
        case closed(disposition: String?, by: String)
        case takenBack(reason: String)
        case requeued
        /// A colleague asks the agent in.
        case invitation(OfferMade, by: String)
        case invitationEnded(Invitation)
        /// A colleague, or the agent, is out of a conversation.
        case left(agent: String, reason: String)
        case transferred(from: String, to: String)
        /// To a queue or a vendor.
        case escalated(to: String)
        /// Something to be said of a conversation, and no more.
        case told(String)
        case status(SiteMessage.Status)
        case unknown
    }

    struct Invitation: Equatable, Sendable {
        var agent: String
        var outcome: String
        var reason: String?
        var messages: [SiteMessage.Said]
    }

    struct OfferMade: Equatable, Sendable {
        var offer: Int64
        var until: Int64
        var channel: String
        var queue: String
        var waited: Int64
        var words: SiteMessage.Words?
    }
}

extension SiteEvent {
    init(_ value: JSONValue) {
        sequence = value["seq"]?.integerValue ?? 0
        at = value["at"]?.integerValue ?? 0
        interaction = value["interaction"]?.integerValue ?? 0
        kind = Self.kind(value["event"]?.stringValue ?? "", value)
    }

    private static func kind(_ name: String, _ value: JSONValue) -> Kind {
        let reason = value["reason"]?.stringValue
        let words = value["content"].flatMap(SiteMessage.Words.init)
        let message = value["message"]?.integerValue ?? 0
        switch name {
        case "offer": return .offer(offer(value, words))
        case "accepted": return .accepted(messages: SiteMessage.Said.list(value["messages"]))
        case "rejected": return .rejected
        case "offer-timed-out": return .offerTimedOut
        case "offer-withdrawn": return .offerWithdrawn(reason: reason ?? "")
        case "message": return .message(words, optedOut: value["optedOut"]?.boolValue)
        case "reply": return .reply(message: message, words)
        case "delivery":
            return .delivery(message: message, status: value["status"]?.stringValue ?? "", reason: reason)
        case "wrapup": return .wrapUp(reason: reason ?? "", until: value["until"]?.integerValue ?? 0)
        case "closed":
            return .closed(disposition: value["disposition"]?.stringValue, by: value["by"]?.stringValue ?? "")
        case "taken-back": return .takenBack(reason: reason ?? "")
        case "requeued": return .requeued
        case "status": return SiteMessage.Status(value).map(Kind.status) ?? .unknown
        case "invitation": return .invitation(offer(value, words), by: value["by"]?.stringValue ?? "")
        default: return colleague(name, value)
        }
    }

    private static func colleague(_ name: String, _ value: JSONValue) -> Kind {
        let reason = value["reason"]?.stringValue
        let agent = value["agent"]?.stringValue ?? ""
        switch name {
        case "invitation-ended":
            return .invitationEnded(
                Invitation(
                    agent: agent, outcome: value["outcome"]?.stringValue ?? "", reason: reason,
                    messages: SiteMessage.Said.list(value["messages"])))
        case "left": return .left(agent: agent, reason: reason ?? "")
        case "transferred":
            return .transferred(from: value["from"]?.stringValue ?? "", to: value["to"]?.stringValue ?? "")
        case "escalated":
            return .escalated(to: value["vendor"]?.stringValue ?? value["queue"]?.stringValue ?? "")
        case "held": return .told("the customer is on hold; /resume brings them back")
        case "resumed": return .told("the customer is back" + (reason == "limit" ? ": held long enough" : ""))
        case "invited": return .told("\(agent) is asked in")
        case "joined": return .told("\(agent) speaks with the customer too")
        default: return .unknown
        }
    }

    private static func offer(_ value: JSONValue, _ words: SiteMessage.Words?) -> OfferMade {
        OfferMade(
            offer: value["offer"]?.integerValue ?? 0, until: value["until"]?.integerValue ?? 0,
            channel: value["channel"]?.stringValue ?? "", queue: value["queue"]?.stringValue ?? "",
            waited: value["waited"]?.integerValue ?? 0, words: words)
    }
}
