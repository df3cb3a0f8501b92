import ChannelKit
import Foundation
import HTTP
package import JSON

/// One recorded request and everything that must come of it: a folder with `request.http` and `expected.json`.
///
/// A header field whose value is `{signed}` is signed by the driver when the folder is read; any other value stands as
/// it was captured.
package struct Fixture: Sendable, CustomStringConvertible {
    package let name: String
    package let request: RecordedRequest
    package let expected: JSONValue

    package var description: String { name }

    /// All fixtures of a channel, by name. A folder that cannot be read stops the tests: it must not be passed over.
    package static func all(of driver: some ChannelDriver) -> [Fixture] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: driver.fixtures)) ?? []
        return names.filter { !$0.contains(".") }.sorted().map { name in
            guard let request = read("\(driver.fixtures)/\(name)/request.http").flatMap(RecordedRequest.init(file:)),
                let expected = read("\(driver.fixtures)/\(name)/expected.json"),
                let value = try? JSONValue.parse(Array(expected.utf8))
            else { preconditionFailure("\(name) needs a request.http and an expected.json that can be read.") }
            let isSigned = !request.headers.contains { $0.value == "{signed}" }
            return Fixture(
                name: name, request: isSigned ? request : driver.sign(request, with: .current), expected: value)
        }
    }

    /// Whether the request is genuine and something was handed to the site.
    package var isKept: Bool { expected["event"] != nil || expected["report"] != nil }

    private static func read(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}
