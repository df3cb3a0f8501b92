import Configuration
import Glibc
import InteractionModel
import Journal
import Site

/// One site whose journal is read: its name, and where the journal lies.
struct ProvenSite: Equatable {
    var name: SiteName
    var folder: String

    /// The sites that the words of the command line name, in their order.
    static func all(_ words: [String]) throws -> [ProvenSite] {
        let sites = try words.flatMap(sites)
        guard !sites.isEmpty else { throw CommandFailure(.usage, "prove needs JOURNAL: the sites' folders") }
        for (index, site) in sites.enumerated() where sites[..<index].contains(where: { $0.name == site.name }) {
            throw CommandFailure(.usage, "two journals are \(site.name)'s; give each site's journal once")
        }
        return sites
    }

    private static func sites(_ word: String) throws -> [ProvenSite] {
        if let equals = word.firstIndex(of: "=") {
            let name = String(word[..<equals])
            guard SiteName.isValid(name) else {
                throw CommandFailure(.usage, "\(TerminalText.safe(name)) is no site's name; write NAME=FOLDER")
            }
            return [
                try ProvenSite(name: SiteName(name), folder: journal(in: String(word[word.index(after: equals)...])))
            ]
        }
        if isFile(word) { return [try configured(word)] }
        if isThere("\(word)/interflow.yaml") { return [try configured("\(word)/interflow.yaml")] }
        if isThere("\(word)/\(SQLiteJournal.fileName)") {
            guard isThere("\(word)/../interflow.yaml") else {
                throw CommandFailure(
                    .usage, "whose journal is in \(TerminalText.safe(word))? Write NAME=\(TerminalText.safe(word))")
            }
            let name = try configured("\(word)/../interflow.yaml").name
            return [try ProvenSite(name: name, folder: journal(in: word))]
        }
        let below = folders(in: word).filter { isThere("\(word)/\($0)/interflow.yaml") }
        guard !below.isEmpty else {
            throw CommandFailure(
                .noInput,
                "there is no site and no journal in \(TerminalText.safe(word))\nName a site's folder, its configuration, or NAME=FOLDER."
            )
        }
        return try below.map { try configured("\(word)/\($0)/interflow.yaml") }
    }

    private static func configured(_ path: String) throws -> ProvenSite {
        do {
            let loaded = try ConfigurationFile.load(
                SiteConfiguration.self, from: path, catalog: ChannelCatalog.sections, files: .assumed)
            return try ProvenSite(
                name: SiteName(loaded.root.site), folder: journal(in: loaded.root.data.resolved))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.configuration, "the configuration \(TerminalText.safe(path)) is wrong\n\(error)")
        }
    }

    private static func journal(in folder: String) throws -> String {
        guard isThere("\(folder)/\(SQLiteJournal.fileName)") else {
            throw CommandFailure(.noInput, "there is no journal in \(TerminalText.safe(folder))")
        }
        return folder
    }

    private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func folders(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
