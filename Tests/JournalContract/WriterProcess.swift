import Foundation

/// A `JournalWriter` process, and the lines it has printed.
final class WriterProcess {
    private let process = Process()
    private let output = Pipe()
    private var buffered = Data()

    init(_ arguments: String...) throws {
        process.executableURL = Self.executable
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var identifier: Int32 { process.processIdentifier }

    /// Waits for the next whole line; nil when the process has ended.
    func line() -> String? {
        while true {
            if let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffered[..<end], as: UTF8.self)
                buffered = Data(buffered[buffered.index(after: end)...])
                return line
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            buffered.append(more)
        }
    }

    /// The lines up to the process's end.
    func remainingLines() -> [String] {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        process.waitUntilExit()
        return lines
    }

    func killNow() { kill(process.processIdentifier, SIGKILL) }

    /// Beside the test bundle, where the build puts every executable.
    private static var executable: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("JournalWriter")
    }
}
