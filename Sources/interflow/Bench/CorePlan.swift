import InteractionModel
import Routing

/// The plan of a `CoreWorkload`: a queue to each class, and profiles drawn at random.
struct CorePlan {
    static let voice = ChannelName("voice")
    static let chat = ChannelName("chat")
    private static let sites = (0..<4).map { SiteName("site\($0)") }
    private static let skills = (0..<64).map { SkillName("skill\($0)") }

    private(set) var plan: Plan
    private(set) var profiles: [Profile.Kind] = []
    private(set) var kinds: [ContactKind] = []
    /// By class and profile: the milliseconds after which they may meet, or -1.
    private(set) var openAfter: [Int32]

    init(_ size: CoreWorkload.Size, _ draw: inout Draw) {
        var able: [UInt64] = []
        for _ in 0..<size.profiles {
            var mask: UInt64 = 0
            for _ in 0..<2 + draw.below(7) { mask |= 1 << UInt64(draw.below(64)) }
            able.append(mask)
        }
        for (index, mask) in able.enumerated() {
            // A number that nobody asks for keeps equal draws apart, so that there are as many profiles as were asked for.
            let own = SkillRequirement(SkillName("own\(index)"))
            profiles.append(
                Profile.Kind(
                    skills: SkillSet(Self.named(mask) + [own]), site: Self.sites[index & 3],
                    channels: [Self.chat, Self.voice]))
        }
        var queues: [QueuePlan] = []
        openAfter = Array(repeating: -1, count: size.classes * size.profiles)
        for index in 0..<size.classes {
            var rest = able[draw.below(size.profiles)]
            let first = rest & (0 &- rest)
            rest &= rest &- 1
            let needed = index & 1 == 1 ? first | rest & (0 &- rest) : first
            let near = [Self.sites[index & 3], Self.sites[(index & 3) ^ 1]]
            var queue = QueuePlan(
                name: QueueName("queue\(index)"), skills: SkillSet(Self.named(needed)),
                headStart: .seconds(Int64(30 * draw.below(4))))
            queue.sites = near
            queue.rings = [
                Ring(after: .seconds(10), sites: []),
                Ring(after: .seconds(30), skills: SkillSet(Self.named(first)), sites: near),
            ]
            queues.append(queue)
            kinds.append(ContactKind(channel: draw.below(10) < 3 ? Self.chat : Self.voice, queue: queue.name))
            for (profile, mask) in able.enumerated() {
                let isNear = (profile ^ index) & 3 < 2
                let after: Int32 =
                    mask & needed == needed ? (isNear ? 0 : 10_000) : mask & first != 0 && isNear ? 30_000 : -1
                openAfter[index * size.profiles + profile] = after
            }
        }
        let agent = AgentPlan(
            name: AgentName("all"), skills: SkillSet(Self.named(.max)),
            capacity: [ChannelCapacity(Self.chat, 3), ChannelCapacity(Self.voice, 1)])
        plan = Plan(version: "bench", queues: queues, defaultQueue: queues[0].name, agents: [agent])
    }

    private static func named(_ mask: UInt64) -> [SkillRequirement] {
        (0..<64).filter { mask >> UInt64($0) & 1 == 1 }.map { SkillRequirement(skills[$0]) }
    }
}
