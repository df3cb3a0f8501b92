import Glibc

/// The site's own key, from which pseudonyms are made: a file of 32 bytes beside the journal, made with the journal.
package enum SiteKey {
    package static let fileName = "site.key"

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Reads the key in `folder`, or makes one where there is no journal yet.
    ///
    /// A journal without its key is refused: with a new key no conversation would be recognised and nobody's opt-out
    /// would count any more.
    package static func load(folder: String, journalExists: Bool) throws(Failure) -> [UInt8] {
        let path = "\(folder)/\(fileName)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failure("cannot open", path) }
            guard !journalExists else {
                throw Failure(
                    description: "\(path) is missing beside its journal; restore it from the backup of the same journal"
                )
            }
            return try make(path)
        }
        defer { close(descriptor) }
        try checkMode(descriptor, path)
        var key = [UInt8](repeating: 0, count: PartyPseudonyms.keyBytes + 1)
        let count = read(descriptor, &key, key.count)
        guard count == PartyPseudonyms.keyBytes else {
            throw Failure(
                description: "\(path) must hold exactly \(PartyPseudonyms.keyBytes) bytes; restore it from a backup")
        }
        return Array(key[..<count])
    }

    private static func checkMode(_ descriptor: Int32, _ path: String) throws(Failure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("cannot look at", path) }
        guard status.st_mode & 0o077 == 0 else {
            throw Failure(description: "\(path) can be read by others; run: chmod 600 \(path)")
        }
    }

    private static func make(_ path: String) throws(Failure) -> [UInt8] {
        let key = RandomBytes.make(PartyPseudonyms.keyBytes)
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
