import InteractionModel

/// One agent as the simulator plays it: answers at once, serves, and is free again.
struct SimulatedAgent: Sendable {
    let name: AgentName
    let group: Int
    /// Index of the scenario's sites.
    let site: Int
    /// The customer being served; -1 is nobody.
    var slot = -1
    var isThere = false
    /// The shift is over and the last customer is still there.
    var isLeaving = false
    /// Place in the list of idle agents of the group; -1 is not idle.
    var idlePlace = -1
    private var busy: Int64 = 0
    private var busySince: Int64 = -1
    private var staffed: Int64 = 0
    private var staffedSince: Int64 = -1

    init(name: AgentName, group: Int, site: Int) {
        self.name = name
        self.group = group
        self.site = site
    }

    /// Microseconds with a customer until `now`.
    func busy(at now: Int64) -> Int64 { busySince < 0 ? busy : busy + now - busySince }

    /// Microseconds there until `now`.
    func staffed(at now: Int64) -> Int64 { staffedSince < 0 ? staffed : staffed + now - staffedSince }

    mutating func begin(_ slot: Int, at now: Int64) {
        self.slot = slot
        busySince = now
    }

    mutating func end(at now: Int64) {
        slot = -1
        busy += now - busySince
        busySince = -1
    }

    mutating func come(at now: Int64) {
        isLeaving = false
        guard !isThere else { return }
        isThere = true
        staffedSince = now
    }

    mutating func leave(at now: Int64) {
        isThere = false
        isLeaving = false
        staffed += now - staffedSince
        staffedSince = -1
    }
}
