import InteractionModel

/// One text that somebody wrote. Its number is its content: what arrives can be told from everything else ever written.
struct Line: Sendable {
    var customer: Int
    /// Nil: the customer wrote it.
    var agent: AgentName?
    var key: IdempotencyKey
    /// What its writer was told, once.
    var answer: InteractionID?
    var isAnswered = false
    var tries = 0

    static func bytes(_ lines: [Int32]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.count * 4)
        for line in lines {
            for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: line >> Int32(shift))) }
        }
        return bytes
    }

    static func read(_ bytes: [UInt8]) -> [Int32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { place in
            (0..<4).reduce(Int32(0)) { $0 | Int32(bytes[place + $1]) << Int32(8 * $1) }
        }
    }
}

/// Somebody who writes to one site.
struct Customer: Sendable {
    let home: Int
    let party: PartyKey
    var written = 0
    /// The interaction that took the last line.
    var interaction: InteractionID?
    var isGone = false
}
