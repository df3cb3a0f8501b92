import Foundation
import HTTP
import Journal
import Support
import Testing

@Suite("Shutting down")
struct DrainTests {
    private struct Tally: Sendable {
        var acknowledged: [String] = []
        var refused: [String] = []
        var unanswered: [String] = []
    }

    @Test("SIGTERM under load answers every request that was sent, keeps what was acknowledged, and ends in time")
    func drain() throws {
        let site = try TestSite()
        let tally = Monitor(Tally())
        let isOver = Monitor(false)
        let clients = (0..<12).map { client -> @Sendable () -> Void in
            { [caller = site.caller] in
                var number = 0
                while !isOver.with({ $0 }) {
                    number += 1
                    let key = "drain-\(client)-\(number)"
                    let request = caller.contact(key: key, from: "+49\(client)\(number)", text: key)
                    do throws(ClientFailure) {
                        let answer = try caller.perform(request)
                        tally.with {
                            if answer.status == 202 { $0.acknowledged.append(key) } else { $0.refused.append(key) }
                        }
                    } catch  where error.delivery == .notSent {
                        return  // Turned away before a byte of the request left.
                    } catch {
                        tally.with { $0.unanswered.append("\(key): \(error.reason) \(error.cause)") }
                    }
                }
            }
        }
        let clock = ContinuousClock()
        let began = Monitor<ContinuousClock.Instant?>(nil)
        let ending = Monitor<ChildProcess.Ending?>(nil)
        let stopper: @Sendable () -> Void = { [process = site.process] in
            _ = tally.wait(.seconds(10)) { $0.acknowledged.count > 500 ? true : nil }
            let start = clock.now
            ending.with { $0 = process.terminate() }
            began.with { $0 = start }
            isOver.with { $0 = true }
        }
        Threads.all(clients + [stopper])
        let start = try #require(began.with { $0 })
        #expect(ending.with { $0 } == .exited(0))
        #expect(clock.now - start < .seconds(30))
        let seen = tally.with { $0 }
        #expect(seen.unanswered == [])
        let stored = Set(try site.folder.entries().compactMap(\.key))
        #expect(seen.acknowledged.filter { !stored.contains("api/shop/\($0)") } == [])
        #expect(seen.refused.filter { stored.contains("api/shop/\($0)") } == [])
        #expect(seen.acknowledged.count > 500)
    }
}
