import Glibc

/// This same program run beside us, so that what is measured has a process, a memory and a processor time of its own.
final class ChildProcess {
    /// How long a child may take to end after it was asked to.
    static let endWithin = 15.0

    let identifier: pid_t
    private let output: Int32
    private var heard: [UInt8] = []
    private var hasEnded = false

    /// - Parameter arguments: without the program's own name. The child's standard error goes to `log`.
    init(_ arguments: [String], log: String = "/dev/null") throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Self.failure("make a pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var words: [UnsafeMutablePointer<CChar>?] = (["interflow"] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, environ)
        close(ends[1])
        output = ends[0]
        identifier = child
        guard code == 0 else { throw Self.failure("start a second interflow") }
    }

    deinit {
        end(SIGKILL)
        close(output)
    }

    /// The next line of its standard output; nil when it has ended.
    func line() -> String? {
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            if let end = heard.firstIndex(of: UInt8(ascii: "\n")) {
                defer { heard.removeFirst(end + 1) }
                return String(decoding: heard[..<end], as: UTF8.self)
            }
            let count = read(output, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            heard.append(contentsOf: part[..<count])
        }
    }

    /// Seconds of processor time used so far, all threads, kernel included.
    var processorSeconds: Double {
        var clock = clockid_t()
        var used = timespec()
        guard clock_getcpuclockid(identifier, &clock) == 0, clock_gettime(clock, &used) == 0 else { return 0 }
        return Double(used.tv_sec) + Double(used.tv_nsec) / 1e9
    }

    /// Bytes resident, shared libraries included.
    var residentBytes: Double {
        for line in Machine.read("/proc/\(identifier)/status").split(separator: "\n") where line.hasPrefix("VmRSS:") {
            return (Double(line.filter(\.isNumber)) ?? 0) * 1024
        }
        return 0
    }

    /// Waits until it has ended by itself. Returns whether it ended well, and the most bytes it ever had resident.
    func wait() -> (isWell: Bool, residentBytesMax: Double) {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
        hasEnded = true
        return (status == 0, Double(usage.ru_maxrss) * 1024)
    }

    /// Asks it to end with a signal and waits; kills it when that takes too long.
    func end(_ signal: Int32 = SIGTERM) {
        guard !hasEnded else { return }
        hasEnded = true
        kill(identifier, signal)
        let limit = Stopwatch.seconds + Self.endWithin
        var status: Int32 = 0
        while waitpid(identifier, &status, WNOHANG) == 0 {
            if Stopwatch.seconds > limit { kill(identifier, SIGKILL) }
            usleep(1000)
        }
    }

    private static func failure(_ what: String) -> CommandFailure {
        CommandFailure(.software, "cannot \(what): \(String(cString: strerror(errno)))")
    }
}
