import Threads

/// Keeps an adapter's promise that nothing is called once `stop()` has returned.
///
/// Wrap each answer and completion with `guarding` where it comes in, and call `close()` in `stop()`.
package final class Gate: Sendable {
    private struct State {
        var isOpen = true
        /// Guarded functions that are running now.
        var inside = 0
    }

    private let state = Guarded(State())

    package init() {}

    /// The same function, but one that does nothing once the gate is closed.
    package func guarding<Value>(_ body: @escaping @Sendable (Value) -> Void) -> @Sendable (Value) -> Void {
        { [self] value in
            guard enter() else { return }
            body(value)
            state.change { $0.inside -= 1 }
        }
    }

    /// Lets nobody in any more, and returns when everyone inside has left. Repeating it is harmless.
    ///
    /// Never call it from within a guarded function: it would wait for itself.
    package func close() {
        state.change { $0.isOpen = false }
        state.wait { $0.inside == 0 ? () : nil }
    }

    private func enter() -> Bool {
        state.change { state in
            if state.isOpen { state.inside += 1 }
            return state.isOpen
        }
    }
}
