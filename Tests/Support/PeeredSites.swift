package import Configuration
import Glibc
import HTTP
package import JSON
import SMS
import Site

/// Real sites on this machine that know each other, each in a folder of its own.
package final class PeeredSites: Sendable {
    /// In the order of their names.
    package let sites: [RunningSite]

    /// Starts them, waits until they take work, and makes each known to every other.
    /// - Parameter options: changed for each site by its name, which it has already.
    package init(
        _ names: [String], binary: String, configure: (String, inout SiteFolder.Options) -> Void = { _, _ in }
    ) throws {
        sites = try names.map { name in
            var options = SiteFolder.Options()
            options.site = name
            configure(name, &options)
            return try RunningSite(try SiteFolder(name, options: options), binary: binary)
        }
        for site in sites { try site.waitUntilReady() }
        for (name, site) in zip(names, sites) {
            for (other, peer) in zip(names, sites) where other != name {
                try Self.introduce(other, at: peer.folder, to: site.folder)
            }
            try Self.reload(site.folder)
        }
    }

    package subscript(_ index: Int) -> RunningSite { sites[index] }

    /// Writes a peer into a site's file of managed peers, as `interflow peer add` does.
    package static func introduce(_ name: String, at peer: SiteFolder, to folder: SiteFolder, url: String? = nil) throws
    {
        let configuration = try ConfigurationFile.load(
            SiteConfiguration.self, from: folder.configurationPath, catalog: SiteFolder.catalog, files: .assumed
        ).root
        guard let own = try PeerKeys.read(folder: folder.dataPath),
            let keys = try PeerKeys.read(folder: peer.dataPath)
        else { throw Failure("a site has no key yet; it must have been started once") }
        let entry = ManagedPeers.Entry(name: name, url: url ?? peer.url, keys: keys.publicKeys, tlsPins: [])
        try ManagedPeers.add(entry, folder: folder.dataPath, beside: configuration, own: own)
    }

    /// Lets a running site read its peers again.
    package static func reload(_ folder: SiteFolder) throws {
        let answer = try Caller(folder).call("POST", "/v1/peers/reload", as: "root", body: [])
        guard answer.status == 200 else { throw Failure("the peers were refused: \(answer.text)") }
    }

    /// What one site hears from another, as `interflow peer ping` tells it.
    package func ping(from site: Int, to name: String) throws -> JSONValue {
        try Caller(sites[site].folder).call("POST", "/v1/peers/\(name)/ping", as: "root", body: []).json ?? .null
    }
}

extension SiteFolder {
    /// The channels that the folder's configuration names.
    package static let catalog = SectionCatalog([.init("sms", SMSConfiguration.self)])
}
