package import Glibc

/// A process of ours, with its standard output and error in one file.
package final class ChildProcess: Sendable {
    package let id: pid_t
    /// Where it writes.
    package let output: String
    private let ending = Monitor<Ending?>(nil)

    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case killed(by: Int32)
    }

    /// Starts it. What is already in `output` stays.
    /// - Parameter environment: added to our own.
    package init(_ words: [String], environment: [String: String] = [:], output: String) throws {
        self.output = output
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Whatever the starting thread blocks, the child shall hear its signals.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var child: pid_t = 0
        let code = Self.withCStrings(words) { words in
            Self.withCStrings(Self.environment(adding: environment)) { environment in
                posix_spawnp(&child, words[0]!, &actions, &attributes, words, environment)
            }
        }
        guard code == 0 else { throw Failure("cannot start \(words[0]): \(String(cString: strerror(code)))") }
        id = child
    }

    private static func environment(adding more: [String: String]) -> [String] {
        var lines: [String] = []
        var at = environ
        while let entry = at.pointee {
            let line = String(cString: entry)
            if let sign = line.firstIndex(of: "="), more[String(line[..<sign])] == nil { lines.append(line) }
            at += 1
        }
        return lines + more.map { "\($0)=\($1)" }.sorted()
    }

    /// `posix_spawn` wants arrays of C strings that end with nil.
    private static func withCStrings<Result>(
        _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var copies = words.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }

    package func signal(_ number: Int32) {
        ending.with { ending in
            // Once it has been waited for, the number may be another process's.
            if ending == nil { kill(id, number) }
        }
    }

    /// Kills it at once and returns when it is gone.
    package func kill9() {
        signal(SIGKILL)
        _ = wait(.seconds(10))
    }

    package var isRunning: Bool { poll() == nil }

    /// How it ended; nil when it still runs after `limit`.
    package func wait(_ limit: Duration) -> Ending? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        var pause: UInt32 = 200
        while true {
            if let ending = poll() { return ending }
            guard clock.now < end else { return nil }
            usleep(pause)
            pause = min(pause * 2, 5000)
        }
    }

    private func poll() -> Ending? {
        ending.with { ending in
            if let ending { return ending }
            var status: Int32 = 0
            guard waitpid(id, &status, WNOHANG) == id else { return nil }
            ending = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: status & 0x7F)
            return ending
        }
    }
}

/// What went wrong, for the person who reads the test's result.
package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
