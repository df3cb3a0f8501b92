import Federation
import InteractionModel

/// What is wrong, or probably not meant, in the rules by which switches are told.
extension Plan {
    var networkErrors: [PlanFinding] { sharedNumbers + sharedPlaces }

    /// One number that leads to two sites would join a call to another's context.
    private var sharedNumbers: [PlanFinding] {
        var seen: [String: SiteName] = [:]  // Looked up only.
        return network.sites.flatMap { site in
            site.numbers.compactMap { number in
                guard let other = seen.updateValue(site.name, forKey: number) else { return nil }
                return PlanFinding(
                    .error, "number-twice", ["routing", "sites", site.name.rawValue, "numbers"],
                    "holds \(number), which \(other == site.name ? "it holds already" : "leads to \(other) too")",
                    advice: "give every number to one site, once")
            }
        }
    }

    /// Whoever says which address it has tried must mean one site.
    private var sharedPlaces: [PlanFinding] {
        var seen: [String: SiteName] = [:]  // Looked up only.
        return network.sites.compactMap { site in
            guard let address = RouteAddress.hostPort(of: site.uri),
                let other = seen.updateValue(site.name, forKey: address)
            else { return nil }
            return PlanFinding(
                .error, "address-twice", ["routing", "sites", site.name.rawValue, "uri"],
                "leads to \(address), as \(other) does: a switch that tried it could not say which it means",
                advice: "give each site an address of its own")
        }
    }

    var networkWarnings: [PlanFinding] {
        network.services.enumerated().flatMap { index, service in
            let path = ["routing", "services", service.name]
            var found: [PlanFinding] = []
            if let before = network.services[..<index].first(where: { $0.covers(service) }) {
                found.append(
                    PlanFinding(
                        .warning, "service-unreachable", path, "is never reached: \(before.name) matches all its calls",
                        advice: "put it before \(before.name), or drop it"))
            }
            let named = Set(network.sites.map(\.name))  // Looked up only.
            if service.steps.allSatisfy(\.comparesSites), named.isEmpty {
                found.append(
                    PlanFinding(
                        .warning, "service-nowhere", path, "has no site to choose from",
                        advice: "name the sites under routing.sites"))
            }
            return found + uselessNumbers(service, path)
        } + unknownPlaceholders
    }

    private func uselessNumbers(_ service: RouteService, _ path: [String]) -> [PlanFinding] {
        network.sites.compactMap { site in
            let seconds = max(1, (service.reserveFor.milliseconds + site.quarantine.milliseconds) / 1000)
            guard !site.numbers.isEmpty, Int64(site.numbers.count) < min(10, seconds / 3) else { return nil }
            return PlanFinding(
                .warning, "numbers-few", ["routing", "sites", site.name.rawValue, "numbers"],
                "are \(site.numbers.count), each out of use for up to \(seconds) s when a call of \(service.name) does not come",
                advice: "one number carries a call every few seconds; give it more")
        }
    }

    private var unknownPlaceholders: [PlanFinding] {
        let texts =
            network.sites.map { (["routing", "sites", $0.name.rawValue, "uri"], $0.uri) }
            + network.clients.map { (["routing", "clients", $0.name, "default"], $0.fallback) }
        return texts.compactMap { path, text in
            let filled = RouteAddress.fill(text, dialled: "0", number: "0", contextToken: "0")
            guard filled.contains("{") else { return nil }
            return PlanFinding(
                .warning, "unknown-word", path, "holds a word in braces that nothing fills: \(filled)",
                advice: "words are {dnis}, {number} and {token}")
        }
    }
}

extension RouteService {
    fileprivate func covers(_ other: RouteService) -> Bool {
        (channel == nil || channel == other.channel) && (destination == nil || destination == other.destination)
            && (language == nil || language == other.language)
            && attributes.allSatisfy { other.attributes.contains($0) }
    }
}

extension DeliveryStep {
    fileprivate var comparesSites: Bool { if case .partner = method { false } else { true } }
}
