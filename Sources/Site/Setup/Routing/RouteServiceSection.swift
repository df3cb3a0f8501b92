package import Configuration
import Federation
import InteractionModel
import Routing

/// Calls of one kind, under the service's name.
package struct RouteServiceSection: ConfigurationSection {
    static let channel = Key(optional: "channel", .name, example: "voice", "Only calls of this channel.")
    static let to = Key(
        optional: "to", .string(bytes: 1...320), example: "800555",
        "Only calls to this number, as the switch writes it.")
    static let language = Key(
        optional: "language", .name, example: "de", "Only calls in this language (BCP 47); de also takes de-AT.")
    static let attributes = Key(
        "attributes", .named(.string(bytes: 1...256), count: 0...32), default: [],
        "Only calls of which the switch says all this.")
    static let queue = Key("queue", .located(.name), "The queue they wait in, wherever they arrive.")
    static let steps = Key(
        "steps", .list(of: .section(DeliveryStepSection.self), count: 1...32),
        "How the site is chosen; the first step that finds a place ends the search, after the last comes the default.")
    static let reserveFor = Key(
        "reserveFor", .duration(in: .seconds(1) ... .seconds(600)), default: .seconds(30),
        "How long a place is kept for a call that has not come.")

    package static let keys: KeyList = [channel, to, language, attributes, queue, steps, reserveFor]

    let queue: Located<String>
    let steps: [DeliveryStepSection]
    private let channel, to, language: String?
    private let attributes: [Named<String>]
    private let reserveFor: Duration

    package init(reading section: SectionReader) {
        channel = section[Self.channel]
        to = section[Self.to]
        language = section[Self.language]
        attributes = section[Self.attributes]
        queue = section[Self.queue]
        steps = section[Self.steps]
        reserveFor = section[Self.reserveFor]
    }

    func plan(named name: String) -> RouteService {
        RouteService(
            name, channel: channel.map { ChannelName($0) }, destination: to, language: language,
            attributes: attributes.map { RouteQuestion.Attribute($0.name, $0.value) }, queue: QueueName(queue.value),
            steps: steps.map(\.step), reserveFor: Span(reserveFor))
    }
}

/// One step of a service: one of pick, allocate, prefer and partner.
package struct DeliveryStepSection: ConfigurationSection {
    static let pick = Key(
        optional: "pick", .list(of: .pick, count: 1...8), example: SitePick.minimumExpectedDelay,
        "The best site by these criteria, one after the other: min or max of a measure.")
    static let allocate = Key(
        optional: "allocate", .named(.integer(in: 1...Share.weightMax), count: 1...64), staysCommented: true,
        "By turns, in these shares: percentages where they add up to 100.")
    static let prefer = Key(
        optional: "prefer", .list(of: .located(.name), count: 1...64), staysCommented: true,
        "The first of these sites that can take it.")
    static let partner = Key(
        optional: "partner", .string(bytes: 1...512), staysCommented: true,
        "Out of the network, to this label or address.")
    static let during = Key(
        optional: "during", .located(.name), staysCommented: true,
        "The step is passed over while this calendar is closed.")
    static let considerIf = Key(
        "considerIf", .list(of: .siteCondition, count: 0...16), default: [],
        "Only sites of which all this is true, such as idle >= 1.")
    static let acceptIf = Key(
        "acceptIf", .list(of: .siteCondition, count: 0...16), default: [],
        "Of the site that was picked all this must be true, else the next best is looked at.")

    package static let keys: KeyList = [pick, allocate, prefer, partner, during, considerIf, acceptIf]

    let during: Located<String>?
    /// Sites it names, as written.
    let sites: [Located<String>]
    let step: DeliveryStep

    package static func check(_ section: inout SectionReader) {
        let given = [
            section.isGiven(pick), section.isGiven(allocate), section.isGiven(prefer), section.isGiven(partner),
        ]
        let count = given.count { $0 }
        if count != 1 {
            section.complain(
                at: section.place, count == 0 ? "chooses nothing" : "says \(count) ways to choose",
                hint: "give it one of pick, allocate, prefer and partner")
        }
        guard section.isGiven(partner) else { return }
        for key in [considerIf, acceptIf] where section.isGiven(key) {
            section.complain(at: key, "says nothing of a partner", hint: "leave it out: nothing is known of a partner")
        }
    }

    package init(reading section: SectionReader) {
        during = section[Self.during]
        let preferred = section[Self.prefer] ?? []
        let shares = section[Self.allocate] ?? []
        sites = preferred + shares.map { Located(value: $0.name, place: $0.place) }
        let method: DeliveryStep.Method
        if let partner = section[Self.partner] {
            method = .partner(partner)
        } else if !shares.isEmpty {
            method = .allocate(shares.map { Share(SiteName($0.name), $0.value) })
        } else if !preferred.isEmpty {
            method = .prefer(preferred.names())
        } else {
            method = .pick(section[Self.pick] ?? [])
        }
        step = DeliveryStep(
            method, during: during.map { CalendarName($0.value) }, considerIf: section[Self.considerIf],
            acceptIf: section[Self.acceptIf])
    }
}

extension ValueType where Value == SitePick {
    /// `min expected-delay`.
    static var pick: ValueType {
        scalar(
            "min or max and a measure", example: "min expected-delay",
            text: { "\($0.order.rawValue) \($0.measure.rawValue)" },
            parse: { (written) throws(Configuration.Refusal) in
                let words = written.split(separator: " ").map(String.init)
                guard words.count == 2, let order = SitePick.Order(rawValue: words[0]) else {
                    throw Configuration.Refusal(
                        "must be min or max and a measure, not \(Printable.quoted(written))",
                        hint: "write it as min expected-delay")
                }
                return SitePick(order, try SiteMeasure.named(words[1]))
            })
    }
}

extension ValueType where Value == SiteCondition {
    /// `expected-delay <= 90s`, `idle-share >= 10%`, `idle > 0`.
    static var siteCondition: ValueType {
        scalar(
            "a measure, a relation and a bound", example: "idle >= 1", text: { $0.planText },
            parse: { (written) throws(Configuration.Refusal) in
                let words = written.split(separator: " ").map(String.init)
                guard words.count == 3, let relation = SiteCondition.Relation(rawValue: words[1]) else {
                    throw Configuration.Refusal(
                        "must be a measure, one of <= >= < > and a bound, not \(Printable.quoted(written))",
                        hint: "write it as expected-delay <= 90s")
                }
                let measure = try SiteMeasure.named(words[0])
                return SiteCondition(measure, relation, try measure.bound(words[2]))
            })
    }
}

extension SiteMeasure {
    fileprivate static func named(_ word: String) throws(Configuration.Refusal) -> SiteMeasure {
        if let measure = SiteMeasure(rawValue: word) { return measure }
        let names = allCases.map(\.rawValue)
        throw Configuration.Refusal(
            "names no measure: \(Printable.quoted(word))",
            hint: NearestName.question(word, among: names) ?? "measures are \(names.joined(separator: ", "))")
    }

    /// Counts are whole numbers, times have a unit, shares are percent with at most two decimals.
    fileprivate func bound(_ text: String) throws(Configuration.Refusal) -> Int64 {
        switch unit {
        case .count:
            if let count = Int64(text), abs(count) <= 1_000_000_000 { return count }
            throw Configuration.Refusal("must compare \(rawValue) with a whole number, not \(Printable.quoted(text))")
        case .milliseconds:
            for (suffix, factor) in [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)] as [(String, Int64)]
            where text.hasSuffix(suffix) {
                if let count = Int64(text.dropLast(suffix.count)), (0...86_400_000).contains(count) {
                    return count * factor
                }
            }
            throw Configuration.Refusal(
                "must compare \(rawValue) with a time, not \(Printable.quoted(text))",
                hint: "write it as 500ms, 90s or 2m")
        case .millionths:
            let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if text.hasSuffix("%"), (1...2).contains(parts.count), let whole = Int64(parts[0]), abs(whole) <= 100_000 {
                let part = parts.count == 2 ? parts[1] : "00"
                let padded = part.count == 1 ? part + "0" : part
                if padded.count == 2, let hundredths = Int64(padded), (0...99).contains(hundredths) {
                    return whole * 10_000 + (text.hasPrefix("-") ? -1 : 1) * hundredths * 100
                }
            }
            throw Configuration.Refusal(
                "must compare \(rawValue) with a percentage, not \(Printable.quoted(text))", hint: "write it as 12.5%")
        }
    }
}
