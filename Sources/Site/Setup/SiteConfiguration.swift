package import Configuration

/// Everything `interflow.yaml` may say about a site.
package struct SiteConfiguration: ConfigurationSection {
    static let site = Key(
        "site", .name, example: "berlin",
        "The site's name. It is part of every interaction's number, so never change it.")
    static let listen = Key(
        "listen", .list(of: .listenAddress, count: 1...16), default: [ListenAddress("127.0.0.1:8080")!],
        "Where the API, the webhooks and the agents' sockets are served.")
    static let tls = Key(optional: "tls", .section(TLSSection.self), "Serves HTTPS instead of HTTP.")
    static let publicURL = Key(
        optional: "publicURL", .url(),
        "Where providers reach this site. Signatures are made over it, so it must be exact.")
    static let data = Key(
        "data", .filePath, example: nil, "The folder of the journal and of the site's own key; made if it is not there."
    )
    static let origins = Key(
        "origins", .list(of: .string(bytes: 1...200), count: 0...50), default: [],
        "Web origins whose pages may open an agent's socket, such as https://desk.example.com.")
    static let identities = Key(
        "identities", .named(.section(IdentitySection.self)), default: [], "Who may do what, by name.")
    static let channels = Key(
        "channels", .named(.section(chosenBy: "adapter"), count: 0...256), default: [],
        "Accounts with providers, by a name of your choosing; `adapter` says which channel speaks with them.")
    static let peers = Key(
        "peers", .named(.section(PeerSection.self), count: 0...ManagedPeers.countMax), default: [],
        "Other sites of the network, by their names; interflow peer add keeps more of them in the data folder.")
    static let peerURLs = Key(
        "peerURLs", .list(of: .url(), count: 0...16), default: [],
        "Further URLs under which peers reach this site, beside publicURL and listen; what is signed for another is refused."
    )
    static let limits = Key("limits", .section(LimitsSection.self), "Bounds of the server.")

    /// Every key that is no routing rule.
    static let ownKeys: KeyList = [
        site, listen, tls, publicURL, data, origins, identities, channels, peers, peerURLs, limits,
    ]
    /// Those of `ownKeys` that a running site takes when it is told to read its file again; the others need a restart.
    static let reloadedKeys: KeyList = [peers]
    package static let keys: KeyList =
        [site, listen, tls, publicURL, data, origins, identities] + PlanConfiguration.keys + [
            channels, peers, peerURLs, limits,
        ]

    package let site: String
    package let listen: [ListenAddress]
    package let tls: TLSSection?
    package let publicURL: WebAddress?
    package let data: FilePath
    package let origins: [String]
    package let identities: [Named<IdentitySection>]
    /// The routing rules the file holds.
    package let rules: PlanConfiguration
    package let channels: [Named<ChosenSection>]
    package let peers: [Named<PeerSection>]
    package let peerURLs: [WebAddress]
    package let limits: LimitsSection

    package init(reading section: SectionReader) {
        site = section[Self.site]
        listen = section[Self.listen]
        tls = section[Self.tls]
        publicURL = section[Self.publicURL]
        data = section[Self.data]
        origins = section[Self.origins]
        identities = section[Self.identities]
        rules = PlanConfiguration(reading: section)
        channels = section[Self.channels]
        peers = section[Self.peers]
        peerURLs = section[Self.peerURLs]
        limits = section[Self.limits]
    }

    // MARK: Cross references

    package static func check(_ section: inout SectionReader) {
        PlanConfiguration.check(&section)
        let names =
            (section.ifSound(identities) ?? []).map { ($0.name, $0.place) }
            + (section.ifSound(channels) ?? []).map { ($0.name, $0.place) }
            + (section.ifSound(peers) ?? []).map { ($0.name, $0.place) }
        for (name, place) in names where !PlanName.isValid(name) {
            section.complain(at: place, "is no name", hint: PlanName.rule)
        }
        checkIdentities(&section)
    }

    private static func checkIdentities(_ section: inout SectionReader) {
        guard let agents = section.ifSound(PlanConfiguration.agents)?.map(\.name),
            let identities = section.ifSound(identities)
        else { return }
        checkSwitches(identities, &section)
        let known = Set(agents)  // Looked up only.
        for identity in identities where identity.value.role == .agent && !known.contains(identity.name) {
            section.complain(
                at: identity.place, "is the identity of an agent that agents does not list",
                hint: NearestName.question(identity.name, among: agents))
        }
        checkTokens(identities, &section)
    }

    /// A switch that may ask has a client that says its default, and the other way round.
    private static func checkSwitches(_ identities: [Named<IdentitySection>], _ section: inout SectionReader) {
        guard let clients = section.ifSound(PlanConfiguration.routing)?.clients else { return }
        for identity in identities where identity.value.role == .switch && clients.named(identity.name) == nil {
            section.complain(
                at: identity.place, "is a switch without a default: routing.clients does not list it",
                hint: NearestName.question(identity.name, among: clients.map(\.name))
                    ?? "say under routing.clients where its calls go when nothing better is known")
        }
        for client in clients where identities.named(client.name)?.role != .switch {
            section.complain(
                at: client.place, "is no identity with the role switch: nobody could ask in its name",
                hint: "make it one, or drop it")
        }
    }

    private static func checkTokens(_ identities: [Named<IdentitySection>], _ section: inout SectionReader) {
        var seen: Set<TokenHash> = []  // Looked up only.
        for identity in identities where !seen.insert(identity.value.tokenHash).inserted {
            section.complain(at: identity.place, "has the same token as another identity", hint: "make each its own")
        }
    }
}
