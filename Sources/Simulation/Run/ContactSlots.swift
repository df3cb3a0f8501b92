import InteractionModel
import Routing

/// One customer, from the call to its end.
struct Customer: Sendable {
    var arrivedAt: Int64 = 0
    /// The number in the core that has it; 0 while there is none.
    var interaction: Int64 = 0
    /// The number in the core where it came in, which is the contact's name.
    var interactionAtHome: Int64 = 0
    /// Who has it, and where it came in.
    var core: Int32 = 0
    var home: Int32 = 0
    var handlingSeed: UInt64 = 0
    /// The simulator's lane: queue and site.
    var lane: Int32 = 0
    /// Goes up with every new customer of the slot, so that an old impatience finds nobody.
    var generation: UInt32 = 0
    /// The batch that counts it; -1 is not counted.
    var batch: Int32 = -1
    var isWaiting = false
}

/// The customers in the house. Slots are used again and with them the names by which the router knows their customers:
/// no text is made for a contact.
struct ContactSlots: Sendable {
    private(set) var customers: [Customer] = []
    private var names: [Name] = []
    private var free: [Int] = []

    struct Name: Sendable {
        var party: PartyKey
        var key: IdempotencyKey
    }

    /// How many are in the house.
    var count: Int { customers.count - free.count }

    subscript(slot: Int) -> Customer {
        get { customers[slot] }
        _modify { yield &customers[slot] }
    }

    func name(of slot: Int) -> Name { names[slot] }

    mutating func take() -> Int {
        if let slot = free.popLast() {
            customers[slot].generation &+= 1
            customers[slot].interaction = 0
            return slot
        }
        let text = "c" + String(customers.count)
        guard let key = IdempotencyKey(text) else { preconditionFailure("A number is a key.") }
        names.append(Name(party: PartyKey(text), key: key))
        customers.append(Customer())
        return customers.count - 1
    }

    mutating func giveBack(_ slot: Int) {
        customers[slot].isWaiting = false
        free.append(slot)
    }
}
