import Foundation

/// The built program, run as a person or a script runs it.
final class Program {
    let process = Process()
    let output: Transcript
    private let input: FileHandle
    private let ends: [FileHandle]

    static var executable: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("interflow")
    }

    /// TIOCSPTLCK and TIOCGPTN (asm-generic/ioctls.h): the toolchain's Glibc module has neither them nor posix_openpt.
    private static let unlock: UInt = 0x4004_5431
    private static let numberOf: UInt = 0x8004_5430

    /// With pipes; standard error goes where standard output goes.
    init(_ arguments: [String], executable: URL = Program.executable, environment: [String: String] = [:]) throws {
        let (inward, outward) = (Pipe(), Pipe())
        input = inward.fileHandleForWriting
        ends = [outward.fileHandleForReading]
        output = Transcript(reading: outward.fileHandleForReading.fileDescriptor)
        process.standardInput = inward
        process.standardOutput = outward
        process.standardError = outward
        try start(arguments, executable, environment)
    }

    /// Under a pseudo-terminal of 100 columns and 30 rows.
    init(onTerminal arguments: [String], environment: [String: String] = [:]) throws {
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (number, unlocked): (Int32, Int32) = (0, 0)
        guard main >= 0, ioctl(main, Self.unlock, &unlocked) == 0, ioctl(main, Self.numberOf, &number) == 0 else {
            throw CocoaError(.fileReadUnknown)
        }
        let name = "/dev/pts/\(number)"
        let other = open(name, O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(other, UInt(TIOCSWINSZ), &size)
        let handle = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        input = FileHandle(fileDescriptor: main, closeOnDealloc: true)
        ends = [handle]
        output = Transcript(reading: main)
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = handle
        try start(arguments, Self.executable, environment)
    }

    private func start(_ arguments: [String], _ executable: URL, _ environment: [String: String]) throws {
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "NO_COLOR": "1", "TERM": "xterm"].merging(environment) { $1 }
        try process.run()
    }

    func type(_ text: String) { input.write(Data(text.utf8)) }

    func closeInput() { try? input.close() }

    /// The exit code, once it has ended.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// The terminal's settings, to see whether they were put back.
    var terminalIsCooked: Bool {
        var settings = termios()
        return tcgetattr(ends[0].fileDescriptor, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON | ECHO) != 0
    }

    deinit { if process.isRunning { process.terminate() } }

    /// Runs to the end: exit code, and everything it wrote.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (code: Int32, text: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "NO_COLOR": "1"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
