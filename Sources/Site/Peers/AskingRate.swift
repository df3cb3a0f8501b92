import Threads

/// A bound on what strangers may ask: so many at once, refilled evenly.
final class AskingRate: Sendable {
    private let state: Guarded<(left: Int64, at: Int64)>
    private let perSecond: Int64
    private let atOnce: Int64
    private let milliseconds: @Sendable () -> Int64

    init(perSecond: Int64, atOnce: Int64, milliseconds: @escaping @Sendable () -> Int64) {
        self.perSecond = perSecond
        self.atOnce = atOnce
        self.milliseconds = milliseconds
        state = Guarded((atOnce * 1000, milliseconds()))
    }

    /// Whether one more may be answered now.
    func takes() -> Bool {
        let now = milliseconds()
        return state.with { state in
            let gone = max(0, now - state.at)
            state.left = min(atOnce * 1000, state.left + min(gone, 1_000_000) * perSecond)
            state.at = now
            guard state.left >= 1000 else { return false }
            state.left -= 1000
            return true
        }
    }
}
