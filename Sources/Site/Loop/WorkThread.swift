import Glibc

/// A thread of the site's own. It blocks the signals that the main thread waits for.
enum WorkThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(body))
        let result = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        precondition(result == 0, "The machine must have a thread left: \(String(cString: strerror(result)))")
        pthread_detach(thread)
    }
}
