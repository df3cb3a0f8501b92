import Glibc

/// The terminal key by key, and as it was on every way out: on return, on a signal that ends the process, on a trap.
enum RawTerminal {
    // Written on the main thread before a handler can run, and read by the handler: a signal handler can reach nothing
    // but globals, and may take no lock.
    nonisolated(unsafe) private static var before = termios()
    nonisolated(unsafe) private static var isRaw = false

    /// Signals of a process that has a mistake of ours in it.
    private static let fatal = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    /// False when standard input is no terminal.
    static func enter() -> Bool {
        if !isRaw {
            guard tcgetattr(STDIN_FILENO, &before) == 0 else { return false }
            isRaw = true
            for signal in fatal { restoreOn(signal) }
        }
        return apply()
    }

    /// Again, after somebody else had the terminal.
    @discardableResult
    static func apply() -> Bool {
        guard isRaw else { return false }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        raw.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR)
        guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return false }
        Terminal.write(pasteOn)
        return true
    }

    static func leave() {
        guard isRaw else { return }
        isRaw = false
        Terminal.write(pasteOff)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before)
    }

    /// Columns and rows; 80 and 24 where nobody says.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// The handler calls only what POSIX lets a handler call, and then lets the signal do what it does.
    private static func restoreOn(_ signal: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            RawTerminal.restoreAtOnce()
            Glibc.signal(signal, SIG_DFL)
            raise(signal)
        }
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
        sigaction(signal, &action, nil)
    }

    private static func restoreAtOnce() {
        guard isRaw else { return }
        tcsetattr(STDIN_FILENO, TCSANOW, &before)
    }
}
