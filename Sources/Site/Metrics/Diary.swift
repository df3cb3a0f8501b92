import Glibc

/// The process's own log: JSON lines on standard error for whoever runs the site. Not the routing log.
///
/// Holds no addresses, no content, no secrets: texts are written by us, names come from the configuration.
package struct Diary: Sendable {
    package enum Level: String, Sendable {
        case info, warning, alarm
    }

    private let site: String
    private let write: @Sendable (String) -> Void

    package init(site: String, write: @escaping @Sendable (String) -> Void = Diary.standardError) {
        self.site = site
        self.write = write
    }

    package func note(_ text: String) { line(.info, text) }
    package func warn(_ text: String) { line(.warning, text) }
    /// Somebody must act.
    package func alarm(_ text: String) { line(.alarm, text) }

    private func line(_ level: Level, _ text: String) {
        write(
            #"{"at":"\#(WallTime.now.rfc3339)","level":"\#(level.rawValue)","site":"\#(site)","text":"\#(Self.escape(text))"}"#
        )
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case _ where scalar.value < 0x20: escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    package static let standardError: @Sendable (String) -> Void = { line in
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
