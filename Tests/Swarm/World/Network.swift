import Chance
import Federation
import InteractionModel
import Routing

/// Links that lose, double, delay, reorder and cut, one for each ordered pair of sites.
struct Network: Sendable {
    enum Content: Sendable {
        /// `items` are the sender's own names for what it asks: they come back with the answer.
        case request(Int, incarnation: Int64, items: [Owed.Item], [PeerMessage])
        case answer(Int, incarnation: Int64, items: [Owed.Item], [PeerAnswer])
        case refusedConnection(Int)
        case summary(SiteSummary)
        case reception(Directory.Reception, of: Int64)
        /// “I have idle agents.”
        case hint(QueueName, places: Int)
    }

    struct Packet: Sendable {
        var from: Int
        var to: Int
        var content: Content
    }

    let sites: Int
    /// By link: nothing passes for good, or until it is opened again.
    private(set) var isCut: [Bool]
    private(set) var isClogged: [Bool]
    private var held: [[Int]]
    private var packets: [Packet?] = []
    private var free: [Int] = []

    init(sites: Int) {
        self.sites = sites
        isCut = Array(repeating: false, count: sites * sites)
        isClogged = isCut
        held = Array(repeating: [], count: sites * sites)
    }

    func link(_ from: Int, _ to: Int) -> Int { from * sites + to }

    /// A place for a packet on its way.
    mutating func keep(_ packet: Packet) -> Int {
        if let place = free.popLast() {
            packets[place] = packet
            return place
        }
        packets.append(packet)
        return packets.count - 1
    }

    /// The packet at its end; nil where it is lost on the way or waits for the link to be unclogged.
    mutating func arrive(_ place: Int) -> Packet? {
        guard let packet = packets[place] else { return nil }
        let link = link(packet.from, packet.to)
        if isClogged[link], !isCut[link] {
            held[link].append(place)
            return nil
        }
        packets[place] = nil
        free.append(place)
        return isCut[link] ? nil : packet
    }

    mutating func clog(_ link: Int) { isClogged[link] = true }

    /// The places of those who waited, to arrive now.
    mutating func unclog(_ link: Int) -> [Int] {
        isClogged[link] = false
        defer { held[link] = [] }
        return held[link]
    }

    mutating func cut(_ link: Int) { isCut[link] = true }
    mutating func mend() { for link in isCut.indices { isCut[link] = false } }
}

extension World {
    /// Puts a packet on its way, as the weather will have it.
    mutating func send(_ content: Network.Content, from: Int, to: Int) {
        let loss: Int
        switch content {
        case .request, .summary, .hint: loss = weather.requestLoss
        case .answer, .reception: loss = weather.answerLoss
        case .refusedConnection: loss = 0
        }
        let copies = isCalm ? 1 : dice.happens(permille: weather.duplication) ? 2 : 1
        for _ in 0..<copies {
            if !isCalm, dice.happens(permille: loss) { continue }
            var delay: Int64 = dice.number(1...20)
            if !isCalm, dice.happens(permille: weather.slow) { delay += dice.number(0...weather.slowest) }
            let place = network.keep(.init(from: from, to: to, content: content))
            agenda.plan(.packet(place), at: now + delay)
        }
    }

    mutating func packetArrives(_ place: Int) {
        guard let packet = network.arrive(place) else { return }
        let (from, to) = (packet.from, packet.to)
        guard sites[to].isUp else {
            if case .request(let request, _, _, _) = packet.content {
                send(.refusedConnection(request), from: to, to: from)
            }
            return
        }
        switch packet.content {
        case .request(let request, let incarnation, let items, let messages):
            take(messages, items, request: request, incarnation: incarnation, from: from, at: to)
        case .answer(let request, let incarnation, let items, let answers):
            hear(answers, items, request: request, incarnation: incarnation, from: from, at: to)
        case .refusedConnection(let request): requestFailed(request, to: from, at: to)
        case .summary(let summary):
            say(.event(.summaryHeard(summary)), to: to, for: .summary(from: from, summary.sequence))
        case .reception(let reception, let sequence): summaryReceived(reception, of: sequence, by: from, at: to)
        case .hint(let queue, let places): say(.event(.peerAsks(names[from], queue, places: places)), to: to)
        }
    }

    // MARK: Clogs and partitions

    mutating func clog() {
        let link = network.link(dice.below(sites.count), dice.below(sites.count))
        network.clog(link)
        faults += 1
        agenda.plan(.unclog(link: link), at: now + dice.number(1_000...30_000))
        agenda.plan(.clog, at: now + dice.pause(mean: weather.clogEvery))
    }

    mutating func unclog(_ link: Int) {
        for place in network.unclog(link) { agenda.plan(.packet(place), at: now) }
    }

    /// Splits the network in two, or cuts one site off, both ways or one.
    mutating func partition() {
        faults += 1
        let shape = dice.below(4)
        let apart = shape < 2 ? 1 << dice.below(sites.count) : dice.below(1 << sites.count)
        for from in sites.indices {
            for to in sites.indices where (apart >> from) & 1 != (apart >> to) & 1 {
                if shape % 2 == 0 || (apart >> from) & 1 == 1 { network.cut(network.link(from, to)) }
            }
        }
        if isTracing { trace("partition: " + sites.indices.map { (apart >> $0) & 1 == 1 ? "A" : "B" }.joined()) }
        agenda.plan(.heal, at: now + dice.number(1_000...60_000))
    }

    mutating func mendLinks() {
        network.mend()
        guard !isCalm, weather.partitionEvery > 0 else { return }
        agenda.plan(.partition, at: now + dice.pause(mean: weather.partitionEvery))
    }
}
