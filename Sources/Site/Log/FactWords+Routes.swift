import Federation
import InteractionModel
import Routing

/// Where switches were told to deliver, in words.
extension FactWords {
    static func words(_ change: RouteChange) -> (String, String, [String]) {
        switch change {
        case .answered(let answer): words(answer)
        case .arrived(let reservation, let recognition, let isLate):
            (
                "arrived",
                "as reservation \(reservation) announced, known by \(phrase(recognition))" + (isLate ? "; late" : ""),
                []
            )
        case .lapsed(let reservation): ("lapsed", "reservation \(reservation): its call did not come in time", [])
        case .released(let reservation, let why): ("released", "reservation \(reservation): \(phrase(why))", [])
        }
    }

    private static func words(_ answer: RouteAnswer) -> (String, String, [String]) {
        let asker = answer.question.client
        let place =
            switch answer.decision {
            case .route: "\(asker) is told \(answer.site.map { "\($0)" } ?? "?")"
            case .partner: "\(asker) is told the partner \(answer.label ?? answer.uri ?? "?")"
            case .fallback: "\(asker) is told its default"
            case .none: "\(asker) is told nothing: even its default was tried"
            }
        var detail = "\(place): \(answer.reason)"
        if let queue = answer.queue { detail += ", for queue \(queue)" }
        if let number = answer.number { detail += ", on number \(number)" }
        if let keeper = answer.keptBy { detail += ", kept by \(keeper.site) as \(keeper.reservation)" }
        if let age = answer.knownAge, age > .zero { detail += "; what was known is \(length(age)) old" }
        return ("told", detail, lines(answer))
    }

    /// Every site that was looked at, and the first rule that dropped it.
    private static func lines(_ answer: RouteAnswer) -> [String] {
        var lines = [answer.service.map { "service \($0)" } ?? "no service", "call \(answer.question.key)"]
        if let uri = answer.uri { lines.append("uri \(uri)") }
        if !answer.tried.isEmpty {
            lines.append("tried before: \(answer.tried.map(\.rawValue).joined(separator: ", "))")
        }
        for step in answer.steps {
            if step.isClosed { lines.append("step \(step.number): its calendar is closed") }
            lines += step.dropped.map { "step \(step.number): \($0.site) \(phrase($0.rule))" }
        }
        if let dealing = answer.dealing {
            let shares = dealing.shares.map { "\($0.site) \($0.weight)" }.joined(separator: ", ")
            lines.append("turns of \(dealing.account): \(shares)")
        }
        return lines
    }

    private static func phrase(_ recognition: RouteChange.Recognition) -> String {
        switch recognition {
        case .token: "its context token"
        case .externalID: "its name at the switch"
        case .number: "the number it came in on"
        }
    }

    private static func phrase(_ why: RouteChange.Release) -> String {
        switch why {
        case .triedAgain: "the switch had no success there and asked again"
        case .late: "the default had been said before it was durable"
        case .withdrawn: "its asker needs it no more"
        }
    }

    private static func phrase(_ rule: SiteDrop) -> String {
        switch rule {
        case .tried: "was tried before"
        case .noLabel: "has no label"
        case .noNumber: "has no number left"
        case .unreachable(let why): "gave no answer (\(why))"
        case .refused(let why): "refused (\(why))"
        case .draining: "is draining"
        case .closed: "is closed"
        case .full: "is full"
        case .unstaffed: "has nobody signed in"
        case .notHeardOf: "was never heard of"
        case .stale: "was not heard of lately"
        case .considerIf(let number): "does not meet considerIf \(number)"
        case .acceptIf(let number): "does not meet acceptIf \(number)"
        case .notNamed: "is not named"
        case .behind(0): "is as good, and later by name"
        case .behind(let number): "is behind by criterion \(number)"
        case .notItsTurn: "is not due yet"
        }
    }
}
