import InteractionModel
import Threads

/// The disk of the in-memory engine: it outlives the journal object, as a file outlives its process.
package final class MemoryStore: @unchecked Sendable {  // Every use of `stored` holds `lock`.
    /// All that is durable.
    struct Stored {
        var entries: [CheckedEntry] = []
        var purgedThrough: Int64 = 0
        var purgedChecksum: UInt64 = 0
        /// Looked up by key and never walked: a dictionary has no order. Keys are bytes: two strings that look alike
        /// are equal in Swift and different in a database.
        var keys: [[UInt8]: Int64] = [:]
        var contents: [Int64: StoredContent] = [:]
        var interactions: [Int64: InteractionRow] = [:]
        var entities: [EntityName: EntityRow] = [:]
        var epoch: Int64 = 0
        var appends = 0
        var faults: [Int: JournalFault] = [:]
        var failsMaintenance = false

        var lastSequence: Int64 { entries.last?.entry.sequence ?? purgedThrough }
        var lastChecksum: UInt64 { entries.last?.checksum ?? purgedChecksum }

        func entry(_ sequence: Int64) -> JournalEntry? {
            let index = index(after: sequence - 1)
            return index < entries.count && entries[index].entry.sequence == sequence ? entries[index].entry : nil
        }

        /// Where the first entry after `sequence` stands: numbers may leap.
        func index(after sequence: Int64) -> Int {
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if entries[middle].entry.sequence > sequence { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }

    struct StoredContent {
        let interaction: Int64
        let body: [UInt8]
        let checksum: UInt64
    }

    struct EntityName: Hashable {
        let kind: [UInt8]
        let id: [UInt8]
    }

    private let lock = Guarded()
    private var stored = Stored()

    package init() {}

    /// Makes the append that is `count` from now (1 is the next) fail, once.
    package func fail(append count: Int, with fault: JournalFault) {
        precondition(count >= 1, "the next append is number 1")
        use { $0.faults[$0.appends + count] = fault }
    }

    /// Makes maintenance fail as `.fatal`, as a checkpoint does on a broken disk after a commit that went well.
    package func failMaintenance() { use { $0.failsMaintenance = true } }

    func use<Result, Failure: Error>(_ body: (inout Stored) throws(Failure) -> Result) throws(Failure) -> Result {
        try lock.locked { () throws(Failure) -> Result in try body(&stored) }
    }
}
