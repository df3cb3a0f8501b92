import Glibc
import Site

/// The file that holds a bearer token. One that others could read is refused: it is not a secret any more.
enum TokenFile {
    /// Bytes a token may have, its newline included.
    static let bytesMax = 512

    /// --token-file, else INTERFLOW_TOKEN_FILE, else `tokens/IDENTITY` beside the configuration.
    static func path(_ invocation: Invocation, identity: String) throws -> String {
        if let named = invocation["token-file"] ?? ConfigurationLookup.environment("INTERFLOW_TOKEN_FILE") {
            return named
        }
        return "\(ConfigurationLookup.folder(of: try ConfigurationLookup.path(invocation)))/tokens/\(identity)"
    }

    static func read(_ path: String) throws -> String {
        // Without blocking, because opening a named pipe would otherwise wait for somebody to write into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .noInput,
                "cannot open the token file \(TerminalText.safe(path)): \(String(cString: strerror(errno)))\n"
                    + "Make a token with interflow token, or name its file with --token-file.")
        }
        defer { close(descriptor) }
        try checkAccess(descriptor, path)
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let token = bytes.prefix(max(0, count)).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
        guard (1...bytesMax).contains(count), token.count == 1, token[0].allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw CommandFailure(.data, "\(TerminalText.safe(path)) must hold a token in one line and nothing else")
        }
        return String(decoding: token[0], as: UTF8.self)
    }

    /// Asked of the open file, so that none can be swapped in between.
    private static func checkAccess(_ descriptor: Int32, _ path: String) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure(.noInput, "\(TerminalText.safe(path)) is not a regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw CommandFailure(
                .noPermission,
                "others may read the token in \(TerminalText.safe(path)); run: chmod 600 \(TerminalText.safe(path))")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw CommandFailure(
                .noPermission, "\(TerminalText.safe(path)) belongs to another user; use your own token")
        }
    }
}
