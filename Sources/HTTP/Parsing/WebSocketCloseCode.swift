/// Close codes of RFC 6455 §7.4.
package enum WebSocketCloseCode {
    package static let normal: UInt16 = 1000
    /// The server is draining, or the page is left.
    package static let goingAway: UInt16 = 1001
    package static let protocolError: UInt16 = 1002
    package static let unsupportedData: UInt16 = 1003
    /// Never sent: the peer closed without a code.
    package static let absent: UInt16 = 1005
    /// Never sent: the connection broke without a close.
    package static let abnormal: UInt16 = 1006
    package static let notText: UInt16 = 1007
    package static let policyViolation: UInt16 = 1008
    package static let messageTooBig: UInt16 = 1009
    package static let internalError: UInt16 = 1011
    package static let tryAgainLater: UInt16 = 1013

    /// Whether a peer may send this code: a registered one or one of the private ranges.
    package static func mayBeReceived(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
