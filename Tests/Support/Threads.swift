import Glibc

/// Threads of their own for tests that wait a lot: Swift's pool has too few.
package enum Threads {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    package static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(body))
        let result = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        precondition(result == 0, "The machine must have a thread left.")
        pthread_detach(thread)
    }

    /// Runs all side by side and returns when each has ended.
    package static func all(_ bodies: [@Sendable () -> Void]) {
        let left = Monitor(bodies.count)
        for body in bodies {
            start {
                body()
                left.with { $0 -= 1 }
            }
        }
        _ = left.wait(.seconds(86_400)) { $0 == 0 ? true : nil }
    }
}
