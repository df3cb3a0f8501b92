import InteractionModel
import Testing

@Suite struct TimestampTests {
    @Test(
        "A moment moved beyond the ends of time stays at the end",
        arguments: [(Int64.max - 1, Int64(5), Int64.max), (.min + 1, -5, .min), (10, -3, 7), (.max, .max, .max)])
    func saturates(moment: Int64, span: Int64, expected: Int64) {
        let moved = Timestamp(milliseconds: moment).advanced(by: Span(milliseconds: span))
        #expect(moved == Timestamp(milliseconds: expected))
    }

    @Test("The span between two moments leads from one to the other")
    func since() {
        let (early, late) = (Timestamp(milliseconds: 5), Timestamp(milliseconds: 65_005))
        #expect(late.since(early) == Span(milliseconds: 65_000))
        #expect(early.advanced(by: late.since(early)) == late)
        #expect(late.advanced(by: late.since(early).negated) == early)
        #expect(Span.minutes(1) < .seconds(61) && Span.hours(1) == .minutes(60))
    }
}
