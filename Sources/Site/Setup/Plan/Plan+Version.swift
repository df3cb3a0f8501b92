import InteractionModel
import COpenSSL
import JSON
package import Routing

extension Plan {
    /// The plan with its version: a digest of the rules themselves, so that equal rules have equal versions whatever else
    /// their file says, and whoever made them active.
    package var versioned: Plan {
        var plan = self
        plan.version = ""
        plan.origin = nil
        var writer = JSONWriter(reservingCapacity: 4096)
        plan.write(to: &writer)
        plan.version = "p-" + Self.digest(writer.bytes)
        plan.origin = origin
        return plan
    }

    static func digest(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        return Hexadecimal.text(digest[..<6])
    }

    /// Channels that some agent takes, in order.
    package var channelNames: [String] {
        Set(agents.flatMap { agent in agent.capacity.filter { $0.contacts > 0 }.map(\.channel.rawValue) }).sorted()
    }
}
