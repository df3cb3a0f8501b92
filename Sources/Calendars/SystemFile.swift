import Glibc

/// Small files of the system and of the operator, read whole.
enum SystemFile {
    /// Nil when it cannot be read as a regular file; an error when it is larger than `bytesMax`.
    static func bytes(_ path: String, bytesMax: Int) throws(CalendarError) -> [UInt8]? {
        // Without blocking, because opening a named pipe would otherwise wait for somebody to write into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= bytesMax {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
        throw CalendarError(path, "is larger than \(bytesMax) bytes")
    }
}
