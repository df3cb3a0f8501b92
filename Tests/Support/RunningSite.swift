import Glibc
import HTTP
import JSON
package import Journal

/// The real binary, serving a folder.
package final class RunningSite: Sendable {
    package let folder: SiteFolder
    package let process: ChildProcess

    /// - Parameters:
    ///   - binary: the interflow to run.
    ///   - prefix: a command that runs it, with its arguments.
    package init(
        _ folder: SiteFolder, binary: String, prefix: [String] = [], environment: [String: String] = [:]
    ) throws {
        self.folder = folder
        process = try ChildProcess(
            prefix + [binary, "serve", "--config", folder.configurationPath], environment: environment,
            output: "\(folder.path)/output")
    }

    /// Waits until it takes work.
    package func waitUntilReady(_ limit: Duration = .seconds(20)) throws {
        let caller = try Caller(folder)
        let isReady = eventually(within: limit) {
            !process.isRunning || (try? caller.call("GET", "/readyz"))?.status == 200
        }
        guard isReady, process.isRunning else {
            throw Failure("the site is not ready:\n\((try? Files.read(process.output)) ?? "")")
        }
    }

    /// Ends it politely. Nil when it did not end in time; it is killed then.
    @discardableResult
    package func terminate(within limit: Duration = .seconds(30)) -> ChildProcess.Ending? {
        process.signal(SIGTERM)
        let ending = process.wait(limit)
        if ending == nil { process.kill9() }
        return ending
    }

    deinit { process.kill9() }
}

extension SiteFolder {
    /// The journal, read beside whoever writes it.
    package func journal() throws -> SQLiteJournalReader { try SQLiteJournalReader(folder: dataPath) }

    /// All entries, without content.
    package func entries() throws -> [JournalEntry] {
        let reader = try journal()
        defer { reader.close() }
        var entries: [JournalEntry] = []
        while true {
            let page = try reader.entries(after: entries.last?.sequence ?? 0, limit: JournalLimits.readMax)
            guard !page.isEmpty else { return entries }
            entries += page
        }
    }

    package func remove() { Files.remove(path) }
}
