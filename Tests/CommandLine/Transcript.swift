import Foundation

/// What a process has written so far, gathered by a thread of its own, and a way to wait for words in it.
final class Transcript: @unchecked Sendable {  // `bytes` and `hasEnded` are behind `condition`.
    private var bytes: [UInt8] = []
    private var hasEnded = false
    private let condition = NSCondition()

    init(reading descriptor: Int32) {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                condition.lock()
                if count > 0 { bytes += buffer.prefix(count) } else { hasEnded = true }
                condition.broadcast()
                condition.unlock()
                if count <= 0 { return }
            }
        }
    }

    var text: String { condition.withLock { String(decoding: bytes, as: UTF8.self) } }

    struct NeverCame: Error, CustomStringConvertible {
        let description: String
    }

    /// Returns once `words` have been written `count` times.
    func wait(for words: String, count: Int = 1, seconds: TimeInterval = 20) throws {
        let due = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while String(decoding: bytes, as: UTF8.self).occurrences(of: words) < count {
            guard !hasEnded, condition.wait(until: due) else {
                throw NeverCame(description: "“\(words)” never came in:\n\(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }
}

extension String {
    func occurrences(of words: String) -> Int { components(separatedBy: words).count - 1 }
}
