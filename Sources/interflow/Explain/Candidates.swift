import InteractionModel
import JSON
import Routing

/// Agents under the first rule that keeps them from a contact, few named and the rest counted. Pure.
struct Candidates: Equatable {
    /// So many agents of one rule are named.
    static let namedMax = 8

    struct Group: Equatable {
        var rule: Explanation.Rule
        var count: Int
        var named: [Explanation.Candidate]
    }

    /// The last obstacle first, as `Explanation.expanded` has them.
    let groups: [Group]

    init(_ candidates: [Explanation.Candidate], but winner: AgentName? = nil) {
        var groups: [Group] = []
        for candidate in candidates where candidate.agent != winner {
            if groups.last?.rule != candidate.rule { groups.append(Group(rule: candidate.rule, count: 0, named: [])) }
            groups[groups.count - 1].count += 1
            if groups[groups.count - 1].named.count < Self.namedMax {
                groups[groups.count - 1].named.append(candidate)
            }
        }
        self.groups = groups
    }

    var lines: [String] {
        groups.map { group in
            let names = group.named.map { candidate in
                switch group.rule {
                case .laterInOrder:
                    "\(candidate.agent) (holds \(candidate.load), idle \(Words.length(candidate.idle)))"
                case .capacity: "\(candidate.agent) (holds \(candidate.load))"
                default: "\(candidate.agent)"
                }
            }
            let more = group.count > names.count ? " and \(group.count - names.count) more" : ""
            return "\(group.count) \(Words.phrase(group.rule)): \(names.joined(separator: ", "))\(more)"
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for group in groups {
            writer.beginObject()
            writer.field("rule", group.rule.rawValue)
            writer.field("count", group.count)
            writer.field("agents", group.named.map(\.agent.rawValue))
            writer.endObject()
        }
        writer.endArray()
    }
}

/// Explanations in words.
enum Words {
    /// After a number of agents.
    static func phrase(_ rule: Explanation.Rule) -> String {
        switch rule {
        case .channel: "without this channel"
        case .skill: "without the skill, or its level"
        case .group: "of another group or site"
        case .ring: "of a ring not open yet"
        case .closed: "kept away by the queue's hours"
        case .signedOut: "signed out"
        case .unreachable: "unreachable"
        case .offHours: "off hours"
        case .notReady: "not ready"
        case .capacity: "without room"
        case .reserved: "kept back for other queues"
        case .excluded: "excluded, or declined it"
        case .preferred: "able, but it waits for its preferred agent"
        case .laterInOrder: "able, and later in order"
        }
    }

    static func length(_ span: Span) -> String {
        let seconds = max(0, span.milliseconds) / 1000
        switch seconds {
        case ..<1: return "\(max(0, span.milliseconds)) ms"
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min" + (seconds % 60 == 0 ? "" : " \(seconds % 60) s")
        default: return "\(seconds / 3600) h" + (seconds / 60 % 60 == 0 ? "" : " \(seconds / 60 % 60) min")
        }
    }

    static func sentence(_ expected: ExpectedWait) -> String {
        switch expected {
        case .estimate(let estimate):
            "half wait no longer than \(length(estimate.p50)), nine of ten no longer than \(length(estimate.p90))"
        case .silent(.tooFewAnswers): "nothing can be said: too few have been served yet"
        case .silent(.oldEvidence): "nothing can be said: nothing has moved for half an hour"
        case .silent(.nobodyThere): "nothing can be said: nobody who could take it is signed in"
        case .silent(.closed): "nothing can be said: the queue is closed"
        case .silent(.notCounted): "nothing can be said: the agents were not counted"
        case .silent(.notWaiting): "it does not wait"
        }
    }

    static func sentence(_ event: Prospect.Event) -> String {
        switch event {
        case .ringOpens(let ring): "ring \(ring) opens"
        case .queueOpens: "the queue opens"
        case .waitsForAnybody(let agent): "it waits for anybody, no more for \(agent) alone"
        case .mayBeOfferedAgain(let agent): "it may be offered to \(agent) again"
        case .wrapUpEnds(let agent, let id): "\(agent)'s wrap-up of #\(id) ends at the latest"
        case .pauseEnds(let agent): "\(agent)'s pause ends"
        case .movesOn: "it moves on to another queue"
        case .expires: "it expires"
        }
    }
}
