import CLinux
import Glibc
import Site

/// Joins desk, connection, keyboard and screen: one thread that waits for whichever has something.
struct AgentLoop {
    /// Bytes of a line that is not typed but fed; a longer one is cut there.
    private static let lineBytesMax = LineEditor.bytesMax
    /// How long a goodbye may take before the command ends without it.
    private static let farewellMilliseconds: Int64 = 2000

    private var desk: AgentDesk
    private let link: AgentLink
    private var screen: DeskScreen
    private let isTerminal: Bool
    private let signals: Int32
    private var keys = KeyReader()
    private var editor = LineEditor()
    private var fed: [UInt8] = []
    private var hasInputEnded = false
    private var backoff = Backoff()
    private var generator = SystemRandomNumberGenerator()
    private var ending: (code: ExitCode, text: String)?

    /// - Throws: when the machine has no descriptor to give.
    init(_ desk: AgentDesk, _ link: AgentLink, isTerminal: Bool) throws {
        self.desk = desk
        self.link = link
        self.isTerminal = isTerminal
        screen = DeskScreen(isTerminal: isTerminal, paint: .ofOutput)
        signals = try Self.signalDescriptor()
    }

    /// Signals arrive as something to read, so that none interrupts a line half drawn.
    private static func signalDescriptor() throws -> Int32 {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        let descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw CommandFailure(.software, "no descriptor for signals: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    /// Until the agent leaves or the site ends it for good.
    mutating func run() throws -> ExitCode {
        if isTerminal { _ = RawTerminal.enter() }
        defer { RawTerminal.leave() }
        try link.connect(last: nil)
        while ending == nil {
            draw()
            wait()
            try turn()
        }
        farewell()
        screen.draw(nil)
        RawTerminal.leave()
        if let ending { Terminal.complain(TerminalText.lines(ending.text)) }
        return ending?.code ?? .ok
    }

    // MARK: Waiting

    private func wait() {
        var watched = [
            pollfd(fd: link.mailbox.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: hasInputEnded ? -1 : STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        ]
        // A countdown is drawn each second, a little after the second has changed.
        poll(&watched, nfds_t(watched.count), desk.hasCountdown ? 250 : 60_000)
    }

    private mutating func turn() throws {
        for event in link.take() { take(event) }
        takeSignals()
        takeInput()
        perform(desk.passTime(Self.now))
        endWithoutInput()
        if case .lost(let againAt) = desk.connection, againAt <= Self.now, ending == nil {
            desk.connecting()
            try link.connect(last: desk.lastSequence)
        }
    }

    private mutating func take(_ event: AgentLink.Event) {
        switch event {
        case .text(let text):
            backoff.succeeded()
            perform(desk.take(SiteMessage(text), now: Self.now))
        case .ended(let end):
            // A site that never answered is a mistake in the address, more likely than one that will come back.
            let code = end.code ?? (desk.lastSequence == nil ? .unavailable : nil)
            if let code { return leave(code, desk.lastSequence == nil ? end.atFirst ?? end.text : end.text) }
            if desk.isLeaving { return leave(.ok, "left; \(end.text)") }
            let againAt = Self.now + backoff.next(using: &generator)
            perform(desk.lost(end.text, againAt: againAt, now: Self.now))
        }
    }

    private mutating func takeSignals() {
        var info = signalfd_siginfo()
        while read(signals, &info, MemoryLayout<signalfd_siginfo>.size) == MemoryLayout<signalfd_siginfo>.size {
            switch Int32(info.ssi_signo) {
            case SIGINT: perform(desk.perform(.out, now: Self.now))
            case SIGCONT, SIGWINCH:
                if isTerminal { RawTerminal.apply() }
                screen.refresh()
            default: leave(.ok, "left without signing out; the site keeps your seat for a while")
            }
        }
    }

    // MARK: Input

    private mutating func takeInput() {
        guard !hasInputEnded else { return }
        var watched = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 0) > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            hasInputEnded = true
            return endInput()
        }
        isTerminal ? type(bytes.prefix(count)) : feed(bytes.prefix(count))
    }

    private mutating func endInput() {
        if !fed.isEmpty { enter(String(decoding: fed, as: UTF8.self)) }
        if !desk.isLeaving { perform(desk.perform(.out, now: Self.now)) }
    }

    /// Nobody is left to decide what becomes of the contacts when the site would not let the agent go.
    private mutating func endWithoutInput() {
        guard hasInputEnded, desk.isLeaving, desk.requests.isEmpty, desk.lastSequence != nil else { return }
        leave(.failed, "not signed out: contacts are still yours; the site gives them to others after a while")
    }

    /// Keys of a terminal.
    private mutating func type(_ bytes: ArraySlice<UInt8>) {
        for key in keys.read(bytes) {
            switch key {
            case .interrupt: perform(desk.perform(.out, now: Self.now))
            case .endOfInput:
                if editor.isEmpty { perform(desk.perform(.out, now: Self.now)) }
            case .redraw:
                screen.clear()
            case .enter: enterTyped()
            case .character(let letter) where editor.isEmpty: answerOrType(letter)
            default: editor.take(key)
            }
        }
    }

    /// One key answers an offer, on an empty line and when it has been there to be seen.
    private mutating func answerOrType(_ letter: Character) {
        let canAnswer = desk.offerToAnswer(at: Self.now) != nil
        switch letter {
        case "a" where canAnswer: perform(desk.perform(.accept, now: Self.now))
        case "r" where canAnswer: perform(desk.perform(.reject(reason: nil), now: Self.now))
        default: editor.take(.character(letter))
        }
    }

    private mutating func enterTyped() {
        if editor.text.allSatisfy(\.isWhitespace) {
            if desk.offerToAnswer(at: Self.now) != nil { perform(desk.perform(.accept, now: Self.now)) }
            return
        }
        let line = editor.finish()
        // A line typed on a terminal is a command only with its slash: the keys are there for offers.
        let kept = perform(desk.perform(DeskCommand(line: line, isOffered: false), now: Self.now))
        if kept { editor.set(line) }
    }

    /// Lines of a script.
    private mutating func feed(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                let line = String(decoding: fed, as: UTF8.self)
                fed = []
                enter(line)
            } else if fed.count < Self.lineBytesMax {
                fed.append(byte)
            }
        }
    }

    private mutating func enter(_ line: String) {
        perform(desk.perform(DeskCommand(line: line, isOffered: desk.openOffer != nil), now: Self.now))
    }

    // MARK: Doing

    /// Whether the line typed stays where it is.
    @discardableResult
    private mutating func perform(_ effects: [DeskEffect]) -> Bool {
        var isKept = false
        for effect in effects {
            switch effect {
            case .show(let line): screen.show(line)
            case .send(let text): link.send(text)
            case .ring: screen.ring()
            case .keepLine: isKept = true
            case .leave(let code, let text): leave(code, text)
            }
        }
        return isKept
    }

    private mutating func leave(_ code: ExitCode, _ text: String) {
        if ending == nil { ending = (code, text) }
    }

    private mutating func draw() {
        guard isTerminal else { return screen.draw(nil) }
        let columns = RawTerminal.size.columns
        screen.draw(DeskView(desk, editor, now: Self.now, columns: columns), columns: columns)
    }

    /// Waits a moment for the site's side of the goodbye, so that what was sent has arrived.
    private func farewell() {
        link.close()
        let due = Self.now + Self.farewellMilliseconds
        while Self.now < due {
            var watched = pollfd(fd: link.mailbox.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&watched, 1, Int32(max(0, due - Self.now)))
            if link.take().contains(where: { if case .ended = $0 { true } else { false } }) { break }
        }
        link.drop()
    }

    private static var now: Int64 { WallTime.now.milliseconds }
}
