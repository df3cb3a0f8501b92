import Calendars
package import Configuration
package import InteractionModel
package import Routing

/// A plan as somebody wrote it: alone, or in a site's whole file beside addresses and accounts.
package struct PlanText: Sendable {
    package let plan: Plan
    /// A digest of what was written (`PlanConfiguration.source`).
    package let source: String
    /// What is clear and probably not meant.
    package let warnings: [Warning]
    /// Keys of a whole file that say something else than the running site's: they need a restart. Empty for a plan alone.
    package let restartKeys: [String]

    package struct Warning: Sendable, Equatable {
        /// Stable, for machines.
        package let code: String
        package let complaint: Complaint
    }

    /// - Parameters:
    ///   - file: what complaints call it.
    ///   - folder: where relative paths start.
    ///   - moment: wall time, from whose year on calendars are made.
    ///   - running: what the site was started with; nil where no site runs.
    package init(
        _ bytes: [UInt8], file: String, folder: String, catalog: SectionCatalog, at moment: Timestamp = .wallNow,
        running: Loaded<SiteConfiguration>? = nil
    ) throws(ConfigurationError) {
        let tree = try ConfigurationFile.tree(of: bytes, file: file)
        let isWhole = Self.isWhole(tree)
        var restartKeys: [String] = []
        if isWhole {
            // No secret of a file that only lends its rules is opened.
            let whole = try ConfigurationFile.read(
                SiteConfiguration.self, tree: tree, folder: folder, catalog: catalog, files: .assumed)
            let taken = PlanConfiguration.keys.names + SiteConfiguration.reloadedKeys.names
            restartKeys = (running?.keysDiffering(from: whole) ?? []).filter { !taken.contains($0) }
        }
        let rules = isWhole ? tree.leavingOut(SiteConfiguration.ownKeys.names) : tree
        let read = try ConfigurationFile.read(PlanConfiguration.self, tree: rules, folder: folder).root
        do throws(CalendarError) {
            plan = try read.plan(at: moment)
        } catch {
            throw ConfigurationError([Complaint(at: tree.place(at: ["calendars"][...]), "\(error)")])
        }
        source = read.source
        warnings = plan.warnings(at: moment).map { warning in
            let place = tree.place(at: warning.path[...])
            return Warning(code: warning.code, complaint: Complaint(at: place, warning.reason, hint: warning.advice))
        }
        self.restartKeys = restartKeys
    }

    /// A whole file names its site; a plan alone has no key for it.
    private static func isWhole(_ tree: ConfigurationNode) -> Bool {
        SiteConfiguration.ownKeys.names.contains { tree.has($0) }
    }

    package static func load(_ path: String, catalog: SectionCatalog) throws(ConfigurationError) -> PlanText {
        try PlanText(
            try ConfigurationFile.bytes(of: path), file: path, folder: ConfigurationFile.folder(of: path),
            catalog: catalog)
    }
}

extension Timestamp {
    /// What the machine's wall clock shows, for those who read plans and have no site's clock.
    package static var wallNow: Timestamp {
        Timestamp(milliseconds: WallTime.now.milliseconds)
    }
}
