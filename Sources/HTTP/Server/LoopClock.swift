internal import Glibc

/// A loop's view of time: monotonic milliseconds for deadlines, and the Date line of this second.
struct LoopClock {
    private(set) var now: Int64 = 0
    /// `Date: …` with its line end (RFC 9110 §6.6.1).
    private(set) var dateLine: [UInt8] = []
    private var second: time_t = 0

    init() { refresh() }

    static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    mutating func refresh() {
        now = Self.milliseconds()
        let current = time(nil)
        guard current != second else { return }
        second = current
        dateLine = Self.dateLine(current)
    }

    private static func dateLine(_ second: time_t) -> [UInt8] {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        // The C locale's names are the RFC's; nothing in the process calls setlocale.
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
            let count = strftime(text.baseAddress, text.count, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts)
            return text[..<count].map { UInt8(bitPattern: $0) }
        }
    }
}
