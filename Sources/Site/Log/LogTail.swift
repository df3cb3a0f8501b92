import Glibc
import HTTP
import InteractionModel
import JSON
import Journal
import Threads

/// Sends the routing log to everyone who follows it, from its own thread and its own reader: a slow follower costs the
/// loop nothing, and waits at its own place.
final class LogTail: @unchecked Sendable {  // `followers` belongs to the tail's thread; the rest is behind `inbox`.
    /// Followers at once; one more is answered 503.
    static let followersMax = 64
    /// Entries read for one follower before the next one's turn.
    static let pageSize = 200
    /// A follower with more than this unread is given nothing more for a moment.
    static let bytesWaitingMax = 256 << 10

    private struct Follower {
        var stream: EventStream
        var filter: LogFilter
        var position: Int64
    }

    private struct Inbox {
        var newcomers: [Follower] = []
        var count = 0
        var mustStop = false
    }

    private let reader: any JournalReader
    private let inbox = Guarded(Inbox())
    private let bell = Bell()
    private var followers: [Follower] = []
    private var writer = JSONWriter(reservingCapacity: 4096)

    init(reader: any JournalReader) {
        self.reader = reader
    }

    /// There is something new to read. Wakes nobody when nobody follows: it is said after every commit.
    func wake() {
        if followerCount > 0 { bell.ring() }
    }

    /// Takes in a follower who has seen everything up to `sequence`. False when there are too many.
    func follow(after sequence: Int64, filter: LogFilter, stream: () -> EventStream) -> Bool {
        let hasRoom = inbox.with { inbox in
            guard inbox.count < Self.followersMax else { return false }
            inbox.count += 1
            return true
        }
        guard hasRoom else { return false }
        let follower = Follower(stream: stream(), filter: filter, position: sequence)
        inbox.with { $0.newcomers.append(follower) }
        bell.ring()
        return true
    }

    var followerCount: Int { inbox.with { $0.count } }

    func stop() {
        inbox.with { $0.mustStop = true }
        bell.ring()
    }

    /// Runs until `stop`. Sends as fast as each follower reads.
    func run() {
        var isBehind = false
        while true {
            bell.wait(milliseconds: isBehind ? 20 : 1000)
            let (newcomers, mustStop) = inbox.with { inbox in
                defer { inbox.newcomers = [] }
                return (inbox.newcomers, inbox.mustStop)
            }
            if mustStop { return followers.forEach { $0.stream.finish() } }
            followers += newcomers
            isBehind = turn()
        }
    }

    /// One page for each follower. Whether anyone has more to read.
    private func turn() -> Bool {
        var isBehind = false
        for index in followers.indices {
            while followers[index].stream.bytesWaiting < Self.bytesWaitingMax, page(&followers[index]) {}
            isBehind = isBehind || followers[index].stream.bytesWaiting >= Self.bytesWaitingMax
        }
        let before = followers.count
        followers.removeAll { $0.stream.isClosed }
        let gone = before - followers.count
        if gone > 0 { inbox.with { $0.count -= gone } }
        return isBehind
    }

    /// Sends the next page. False at the end of the journal, and for a follower who has gone.
    private func page(_ follower: inout Follower) -> Bool {
        guard !follower.stream.isClosed,
            let entries = try? reader.entries(after: follower.position, limit: Self.pageSize), let last = entries.last
        else { return false }
        for entry in entries where follower.filter.matches(entry, row: { try? reader.interaction($0) }) {
            writer.removeAll()
            LogEntry(entry).write(to: &writer)
            let text = String(decoding: writer.bytes, as: UTF8.self)
            guard follower.stream.send(id: String(entry.sequence), data: text) else { return false }
        }
        follower.position = last.sequence
        return true
    }
}

/// Wakes one waiting thread; rings that come before it waits are remembered as one.
struct Bell: Sendable {
    private let hasRung = Guarded(false)

    func ring() { hasRung.change { $0 = true } }

    func wait(milliseconds: Int64) {
        _ = hasRung.wait(milliseconds: milliseconds) { $0 ? () : nil }
        hasRung.with { $0 = false }
    }
}
