/// Pauses between attempts to connect: doubling, with a random half, so that many who lost the same site do not come
/// back at the same moment.
struct Backoff: Equatable {
    static let firstMilliseconds: Int64 = 250
    static let longestMilliseconds: Int64 = 15_000

    private(set) var attempts = 0

    /// The pause before the next attempt, in milliseconds.
    mutating func next(using generator: inout some RandomNumberGenerator) -> Int64 {
        let full = min(Self.longestMilliseconds, Self.firstMilliseconds << min(attempts, 10))
        attempts += 1
        return full / 2 + Int64.random(in: 0...full / 2, using: &generator)
    }

    mutating func succeeded() { attempts = 0 }
}
