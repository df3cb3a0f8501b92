package import Federation
import InteractionModel

/// As a person writes it in a plan: what the differences of two plans are shown in.
extension SiteCondition {
    package var planText: String { "\(measure.rawValue) \(relation.rawValue) \(boundText)" }

    private var boundText: String {
        switch measure.unit {
        case .count: return "\(bound)"
        case .milliseconds: return Span(milliseconds: bound).planText
        case .millionths:
            let (percent, rest) = abs(bound).quotientAndRemainder(dividingBy: 10_000)
            let hundredths = rest / 100
            let part = hundredths == 0 ? "" : ".\(hundredths < 10 ? "0" : "")\(hundredths)"
            return "\(bound < 0 ? "-" : "")\(percent)\(part)%"
        }
    }
}

extension DeliveryStep {
    var planText: String {
        let method =
            switch self.method {
            case .pick(let criteria):
                "pick " + criteria.map { "\($0.order.rawValue) \($0.measure.rawValue)" }.joined(separator: ", ")
            case .allocate(let shares): "allocate " + shares.map { "\($0.site) \($0.weight)" }.joined(separator: ", ")
            case .prefer(let sites): "prefer \(Plan.list(sites))"
            case .partner(let address): "partner \(address)"
            }
        var text = method
        if let during { text += " during \(during)" }
        if !considerIf.isEmpty { text += " if " + considerIf.map(\.planText).joined(separator: " and ") }
        if !acceptIf.isEmpty { text += " accepting " + acceptIf.map(\.planText).joined(separator: " and ") }
        return text
    }
}

extension NetworkPlan {
    var settings: [Setting] {
        var settings = sites.map { site in
            let numbers =
                site.numbers.isEmpty ? "" : ", \(site.numbers.count) numbers, quarantine \(site.quarantine.planText)"
            return Setting(
                "routing.sites.\(site.name)", site.uri + (site.label.map { ", label \($0)" } ?? "") + numbers)
        }
        settings += services.map { service in
            let matches: [Setting?] = [
                Setting("channel", service.channel?.rawValue), Setting("to", service.destination),
                Setting("language", service.language),
            ]
            let parts =
                matches.compactMap { $0 } + service.attributes.map { Setting($0.name, $0.value) }
                + [Setting("queue", service.queue.rawValue), Setting("reserveFor", service.reserveFor.planText)]
                + service.steps.enumerated().map { Setting("step \($0 + 1)", $1.planText) }
            return Setting("routing.services.\(service.name)", parts.line)
        }
        return settings
            + clients.map { client in
                let times = "deadline \(client.deadline.planText), through a peer \(client.peerDeadline.planText)"
                return Setting(
                    "routing.clients.\(client.name)",
                    "default \(client.fallback), \(times), late after \(client.lateAfter.planText)")
            }
    }
}
