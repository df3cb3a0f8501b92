import Glibc

/// Files of 32 secret bytes beside the journal, which nobody else may read.
enum KeyFile {
    static let byteCount = 32

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The bytes in the file at `path`; nil when there is no such file.
    static func read(_ path: String) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failure("cannot open", path) }
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("cannot look at", path) }
        guard status.st_mode & 0o077 == 0 else {
            throw Failure(description: "\(path) can be read by others; run: chmod 600 \(path)")
        }
        var key = [UInt8](repeating: 0, count: byteCount + 1)
        guard Glibc.read(descriptor, &key, key.count) == byteCount else {
            throw Failure(description: "\(path) must hold exactly \(byteCount) bytes; restore it from a backup")
        }
        return Array(key[..<byteCount])
    }

    /// New random bytes in a new file; one that is there already is a failure.
    static func make(_ path: String) throws(Failure) -> [UInt8] {
        let key = RandomBytes.make(byteCount)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot make", path) }
        defer { close(descriptor) }
        guard write(descriptor, key, key.count) == key.count, fsync(descriptor) == 0 else {
            throw failure("cannot write", path)
        }
        return key
    }

    private static func failure(_ what: String, _ path: String) -> Failure {
        Failure(description: "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}
