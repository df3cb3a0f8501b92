import Chance
import InteractionModel
import JSON
import Journal
import Support

/// Follows one site's journal while the site works, dies and starts again. Each entry is read once; what the run asks in
/// between is answered without a query.
final class JournalWatch: Sendable {
    fileprivate struct State {
        var position: Int64 = 0
        var taken = 0
        /// Queued, and neither a provider nor the customer's site has taken them, nor have they failed.
        var unsent: Set<Int64> = []
        /// Open contacts in this site's custody.
        var here: Set<Int64> = []
        /// How many sites had each of those that are open.
        var hops: [Int64: Int] = [:]
        /// Of those, the ones that may still move.
        var movable = Pool()
        /// Open here, in another site's custody or offered to it.
        var elsewhere = Pool()
    }

    private let folder: SiteFolder
    private let hopsMax: Int
    private let state = Monitor(State())

    init(_ folder: SiteFolder, hopsMax: Int) {
        self.folder = folder
        self.hopsMax = hopsMax
    }

    /// Contacts taken from peers so far.
    var taken: Int { state.with { $0.taken } }
    var unsent: Int { state.with { $0.unsent.count } }
    /// Open contacts in this site's custody.
    var open: Int { state.with { $0.here.count } }

    /// Takes in what is new. One thread calls this. A site that is just being killed or migrated may not be readable; then
    /// the next look sees it.
    func look() {
        guard let reader = try? folder.journal() else { return }
        defer { reader.close() }
        while let page = try? reader.entries(after: state.with({ $0.position }), limit: JournalLimits.readMax),
            !page.isEmpty
        {
            state.with { state in
                for entry in page { state.take(entry, hopsMax) }
            }
        }
    }

    /// Some contacts that may be handed over, each given to one caller: they are given again once the journal tells of them,
    /// or after `putBack`.
    func drawMovable(_ count: Int, _ dice: inout Dice) -> [Int64] {
        state.with { state in
            (0..<count).compactMap { _ in state.movable.draw(&dice) }
        }
    }

    /// They could not be handed over.
    func putBack(_ interaction: Int64) {
        state.with { state in
            guard state.here.contains(interaction), state.hops[interaction] ?? 0 < hopsMax else { return }
            state.movable.insert(interaction)
        }
    }

    /// One open contact, wherever it is; nil when there is none.
    func anyOpen(_ dice: inout Dice) -> Int64? {
        state.with { state in
            dice.happens(percent: 50) ? state.elsewhere.pick(&dice) : state.movable.pick(&dice)
        }
    }
}

extension JournalWatch.State {
    fileprivate mutating func take(_ entry: JournalEntry, _ hopsMax: Int) {
        position = entry.sequence
        switch entry.type {
        case "message.queued": unsent.insert(entry.sequence)
        case "message.sent", "message.failed":
            if let message = Self.body(entry)["message"]?.integerValue { unsent.remove(message) }
        default: if let interaction = entry.interaction { take(entry, of: interaction, hopsMax) }
        }
    }

    private mutating func take(_ entry: JournalEntry, of interaction: Int64, _ hopsMax: Int) {
        switch entry.type {
        case "contact.received", "custody.took":
            let body = Self.body(entry)
            if body["contact"] != nil { taken += 1 }
            hold(interaction, body["hops"]?.arrayValue?.count ?? 0, hopsMax)
        case "custody.regained": hold(interaction, hops[interaction] ?? 0, hopsMax)
        case "custody.offered":
            leave(interaction)
            elsewhere.insert(interaction)
        case "contact.closed", "contact.abandoned", "contact.expired":
            leave(interaction)
            elsewhere.remove(interaction)
            hops[interaction] = nil
        default: break
        }
    }

    private mutating func hold(_ interaction: Int64, _ count: Int, _ hopsMax: Int) {
        elsewhere.remove(interaction)
        here.insert(interaction)
        hops[interaction] = count
        if count < hopsMax { movable.insert(interaction) }
    }

    private mutating func leave(_ interaction: Int64) {
        here.remove(interaction)
        movable.remove(interaction)
    }

    private static func body(_ entry: JournalEntry) -> JSONValue { (try? JSONValue.parse(entry.body)) ?? .null }
}

/// A set of numbers from which chance can choose.
struct Pool: Sendable {
    private var list: [Int64] = []
    private var places: [Int64: Int] = [:]

    mutating func insert(_ number: Int64) {
        guard places[number] == nil else { return }
        places[number] = list.count
        list.append(number)
    }

    mutating func remove(_ number: Int64) {
        guard let place = places.removeValue(forKey: number) else { return }
        let last = list.removeLast()
        guard last != number else { return }
        list[place] = last
        places[last] = place
    }

    func pick(_ dice: inout Dice) -> Int64? { list.isEmpty ? nil : list[dice.number(0...list.count - 1)] }

    mutating func draw(_ dice: inout Dice) -> Int64? {
        let number = pick(&dice)
        if let number { remove(number) }
        return number
    }
}
