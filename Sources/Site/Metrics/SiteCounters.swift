import ChannelKit
import InteractionModel
import Routing
import Threads

/// What the site has counted since it started. Labels come from closed sets or from the configuration.
final class SiteCounters: Sendable {
    struct Counts: Sendable {
        var facts: Int64 = 0
        var byType: [String: Int64] = [:]
        var commits: Int64 = 0
        var duplicates: [ChannelName: Int64] = [:]
        var rejections: [Rejection: Int64] = [:]
        var refusals: [String: Int64] = [:]
        var unauthorised: Int64 = 0
        var forbidden: Int64 = 0
    }

    private let counts = Guarded(Counts())

    var current: Counts { counts.with { $0 } }

    func committed(_ facts: [RecordedFact]) {
        counts.with {
            $0.commits += 1
            $0.facts += Int64(facts.count)
            for fact in facts { $0.byType[fact.fact.type, default: 0] += 1 }
        }
    }

    func duplicate(on channel: ChannelName) { counts.with { $0.duplicates[channel, default: 0] += 1 } }
    func rejected(_ rejection: Rejection) { counts.with { $0.rejections[rejection, default: 0] += 1 } }
    func refused(_ code: String) { counts.with { $0.refusals[code, default: 0] += 1 } }
    func unauthorised() { counts.with { $0.unauthorised += 1 } }
    func forbidden() { counts.with { $0.forbidden += 1 } }
}
