package import Configuration

/// The site's own file, read again while the site runs.
package struct PlanFile: Sendable {
    package let path: String
    let catalog: SectionCatalog
    /// As it was when the site started: what listens, who may do what, and everything else that only a restart changes.
    let started: Loaded<SiteConfiguration>

    package init(path: String, catalog: SectionCatalog, started: Loaded<SiteConfiguration>) {
        self.path = path
        self.catalog = catalog
        self.started = started
    }

    /// What it says now.
    func read() throws(ConfigurationError) -> PlanText {
        try read(try ConfigurationFile.bytes(of: path), called: path)
    }

    /// The peers it lists now.
    func peers() throws(ConfigurationError) -> [Named<PeerSection>] {
        // No secret that only a restart reads is opened.
        try ConfigurationFile.load(SiteConfiguration.self, from: path, catalog: catalog, files: .assumed).root.peers
    }

    /// Somebody else's text, read as if it lay beside the site's own file.
    func read(_ bytes: [UInt8], called name: String) throws(ConfigurationError) -> PlanText {
        try PlanText(
            bytes, file: name, folder: ConfigurationFile.folder(of: path), catalog: catalog, running: started)
    }
}
