import Foundation
import InteractionModel
import Journal

/// What the contract runs over. A new engine is a case here and a line in ``World``.
enum Engine: CaseIterable, Sendable {
    case memory
    case sqlite
}

/// One engine's storage, in which a journal can be opened, lost and opened again.
final class World {
    let engine: Engine
    let folder: String
    let store = MemoryStore()

    init(_ engine: Engine) {
        self.engine = engine
        folder = FileManager.default.temporaryDirectory.path + "/journal-\(UUID().uuidString)"
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open() throws -> any Journal {
        switch engine {
        case .memory: MemoryJournal(on: store)
        case .sqlite: try SQLiteJournal(folder: folder)
        }
    }

    /// A journal with a leader in epoch 1, whose marker is entry 1.
    func lead() throws -> (any Journal, Leadership) {
        let journal = try open()
        return (journal, try journal.takeLeadership(holder: "here", at: at(0)))
    }
}

func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

func text(_ json: String) -> [UInt8] { Array(json.utf8) }
