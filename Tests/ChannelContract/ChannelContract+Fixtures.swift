import ChannelKit
import HTTP
import InteractionModel
import JSON
import Threads

extension ChannelContract {
    func everyFixtureComesTrue() throws -> [String] {
        try fixtures.compactMap { fixture in
            guard let outcome = try Bench(driver).deliver(fixture.request) else {
                return "\(fixture): no webhook takes the request"
            }
            guard outcome.json != fixture.expected || outcome.answers.count != 1 else { return nil }
            let shown = String(decoding: outcome.json.bytes, as: UTF8.self)
            return "\(fixture): \(outcome.answers.count) answers; expected.json should say \(shown)"
        }
    }

    func acknowledgementFollowsCommit() throws -> [String] {
        try kept.flatMap { fixture in
            let bench = try Bench(driver)
            bench.services.change { $0.isHolding = true }
            let answers = Guarded<[HTTPResponse]>([])
            bench.deliver(fixture.request, collecting: answers)
            let early = answers.change { $0 }
            bench.services.release()
            let late = answers.change { $0 }.map(\.status)
            return [
                early.isEmpty ? nil : "\(fixture): answered before the commit",
                late.count == 1 && (200...299).contains(late[0])
                    ? nil : "\(fixture): answered \(late) after the commit",
            ].compactMap { $0 }
        }
    }

    func badInputNamesItsField() throws -> [String] {
        let bad = fixtures.filter { [400, 403].contains($0.expected["status"]?.integerValue ?? 0) }
        if bad.isEmpty { return ["there is no fixture of a signed request that makes no sense"] }
        return try bad.compactMap { fixture in
            guard let outcome = try Bench(driver).deliver(fixture.request), let answer = outcome.answers.first,
                let expected = fixture.expected["answer"]?.stringValue, let colon = expected.firstIndex(of: ":")
            else { return "\(fixture): no answer, or none that begins with a field's name and a colon" }
            let detail = (try? JSONValue.parse(answer.body))?["detail"]?.stringValue ?? ""
            let isProblem = answer.headers.contains(HTTPField("Content-Type", "application/problem+json"))
            guard isProblem, detail.hasPrefix(expected[...colon]), outcome.isNothingKept, outcome.rejections.count == 1
            else {
                return "\(fixture): \(outcome.json)"
            }
            return nil
        }
    }

    func orderDoesNotMatter() throws -> [String] {
        let orders = [kept, kept.reversed(), kept.reversed() + kept, Array(kept.dropFirst()) + kept.prefix(1)]
        let straight = try kept.compactMap { try Bench(driver).deliver($0.request) }
        return try orders.enumerated().compactMap { number, order in
            let bench = try Bench(driver)
            bench.services.change { $0.isHolding = true }
            let answers = order.map { _ in Guarded<[HTTPResponse]>([]) }
            for (fixture, answer) in zip(order, answers) { bench.deliver(fixture.request, collecting: answer) }
            bench.services.release(reversed: true)
            let expected = order.map { fixture in
                kept.firstIndex { $0.name == fixture.name }.map { straight[$0].answers } ?? []
            }
            let sameAnswers = answers.map { $0.change { $0 } } == expected
            let sameEvents = Set(bench.services.current.events) == Set(straight.flatMap(\.events))
            let sameReports = Set(bench.services.current.reports) == Set(straight.flatMap(\.reports))
            return sameAnswers && sameEvents && sameReports ? nil : "order \(number) gives something else"
        }
    }
}
