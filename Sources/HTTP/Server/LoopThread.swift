internal import Glibc

/// Starts and joins the threads that loops run on.
enum LoopThread {
    private final class Start {
        let setting: Loop.Setting

        init(_ setting: Loop.Setting) { self.setting = setting }
    }

    /// Begins a loop on a thread of its own, deaf to signals: they are for the thread that asked for them.
    static func start(_ setting: Loop.Setting) throws(ServerFailure) -> pthread_t {
        var thread = pthread_t()
        var everySignal = sigset_t()
        var before = sigset_t()
        sigfillset(&everySignal)
        pthread_sigmask(SIG_BLOCK, &everySignal, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let start = Unmanaged.passRetained(Start(setting))
        let result = pthread_create(&thread, nil, { LoopThread.run($0) }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw ServerFailure(.resources, "cannot start a thread: \(String(cString: strerror(result)))")
        }
        return thread
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        let cut = Loop(start.setting).run()
        return UnsafeMutableRawPointer(bitPattern: cut)
    }

    /// Waits for a loop's end; returns how many connections it cut.
    static func join(_ thread: pthread_t) -> Int {
        var result: UnsafeMutableRawPointer?
        pthread_join(thread, &result)
        return Int(bitPattern: result)
    }
}
