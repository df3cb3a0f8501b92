import Glibc

/// What a figure means nothing without: the machine, and how busy others kept it.
enum Machine {
    /// Processor, cores, memory, kernel, and the load of the last minute.
    static var description: String {
        let model = line(of: "/proc/cpuinfo", beginning: "model name").map {
            $0.split(separator: " ").joined(separator: " ")
        }
        let memory = line(of: "/proc/meminfo", beginning: "MemTotal").flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        let kernel = read("/proc/sys/kernel/osrelease").prefix { $0 != "\n" }
        return
            "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) x \(model ?? "unknown"), \((memory + (1 << 19)) >> 20) GiB, Linux \(kernel), load \(load)"
    }

    static var load: String { String(read("/proc/loadavg").prefix { $0 != " " }) }

    private static func line(of path: String, beginning name: String) -> String? {
        for line in read(path).split(separator: "\n") where line.hasPrefix(name) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }

    /// A small file of the kernel's, whole; empty when it cannot be read.
    static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(descriptor, &part, part.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: part[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Monotonic time, for measuring.
enum Stopwatch {
    static var nanoseconds: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    static var seconds: Double { Double(nanoseconds) / 1e9 }
}
