import HTTP

extension ChannelContract {
    /// Bodies with bytes changed, cut, doubled and put in, signed as the provider would: a provider may have bugs too.
    func nonsenseIsAnswered() throws -> [String] {
        let bench = try Bench(driver)
        var dice = Dice(seed: 1)
        return kept.flatMap { fixture in
            (0..<Self.nonsenseCount).compactMap { _ in
                var request = fixture.request
                request.body = dice.mutilated(request.body)
                let signed = driver.sign(request, with: .current)
                guard let outcome = bench.deliver(signed) else { return nil }
                let isSound =
                    outcome.answers.count == 1
                    && (outcome.isAcknowledged
                        || (400...403).contains(outcome.answers[0].status) && outcome.isNothingKept)
                return isSound ? nil : "\(fixture): \(outcome.json) for \(String(decoding: signed.body, as: UTF8.self))"
            }
        }
    }
}

/// A small generator with a seed (SplitMix64), so that a failure can be had again.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func mutilated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            let end = Int.random(in: place...min(bytes.count, place + 40), using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(contentsOf: [0xF0, 0x9F, 0x91], at: place)
            default: bytes.insert(contentsOf: "&=%00\"\\u0000{[".utf8, at: place)
            }
        }
        return bytes
    }
}
