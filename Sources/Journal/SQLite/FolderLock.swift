import Glibc

/// The lock file beside the database: one process writes, a second one hears who that is.
final class FolderLock {
    private let descriptor: Int32

    /// Takes the lock, or throws `.held` naming the holder's process number.
    init(path: String) throws(JournalFailure) {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw JournalFailure(
                .fatal,
                "The lock file \(path) cannot be opened. Check that its folder exists and belongs to this user.",
                cause: String(cString: strerror(errno)))
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let cause = String(cString: strerror(errno))
            let holder = Self.holder(opened)
            Glibc.close(opened)
            throw JournalFailure(
                .held,
                "Another process (\(holder)) has the journal open: \(path) is locked. Stop it first, or give this "
                    + "process a folder of its own.", cause: cause)
        }
        descriptor = opened
        let number = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, number, number.count, 0)
    }

    deinit {
        // The file stays: removing it would let two processes lock two files of the same name.
        Glibc.close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.isEmpty ? "pid unknown" : "pid \(String(decoding: digits, as: UTF8.self))"
    }
}
