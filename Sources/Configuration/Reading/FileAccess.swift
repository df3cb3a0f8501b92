import Glibc

/// The files that a configuration names, read once at start.
enum FileAccess {
    /// The bytes of a file of at most `max` bytes.
    static func bytes(_ path: String, max: Int) throws(Refusal) -> [UInt8] {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        _ = try regularFile(descriptor)
        return try contents(descriptor, max: max)
    }

    static func checkReadable(_ path: String) throws(Refusal) {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        _ = try regularFile(descriptor)
    }

    /// A secret without its last newline. Mode and owner are taken from the open file, so none can be swapped between.
    static func secretBytes(_ path: String) throws(Refusal) -> [UInt8] {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        let status = try regularFile(descriptor)
        let name = Printable.quoted(path, max: 4096)
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw Refusal("names a secret that others may use: \(name) has mode \(mode)", hint: "run chmod 600 on it")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw Refusal("names a secret of another user: \(name)", hint: "give it to user \(geteuid())")
        }
        var bytes = try contents(descriptor, max: ConfigurationLimits.secretBytesMax)
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }  // The same newline, as some editors write it.
        guard !bytes.isEmpty else { throw Refusal("names an empty secret: \(name)", hint: "write the secret into it") }
        return bytes
    }

    private static func opened(_ path: String) throws(Refusal) -> Int32 {
        // Without blocking, because opening a named pipe would otherwise wait for somebody to write into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Refusal("cannot be opened: \(Printable.quoted(path, max: 4096)): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func regularFile(_ descriptor: Int32) throws(Refusal) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal("is not a regular file")
        }
        return status
    }

    private static func contents(_ descriptor: Int32, max: Int) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Refusal("cannot be read: \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= max else { throw Refusal("is larger than \(max) bytes") }
        }
    }
}
