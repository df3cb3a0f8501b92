import InteractionModel

/// How fast a queue's line moves, from what it did: the gaps between contacts leaving the line for an agent while somebody was waiting.
///
/// A gap begins with such a departure that leaves somebody behind, or when the first contact comes to an empty line, and ends with the next
/// departure. Gaps with an empty line say how fast contacts come, not how fast they are taken, and are left out. Agents shared with other queues,
/// priorities and slow afternoons are all in the gaps; nobody's model of them is needed. The gap that is still open counts once it is longer than the mean:
/// when everybody goes home the pace slows down before another departure says so.
struct LinePace: Sendable, Equatable {
    /// Contacts in line: queued, not being offered.
    private(set) var waiting: Int64 = 0
    /// When the open gap began; means nothing with an empty line.
    private(set) var gapBegan = Timestamp(milliseconds: 0)
    /// What open gaps lasted whose line emptied without a departure, in milliseconds: part of the next gap. They were the long ones.
    private(set) var carried: Int64 = 0
    /// When somebody last left the line for an agent.
    private(set) var movedAt = Timestamp(milliseconds: 0)
    private(set) var gaps = Spread()
    /// Milliseconds spent in line by all contacts together, and who left it unserved: what is new weighs most.
    private(set) var exposure: Int64 = 0
    private(set) var losses: Int64 = 0
    /// Until when `exposure` was counted.
    private(set) var countedTo = Timestamp(milliseconds: 0)

    /// One loss, in the units of `losses`.
    static let oneLoss: Int64 = 1 << 16
    /// Departures after which exposure and losses weigh 1/e.
    static let lossMemory: Int64 = 256

    init() {}

    init(
        waiting: Int64, gapBegan: Timestamp, movedAt: Timestamp, gaps: Spread, exposure: Int64, losses: Int64,
        countedTo: Timestamp, carried: Int64
    ) {
        (self.waiting, self.gapBegan, self.movedAt, self.gaps) = (waiting, gapBegan, movedAt, gaps)
        self.carried = carried
        (self.exposure, self.losses, self.countedTo) = (exposure, losses, countedTo)
    }

    mutating func joined(at now: Timestamp) {
        expose(until: now)
        if waiting == 0 { gapBegan = now }
        waiting += 1
    }

    /// - Parameter isFirst: whether this contact leaves for an agent for the first time in this visit: one that came back was counted.
    mutating func leftForAgent(at now: Timestamp, isFirst: Bool) {
        expose(until: now)
        waiting -= 1
        // Who came to an empty line and left it at once found a free agent, and says nothing about how fast a line moves.
        guard isFirst, !(waiting == 0 && now == gapBegan && movedAt != now) else { return }
        gaps.add(carried + now.since(gapBegan).milliseconds)
        carried = 0
        (gapBegan, movedAt) = (now, now)
        exposure -= exposure / Self.lossMemory
        losses -= losses / Self.lossMemory
    }

    /// - Parameter isLoss: whether the contact gave up or was moved away, rather than being put in order by us.
    mutating func leftUnserved(at now: Timestamp, isLoss: Bool) {
        expose(until: now)
        waiting -= 1
        if isLoss { losses += Self.oneLoss }
        if waiting == 0 { carried = min(carried + now.since(gapBegan).milliseconds, Spread.spanMax) }
    }

    private mutating func expose(until now: Timestamp) {
        let span = max(0, now.since(countedTo).milliseconds)
        if waiting > 0 { exposure = min(exposure &+ min(span, Spread.spanMax) &* waiting, Self.exposureMax) }
        countedTo = now
    }

    private static let exposureMax: Int64 = 1 << 60

    /// The mean gap in milliseconds as of now, the open one included once it is long; at least 1.
    func meanGap(at now: Timestamp) -> Int64 {
        let mean = gaps.mean
        let open = carried + (waiting > 0 ? now.since(gapBegan).milliseconds : 0)
        return max(1, open > mean ? (gaps.sum + open - mean) / max(1, gaps.count) : mean)
    }
}
