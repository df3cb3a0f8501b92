/// One thing that is different between two plans, in the words of the plan's own keys.
package struct PlanChange: Hashable, Sendable {
    /// `queues.support.offerTimeout`; for what came or went as a whole, `queues.support`.
    package let path: String
    /// Nil when it came.
    package let old: String?
    /// Nil when it went.
    package let new: String?

    package init(_ path: String, from old: String?, to new: String?) {
        self.path = path
        self.old = old
        self.new = new
    }
}

extension PlanChange: CustomStringConvertible {
    /// `~ queues.support.offerTimeout: 20s → 30s`, `+ queues.vip`, `- agents.cem`.
    package var description: String {
        switch (old, new) {
        case (let old?, let new?): "~ \(path): \(old) → \(new)"
        case (nil, let new?): new.isEmpty ? "+ \(path)" : "+ \(path): \(new)"
        case (let old?, nil): old.isEmpty ? "- \(path)" : "- \(path): \(old)"
        case (nil, nil): path
        }
    }
}
