import Glibc

/// Where a command's words go. Nothing of a customer's goes here without `TerminalText.safe`.
enum Terminal {
    static func say(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// For people, beside the output.
    static func complain(_ text: String) { write("interflow: \(text)\n", to: STDERR_FILENO) }

    static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }
}
