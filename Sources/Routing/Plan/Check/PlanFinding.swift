package import InteractionModel

/// Something about a plan that its author should hear.
package struct PlanFinding: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The rules contradict themselves: such a plan is never made active.
        case error
        /// The rules are clear, and probably not what was meant.
        case warning
    }

    package let severity: Severity
    /// A word for machines; stable.
    package let code: String
    /// The keys that lead to it, outermost first; items of lists by their index.
    package let path: [String]
    /// Reads on from the path: "opens after 30 s, …".
    package let reason: String
    /// What to do about it.
    package let advice: String?

    package init(_ severity: Severity, _ code: String, _ path: [String], _ reason: String, advice: String? = nil) {
        self.severity = severity
        self.code = code
        self.path = path
        self.reason = reason
        self.advice = advice
    }

    /// `queues.support.rings[1].after`.
    package var pathText: String {
        path.reduce("") { text, step in
            guard !text.isEmpty else { return step }
            return step.utf8.allSatisfy { (48...57).contains($0) } ? "\(text)[\(step)]" : "\(text).\(step)"
        }
    }
}

extension Span {
    /// As a person writes it in a plan: `90s`, `15m`, `12h`, `7d`.
    package var planText: String {
        let units: [(String, Int64)] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        guard milliseconds != 0, let unit = units.first(where: { milliseconds % $0.1 == 0 }) else {
            return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
        }
        return "\(milliseconds / unit.1)\(unit.0)"
    }
}
