import ChannelKit
import Dispatch
import HTTP
import InteractionModel
import Threads

extension ChannelContract {
    func repetitionsAreOne() throws -> [String] {
        try kept.compactMap { fixture in
            let bench = try Bench(driver)
            let outcomes = Set((0..<100).map { _ in bench.deliver(fixture.request) })
            return outcomes.count == 1 ? nil : "\(fixture): \(outcomes.count) different outcomes"
        }
    }

    func crowdsAreAnswered() throws -> [String] {
        try kept.compactMap { fixture in
            let bench = try Bench(driver)
            let answers = Guarded<[HTTPResponse]>([])
            DispatchQueue.concurrentPerform(iterations: 50) { _ in
                bench.deliver(fixture.request, collecting: answers)
            }
            let given = answers.change { $0 }
            return given.count == 50 && Set(given).count == 1 ? nil : "\(fixture): \(given.count) answers"
        }
    }

    func floodsAreSentAway() throws -> [String] {
        try kept.compactMap { fixture in
            let bench = try Bench(driver)
            bench.services.change { $0.refusal = .init(.overloaded, retryAfter: Span(milliseconds: 6_001)) }
            let refused = bench.deliver(fixture.request)
            bench.services.change { $0.refusal = nil }
            let taken = bench.deliver(fixture.request)
            let isRefused =
                refused?.answers.map(\.status) == [503] && refused?.rejections == [.refused]
                && refused?.answers.first?.headers.contains(HTTPField("Retry-After", "7")) == true
            return isRefused && taken?.isAcknowledged == true ? nil : "\(fixture): \(String(describing: refused))"
        }
    }

    func stopIsSilence() throws -> [String] {
        try kept.compactMap { fixture in
            let bench = try Bench(driver)
            let answers = Guarded<[HTTPResponse]>([])
            let completions = Guarded<[Result<SentReceipt, DeliveryFailure>]>([])
            bench.services.change { $0.isHolding = true }
            bench.deliver(fixture.request, collecting: answers)
            bench.adapter.send(driver.message) { result in completions.change { $0.append(result) } }
            bench.adapter.stop()
            bench.adapter.stop()
            bench.services.release()
            let calls = answers.change { $0.count } + completions.change { $0.count }
            return calls == 0 ? nil : "\(fixture): \(calls) calls after stop"
        }
    }
}
