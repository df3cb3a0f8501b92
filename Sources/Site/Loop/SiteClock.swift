import Glibc
package import InteractionModel

/// Site time: follows the monotonic clock while the process runs, and never runs backwards over restarts.
///
/// It begins at the wall clock, or at the last recorded moment when the wall clock says it is earlier. From then on a
/// step of the wall clock changes only `wallOffset`.
package struct SiteClock: Sendable {
    /// Where the two clocks are read; tests give their own. Milliseconds.
    package struct Sources: Sendable {
        package var monotonic: @Sendable () -> Int64
        package var wall: @Sendable () -> Int64

        package init(monotonic: @escaping @Sendable () -> Int64, wall: @escaping @Sendable () -> Int64) {
            self.monotonic = monotonic
            self.wall = wall
        }

        /// The machine's: time spent suspended counts.
        package static let machine = Sources(
            monotonic: { Sources.read(CLOCK_BOOTTIME) }, wall: { Sources.read(CLOCK_REALTIME) })

        private static func read(_ clock: clockid_t) -> Int64 {
            var now = timespec()
            clock_gettime(clock, &now)
            return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
        }
    }

    private let sources: Sources
    private let base: Int64
    private let start: Int64

    package init(after lastRecorded: Timestamp, sources: Sources = .machine) {
        self.sources = sources
        start = sources.monotonic()
        base = max(sources.wall(), lastRecorded.milliseconds)
    }

    package func now() -> Timestamp { Timestamp(milliseconds: base + sources.monotonic() - start) }

    /// The time on people's walls.
    package func wall() -> Timestamp { Timestamp(milliseconds: sources.wall()) }

    /// What to add to site time to get wall time.
    package func wallOffset() -> Span { wall().since(now()) }
}
