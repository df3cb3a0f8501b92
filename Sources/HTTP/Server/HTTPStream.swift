/// Why a stream ended.
package enum StreamEnd: Sendable, Hashable {
    /// `finish` was called, or the server drained.
    case finished
    case clientLeft
    /// More than `outputBytesMax` waited, or the reader stood still: it was cut.
    case readerTooSlow
    /// The request was no longer there to be answered, or a header field was not acceptable.
    case notBegun
}

/// What a loop needs to begin a stream.
struct StreamStart: Sendable {
    enum Kind: Sendable {
        case plain, events
    }

    let status: Int
    let headers: [HTTPField]
    let kind: Kind
    let gauge: OutputGauge
    let onClose: @Sendable (StreamEnd) -> Void
}

/// An answer that is written piece by piece, from any thread. Pieces keep their order.
package struct HTTPStream: Sendable {
    let mailbox: Mailbox
    let exchange: ExchangeID
    let gauge: OutputGauge

    /// Queues bytes; false when the stream has ended or its bound is reached, which ends it.
    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return !gauge.isClosed }
        return gauge.admit(bytes.count, or: exchange, mailbox) && post(.write(exchange, bytes))
    }

    /// Ends the answer properly: the client can tell it from one that broke off.
    package func finish() { mailbox.post(.finish(exchange)) }

    package var isClosed: Bool { gauge.isClosed }

    private func post(_ command: Command) -> Bool {
        mailbox.post(command)
        return true
    }
}

extension OutputGauge {
    /// Takes room for `count` bytes; when there is none, has the loop cut the connection.
    func admit(_ count: Int, or exchange: ExchangeID, _ mailbox: Mailbox) -> Bool {
        switch reserve(count) {
        case .granted: return true
        case .closed: return false
        case .overflow:
            mailbox.post(.cut(exchange))
            return false
        }
    }
}
