import InteractionModel
import Testing

@testable import Site
import Threads

@Suite struct SiteClockTests {
    private static func clock(after last: Int64, monotonic: Int64, wall: Int64) -> SiteClock {
        SiteClock(
            after: Timestamp(milliseconds: last), sources: .init(monotonic: { monotonic }, wall: { wall }))
    }

    @Test("Site time begins at the wall clock, or at the last recorded moment when that is later")
    func begins() {
        #expect(Self.clock(after: 500, monotonic: 10, wall: 900).now() == Timestamp(milliseconds: 900))
        #expect(Self.clock(after: 2000, monotonic: 10, wall: 900).now() == Timestamp(milliseconds: 2000))
    }

    @Test("A step of the wall clock moves the offset and not site time")
    func steps() {
        let wall = Guarded<Int64>(1000)
        let monotonic = Guarded<Int64>(0)
        let clock = SiteClock(
            after: Timestamp(milliseconds: 0),
            sources: .init(monotonic: { monotonic.with { $0 } }, wall: { wall.with { $0 } }))
        monotonic.with { $0 = 250 }
        wall.with { $0 = 3_601_250 }
        #expect(clock.now() == Timestamp(milliseconds: 1250))
        #expect(clock.wallOffset() == .hours(1))
        wall.with { $0 = -10_000 }
        #expect(clock.now() == Timestamp(milliseconds: 1250))
    }
}
