extension Loop {
    /// A deadline passed: what each phase does about it.
    func expire(_ connection: Connection) {
        if connection.stallDeadline <= clock.now {
            setting.counters.refuse(.readerTooSlow)
            return close(connection, .readerTooSlow)
        }
        switch connection.phase {
        case .handshaking:
            setting.counters.refuse(.tlsHandshake)
            close(connection, .clientLeft)
        case .reading: expireReading(connection)
        case .answering: refuse(connection, Self.unanswered)
        case .streaming: beat(connection)
        case .webSocket: expireWebSocket(connection)
        case .lingering: close(connection, .clientLeft)
        }
    }

    private func expireReading(_ connection: Connection) {
        if connection.parser.isInBody {
            refuse(connection, Self.bodyTooSlow)
        } else if !connection.parser.isIdle {
            refuse(connection, Self.headTooSlow)
        } else if drain != nil, connection.hasMoreInput() {
            connection.canRead = true
            putOff(connection)
        } else {
            if connection.headHasBegun { setting.counters.refuse(.headTooSlow) }
            close(connection, .clientLeft)
        }
    }

    private static let unanswered = Refusal(
        503, .unanswered, "No answer was ready in time; try again. The request may have been carried out.")
    private static let headTooSlow = Refusal(
        408, .headTooSlow, "The request's head did not arrive in time; send it at once.")
    private static let bodyTooSlow = Refusal(
        408, .bodyTooSlow, "The request's body arrived too slowly; send it faster or send less.")
}
