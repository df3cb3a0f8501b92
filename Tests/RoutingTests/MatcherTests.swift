import InteractionModel
import Testing

@testable import Routing

/// The matcher alone against plain loops, with everything a plan can say.
@Suite struct MatcherTests {
    static let eventsPerSystem = 1000

    @Test("Each pair is the one that plain loops find, and none is left over", arguments: 0..<26)
    func pairs(seed: Int) {
        for system in 0..<4 {
            var storm = MatcherStorm(seed: UInt64(seed * 4 + system))
            for event in 0..<Self.eventsPerSystem {
                storm.happen()
                guard storm.complaints.isEmpty else {
                    Issue.record("seed \(seed), system \(system), event \(event): \(storm.complaints)")
                    return
                }
            }
        }
    }

    @Test("A copy goes on as the first does, and neither sees the other", arguments: 0..<6)
    func copies(seed: Int) {
        var first = MatcherStorm(seed: UInt64(1000 + seed))
        for _ in 0..<300 { first.happen() }
        var second = first
        for _ in 0..<300 { first.happen() }
        for _ in 0..<300 { second.happen() }
        #expect(first.decisions.count > 10)
        #expect(first.decisions == second.decisions)
        #expect(first.complaints + second.complaints == [])
    }

    @Test("What nobody looks for is not looked for: after a fold everyone stands where they would")
    func forgotten() {
        var matcher = Matcher()
        let agent = AgentPlan(name: "ana", capacity: [ChannelCapacity("voice", 1)])
        matcher.adopt(Plan(version: "p", queues: [QueuePlan(name: "q")], defaultQueue: "q", agents: [agent]))
        let profile = matcher.profile(Profile.Kind(channels: ["voice"]))
        matcher.place(
            0, Seat(profile: profile, condition: .available, open: 1, load: 0, key: 1, since: 1))
        let contactClass = matcher.contactClass(ContactKind(channel: "voice", queue: "q"))
        let slot = matcher.enter(InteractionID(7), since: at(0), in: contactClass)
        var folded = matcher
        folded.forgetSeekers()
        #expect(folded.nextPair(at: at(0)) == nil)
        folded.seekAll()
        for pair in [folded.nextPair(at: at(0)), matcher.nextPair(at: at(0))] {
            #expect(pair?.slot == slot)
            #expect(pair?.agent == 0)
        }
    }

    @Test("Thousands of profiles that come and go leave no more behind than are in use")
    func profilesAreSwept() {
        var matcher = Matcher()
        let agent = AgentPlan(name: "ana", capacity: [ChannelCapacity("voice", 1)])
        matcher.adopt(Plan(version: "p", queues: [QueuePlan(name: "q")], defaultQueue: "q", agents: [agent]))
        for tier in 0..<5000 {
            let kind = Profile.Kind(channels: ["voice"], tiers: [.init(queue: "q", tier: tier)])
            let profile = matcher.profile(kind)
            matcher.place(
                tier % 3,
                Seat(profile: profile, condition: .available, open: 1, load: 0, key: Int64(tier), since: Int64(tier)))
        }
        #expect(matcher.profiles.count <= Matcher.interningsBeforeSweep)
        let contactClass = matcher.contactClass(ContactKind(channel: "voice", queue: "q"))
        _ = matcher.enter(InteractionID(1), since: at(0), in: contactClass)
        #expect(matcher.nextPair(at: at(0))?.agent == 4997 % 3, "the longest idle of three")
    }
}
