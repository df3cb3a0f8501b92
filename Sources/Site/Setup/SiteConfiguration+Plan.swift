import COpenSSL
import Configuration
import InteractionModel
import JSON
package import Routing

extension SiteConfiguration {
    /// The routing rules the file holds. The version is a digest of the rules themselves, so equal rules have equal
    /// versions whatever else the file says.
    package var plan: Plan {
        var plan = Plan(
            version: "", queues: queues.map { $0.value.plan(named: $0.name) }, entries: entries.map(\.plan),
            defaultQueue: QueueName(defaultQueue.value), agents: agents.map { $0.value.plan(named: $0.name) },
            timers: timers.plan)
        var writer = JSONWriter(reservingCapacity: 4096)
        plan.write(to: &writer)
        plan.version = "p-" + Self.digest(writer.bytes)
        return plan
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        return Hexadecimal.text(digest[..<6])
    }

    /// Channels that some agent takes, in order.
    package var channelNames: [String] {
        Set(agents.flatMap { agent in agent.value.capacity.filter { $0.value > 0 }.map(\.name) }).sorted()
    }
}
