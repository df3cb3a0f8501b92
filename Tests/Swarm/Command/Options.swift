import Glibc
import SwarmWorld

/// What the command line asks for.
struct Options {
    var seeds: UInt64 = 1000
    var from: UInt64 = 1
    var events = 20_000
    var threads = 2
    var traces = false
    /// Only what happens to this contact is traced.
    var contact: String?
    /// Nil: none are planted.
    var plants: [Plant]?
    var without: [Weather.Fault] = []

    init(_ arguments: ArraySlice<String>) {
        var left = arguments
        while let name = left.popFirst() {
            if name == "--trace" {
                traces = true
                continue
            }
            guard let value = left.popFirst() else { Self.fail("\(name) needs a value") }
            switch name {
            case "--seeds": seeds = UInt64(Self.number(name, value))
            case "--from": from = UInt64(Self.number(name, value))
            case "--seed": (from, seeds) = (UInt64(Self.number(name, value)), 1)
            case "--events": events = Self.number(name, value)
            case "--contact": contact = value
            case "--threads": threads = max(1, Self.number(name, value))
            case "--plant": plants = value == "all" ? Plant.allCases : [Self.word(name, value)]
            case "--without": without = value.split(separator: ",").map { Self.word(name, String($0)) }
            default: Self.fail("\(name) is unknown; --help says what there is")
            }
        }
    }

    private static func number(_ name: String, _ text: String) -> Int {
        guard let number = Int(text), number >= 0 else { fail("\(name) needs a whole number, not \(text)") }
        return number
    }

    private static func word<Word: RawRepresentable & CaseIterable>(_ name: String, _ text: String) -> Word
    where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            fail("\(name) knows \(Word.allCases.map(\.rawValue).joined(separator: ", ")), not \(text)")
        }
        return word
    }

    private static func fail(_ reason: String) -> Never {
        print("swarm: \(reason)")
        exit(64)
    }

    /// Milliseconds of the monotonic clock.
    static func clock() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
