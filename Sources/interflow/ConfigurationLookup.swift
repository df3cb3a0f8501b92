import Configuration
import Glibc
import Site

/// Finds and reads the configuration a command works with.
enum ConfigurationLookup {
    /// The file named on the command line, else the first that is there.
    static func path(_ invocation: Invocation) throws -> String {
        if let named = invocation["config"] ?? environment("INTERFLOW_CONFIG") { return named }
        let home = environment("HOME").map { ["\($0)/.interflow/interflow.yaml"] } ?? []
        let places = ["interflow.yaml"] + home + ["/etc/interflow/interflow.yaml"]
        if let found = places.first(where: { access($0, F_OK) == 0 }) { return found }
        throw CommandFailure(
            .noInput, "there is no configuration at \(places.joined(separator: ", "))\nMake one with: interflow init")
    }

    /// - Parameter files: `.assumed` for commands that need no secret of the site, and may run as another user.
    static func load(
        _ invocation: Invocation, files: Reading.Files = .opened
    ) throws -> (path: String, loaded: Loaded<SiteConfiguration>) {
        let path = try path(invocation)
        do {
            return (
                path,
                try ConfigurationFile.load(
                    SiteConfiguration.self, from: path, catalog: ChannelCatalog.sections, files: files)
            )
        } catch {
            throw CommandFailure(.configuration, "the configuration is wrong\n\(error)")
        }
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
