import Synchronization

/// Whether the site lives, and whether it can take work now.
final class SiteHealth: Sendable {
    private let store: StoreHealth
    private let isDraining = Atomic<Bool>(false)
    private let hasStarted = Atomic<Bool>(false)

    init(store: StoreHealth) { self.store = store }

    func started() { hasStarted.store(true, ordering: .releasing) }
    /// From now on the site is not ready: balancers send new work elsewhere.
    func draining() { isDraining.store(true, ordering: .releasing) }

    struct Check: Sendable {
        var name: String
        /// Nil when it passes.
        var fault: String?
    }

    /// What must hold before work may come here, by name.
    var checks: [Check] {
        [
            Check(name: "started", fault: hasStarted.load(ordering: .acquiring) ? nil : "still starting"),
            Check(name: "journal-writable", fault: journalFault),
            Check(name: "not-draining", fault: isDraining.load(ordering: .acquiring) ? "shutting down" : nil),
        ]
    }

    private var journalFault: String? {
        switch store.current {
        case .writable: nil
        case .full: "the disk is full; free some space, the site goes on by itself"
        case .failed: "the journal failed; the process is ending"
        }
    }

    var storeFailureCount: Int { store.failureCount }
}
