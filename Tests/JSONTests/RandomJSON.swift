import JSON

/// Values and texts drawn from a seed: the same seed gives the same ones on any machine.
struct RandomJSON: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    private mutating func draw(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func value(depth: Int = 4) -> JSONValue {
        switch draw(0..<(depth > 0 ? 10 : 7)) {
        case 0: return .null
        case 1: return .bool(draw(0..<2) == 0)
        case 2: return .integer(Int64(bitPattern: next()) >> Int64(draw(0..<64)))
        case 3: return .double(finiteDouble())
        case 4: return .double(Double(draw(-100_000..<100_000)) / 100)
        case 5, 6: return .string(string())
        case 7, 8:
            var object = JSONObject()
            for _ in 0..<draw(0..<6) { object[string()] = value(depth: depth - 1) }
            return .object(object)
        default: return .array((0..<draw(0..<6)).map { _ in value(depth: depth - 1) })
        }
    }

    private mutating func finiteDouble() -> Double {
        while true {
            let value = Double(bitPattern: next())
            if value.isFinite { return value }
        }
    }

    mutating func string() -> String {
        var text = ""
        for _ in 0..<draw(0..<24) {
            let value: Int
            switch draw(0..<8) {
            case 0: value = draw(0..<0x20)
            case 1: value = draw(0x80..<0x800)
            case 2: value = draw(0x800..<0xD800)
            case 3: value = draw(0xE000..<0x110000)
            case 4: value = [0x22, 0x5C, 0x2F, 0x7F, 0x2028, 0x2029, 0xFEFF, 0][draw(0..<8)]
            default: value = draw(0x20..<0x7F)
            }
            if let scalar = Unicode.Scalar(UInt32(value)) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    /// A text that is nearly JSON: a valid one with white space strewn in and, half of the time, a byte changed.
    mutating func text() -> [UInt8] {
        var bytes = value(depth: 3).bytes
        if draw(0..<2) == 0 { bytes += Array(" \n".utf8) }
        for _ in 0..<draw(0..<2) {
            let place = draw(0..<bytes.count)
            switch draw(0..<4) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(bytes[draw(0..<bytes.count)], at: place)
            case 2: bytes[place] = Array("{}[]:,\"\\0123456789eE+-. utfnau".utf8).randomElement(using: &self) ?? 0
            default: bytes.swapAt(place, draw(0..<bytes.count))
            }
        }
        return bytes.isEmpty ? [0x30] : bytes
    }
}
