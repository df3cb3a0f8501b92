import Configuration
import Simulation

/// One queue's customers in a scenario file.
struct QueueScenario: ConfigurationSection {
    static let arrivals = Key(
        "arrivals", ArrivalsText.type,
        "Customers an hour; or steps of the day [{from: 8, perHour: 120}]; or recorded "
            + "moments in seconds [0.5, 3, 9].")
    static let priority = Key(
        "priority", .number(in: 0...86_400), default: 0,
        "Bigger first: a band under `policy.priority: strict`, else a head start in seconds.")
    static let skills = Key(
        "skills", .named(.integer(in: 1...10), count: 0...64), default: [],
        "What an agent must be able to do, with levels.")
    static let patience = Key(
        "patience", .patience, default: nil,
        "Mean seconds (exponential) after which a waiting customer gives up, or none.")
    static let serviceLevel = Key(
        "serviceLevel", .seconds(in: 0...86_400), default: 20, "Answered within this many seconds is in time.")
    static let waitingMax = Key(
        optional: "waitingMax", .integer(in: 1...10_000_000), "How many may wait; one more is blocked.")
    static let handling = Key(
        optional: "handling", HandlingScenario.type,
        "How long serving takes: {mean, distribution, cv, k} or a mean; else the agents' own.")

    static let keys: KeyList = [arrivals, priority, skills, patience, serviceLevel, waitingMax, handling]

    private let arrivals: Arrivals
    private let priority, serviceLevel: Double
    private let skills: [Named<Int>]
    private let patience: Double?
    private let waitingMax: Int?
    private let handling: ServiceTime?

    static func check(_ section: inout SectionReader) {
        if let arrivals = section.ifSound(arrivals), let fault = ArrivalsText.fault(in: arrivals) {
            section.complain(at: Self.arrivals, fault)
        }
    }

    init(reading section: SectionReader) {
        arrivals = section[Self.arrivals]
        priority = section[Self.priority]
        skills = section[Self.skills]
        patience = section[Self.patience]
        serviceLevel = section[Self.serviceLevel]
        waitingMax = section[Self.waitingMax]
        handling = section[Self.handling]
    }

    func queue(named name: String) -> CustomerQueue {
        CustomerQueue(
            name: name, arrivals: arrivals, priority: priority, skills: skills.map { SkillLevel($0.name, $0.value) },
            patience: patience, serviceLevel: serviceLevel, waitingMax: waitingMax, handling: handling)
    }
}

/// A step of a day's profile.
struct StepScenario: ConfigurationSection {
    static let from = Key("from", .hour, "From this hour of the simulated day.")
    static let perHour = Key("perHour", .number(in: 0...10_000_000), "Customers an hour.")
    static let keys: KeyList = [from, perHour]

    let step: Arrivals.Step

    init(reading section: SectionReader) {
        step = Arrivals.Step(from: section[Self.from], perHour: section[Self.perHour])
    }
}

/// The three ways of writing arrivals.
enum ArrivalsText {
    private enum Item: Sendable {
        case step(Arrivals.Step)
        case moment(Double)
    }

    static var type: ValueType<Arrivals> {
        let item = ValueType<Item>.either(
            "seconds, or {from, perHour}", scalar: ValueType<Double>.seconds(in: 0...1e9).converted { Item.moment($0) },
            mapping: ValueType<StepScenario>.section(StepScenario.self).converted { Item.step($0.step) })
        return .either(
            "a number an hour, a list of {from, perHour}, or a list of seconds",
            scalar: ValueType<Double>.number(in: 0...10_000_000).converted { .rate(perHour: $0) },
            list: ValueType<[Item]>.list(of: item, count: 1...90_000).converted(arrivals))
    }

    private static func arrivals(_ items: [Item]) -> Arrivals {
        let steps = items.compactMap { item in
            if case .step(let step) = item { step } else { nil }
        }
        let moments = items.compactMap { item in
            if case .moment(let moment) = item { moment } else { nil }
        }
        if steps.isEmpty { return .recorded(moments) }
        return .profile(moments.isEmpty ? steps : [])  // A mixture is refused below.
    }

    static func fault(in arrivals: Arrivals) -> String? {
        switch arrivals {
        case .rate: return nil
        case .profile([]): return "mixes seconds and steps; write one sort"
        case .profile(let steps):
            if zip(steps, steps.dropFirst()).contains(where: { $0.from >= $1.from }) {
                return "has steps that do not ascend"
            }
            return steps.contains { $0.from >= 24 } ? "has a step at or after hour 24" : nil
        case .recorded(let moments):
            return zip(moments, moments.dropFirst()).contains { $0 > $1 } ? "has moments that do not ascend" : nil
        }
    }
}

/// A queue's own handling time.
struct HandlingScenario: ConfigurationSection {
    static let mean = Key("mean", .seconds(in: 0.001...1e7), "Mean seconds.")
    static let distribution = Key(
        "distribution", .law, default: .exponential, "exponential, constant, lognormal (with cv) or erlang (with k).")
    static let cv = Key(optional: "cv", .number(in: 0.01...10), "Of lognormal: standard deviation by mean.")
    static let k = Key(optional: "k", .integer(in: 1...100), "Of erlang: phases.")
    static let keys: KeyList = [mean, distribution, cv, k]

    let time: ServiceTime

    init(reading section: SectionReader) {
        let law = ServiceTime.Law(section[Self.distribution], cv: section[Self.cv], k: section[Self.k])
        time = ServiceTime(mean: section[Self.mean], law: law)
    }

    static var type: ValueType<ServiceTime> {
        .either(
            "mean seconds, or {mean, distribution}",
            scalar: ValueType<Double>.seconds(in: 0.001...1e7).converted { ServiceTime(mean: $0) },
            mapping: ValueType<HandlingScenario>.section(HandlingScenario.self).converted { $0.time })
    }
}

extension ServiceTime.Law {
    init(_ law: ServiceTime.Law, cv: Double?, k: Int?) {
        self =
            switch (law, cv, k) {
            case (.lognormal, let variation?, _): .lognormal(variation: variation)
            case (.erlang, _, let phases?): .erlang(phases: phases)
            default: law
            }
    }
}
