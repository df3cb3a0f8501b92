/// One accepted transfer and whom to tell about it. Shared by the caller's side and the client's thread, so it is constant.
final class ClientJob: Sendable {
    let id: UInt64
    let request: ClientPreparedRequest
    /// On the monotonic clock, in milliseconds; nil for a stream without end.
    let due: Int64?
    let onBytes: (@Sendable ([UInt8]) -> ClientStreamDemand)?
    let completion: @Sendable (Result<ClientResponse, ClientFailure>) -> Void

    init(
        id: UInt64, request: ClientPreparedRequest, onBytes: (@Sendable ([UInt8]) -> ClientStreamDemand)?,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        self.id = id
        self.request = request
        self.due = request.deadline.map { ClientClock.milliseconds() + $0 }
        self.onBytes = onBytes
        self.completion = completion
    }
}

/// What a stream's reader answers to each chunk.
package enum ClientStreamDemand: Sendable, Hashable {
    case more
    /// Nothing further until `ClientTransfer.resume()`: the far end is held back by TCP, at most one more chunk
    /// (16 KiB) and the kernel's socket buffer are kept meanwhile. The deadline keeps running, `silenceMax` does not.
    case pause
}
