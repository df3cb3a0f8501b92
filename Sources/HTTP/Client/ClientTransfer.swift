/// A hold on a transfer under way. Letting go of it changes nothing.
package struct ClientTransfer: Sendable {
    /// Nil where the transfer was refused before it began.
    let engine: ClientEngine?
    let id: UInt64

    /// Ends the transfer with `.cancelled`, unless it has ended already. Any thread; the completion is called on the client's.
    package func cancel() { engine?.post(.cancel, for: id) }

    /// Lets a stream that answered `.pause` go on.
    package func resume() { engine?.post(.resume, for: id) }
}
