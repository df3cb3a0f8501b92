import Glibc

/// Bytes that must not be printed, compared by accident or left in memory: a token, a key, a password.
///
/// It is not `Equatable`: an ordinary comparison tells an attacker by its duration how much was right. Compare inside
/// `withBytes` with a function that takes constant time.
package struct Secret: Sendable {
    private let storage: Storage

    /// Copies `bytes`; the caller's copy is the caller's to forget.
    package init(_ bytes: some Sequence<UInt8>) {
        storage = Storage(Array(bytes))
    }

    /// Lends the bytes for the length of the call. They must not be kept: a pointer, because its takers are C functions.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(storage.buffer))
    }

    /// Owns the only lasting copy and wipes it. `Sendable` unchecked: nothing writes between init and deinit.
    private final class Storage: @unchecked Sendable {
        let buffer: UnsafeMutableBufferPointer<UInt8>

        init(_ bytes: [UInt8]) {
            buffer = .allocate(capacity: bytes.count)
            _ = buffer.initialize(from: bytes)
        }

        deinit {
            if let base = buffer.baseAddress { explicit_bzero(base, buffer.count) }
            buffer.deallocate()
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
    /// Without children, so that `dump` shows nothing either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
