import InteractionModel

/// Something that will happen in the simulated world. `life` numbers a site's processes: what was planned for one that has
/// ended does not happen.
enum Event: Sendable {
    /// The next customer writes for the first time.
    case customer
    /// A customer, or the customer's provider for them, sends that line: again, where it was sent before.
    case line(Int)
    /// A customer does what comes next.
    case customerActs(Int)
    /// A packet reaches its end of the link.
    case packet(Int)
    /// A site's transaction is through.
    case committed(site: Int, life: Int)
    /// Nobody has answered that request.
    case cut(site: Int, life: Int, peer: Int, request: Int)
    /// A site looks at what that peer shall hear.
    case outbox(site: Int, life: Int, peer: Int)
    /// A site tells its peers of itself.
    case summary(site: Int, life: Int)
    case timer(site: Int, life: Int)
    /// An agent does something, or nothing.
    case agent(site: Int, life: Int, agent: Int)
    /// A channel's provider has dealt with a message.
    case sent(site: Int, life: Int, MessageID, attempt: Int)
    case crash(site: Int)
    case start(site: Int)
    case clog
    case unclog(link: Int)
    case partition
    case heal
    /// Somebody who runs a floor.
    case supervisor
}
