/// From the router's number of an interaction to the simulator's slot: a flat table with linear probing. A dictionary
/// would cost more than everything else the simulator does for a contact.
struct SlotIndex: Sendable {
    private var keys: [Int64]
    private var slots: [Int32]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int = 1024) {
        keys = Array(repeating: 0, count: capacity)  // 0 is no interaction's number: sequences begin at 1.
        slots = Array(repeating: 0, count: capacity)
        mask = capacity - 1
    }

    subscript(key: Int64) -> Int? {
        var place = home(of: key)
        while keys[place] != 0 {
            if keys[place] == key { return Int(slots[place]) }
            place = (place + 1) & mask
        }
        return nil
    }

    mutating func insert(_ slot: Int, for key: Int64) {
        if count * 2 >= keys.count { grow() }
        var place = home(of: key)
        while keys[place] != 0, keys[place] != key { place = (place + 1) & mask }
        if keys[place] == 0 { count += 1 }
        keys[place] = key
        slots[place] = Int32(slot)
    }

    /// Takes a key out and closes the gap, so that nothing is left to be swept.
    mutating func remove(_ key: Int64) {
        var hole = home(of: key)
        while keys[hole] != key {
            if keys[hole] == 0 { return }
            hole = (hole + 1) & mask
        }
        count -= 1
        var next = (hole + 1) & mask
        while keys[next] != 0 {
            let distance = (next - home(of: keys[next])) & mask
            if distance >= (next - hole) & mask {
                keys[hole] = keys[next]
                slots[hole] = slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        keys[hole] = 0
    }

    private func home(of key: Int64) -> Int {
        Int(truncatingIfNeeded: (key &* -7_046_029_254_386_353_131) >> 32) & mask
    }

    private mutating func grow() {
        var larger = SlotIndex(capacity: keys.count * 2)
        for place in keys.indices where keys[place] != 0 { larger.insert(Int(slots[place]), for: keys[place]) }
        self = larger
    }
}
