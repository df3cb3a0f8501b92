import Glibc

/// What the command line asks for.
struct Options {
    var events = 1_000_000
    var seed = 1
    var eventsPerSystem = 1000
    /// How many replays looking for a shorter failing sequence may take.
    var replays = 3000

    init(_ arguments: ArraySlice<String>) {
        var left = arguments
        while let name = left.popFirst() {
            guard let value = left.popFirst().flatMap({ Int($0) }), value >= 0 else {
                Self.fail("\(name) needs a whole number")
            }
            switch name {
            case "--events": events = value
            case "--seed": seed = value
            case "--inputs-per-system": eventsPerSystem = max(1, value)
            case "--replays": replays = value
            default: Self.fail("\(name) is unknown")
            }
        }
    }

    private static func fail(_ reason: String) -> Never {
        print("oracle: \(reason); --events N, --seed S, --inputs-per-system N, --replays N are known")
        exit(64)
    }

    /// Whole seconds of the monotonic clock.
    static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }
}
