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
    static let skills = Key(
        "skills", .list(of: .name, count: 0...4096), default: [], "Every skill that queues and agents may name.")
    static let queues = Key("queues", .named(.section(QueueSection.self), count: 1...4096), "The queues, by name.")
    static let defaultQueue = Key("defaultQueue", .located(.name), "Where a contact waits that no entry matches.")
    static let entries = Key(
        "entries", .list(of: .section(EntrySection.self), count: 0...10_000), default: [],
        "Which contacts enter which queue; the first that matches wins.")
    static let agents = Key(
        "agents", .named(.section(AgentSection.self), count: 0...100_000), default: [], "The agents, by name.")
    static let timers = Key("timers", .section(TimersSection.self), "The site's own deadlines.")
    static let channels = Key(
        "channels", .named(.section(chosenBy: "adapter"), count: 0...256), default: [],
        "Accounts with providers, by a name of your choosing; `adapter` says which channel speaks with them.")
    static let limits = Key("limits", .section(LimitsSection.self), "Bounds of the server.")

    package static let keys: KeyList = [
        site, listen, tls, publicURL, data, origins, identities, skills, queues, defaultQueue, entries, agents, timers,
        channels, limits,
    ]

    package let site: String
    package let listen: [ListenAddress]
    package let tls: TLSSection?
    package let publicURL: WebAddress?
    package let data: FilePath
    package let origins: [String]
    package let identities: [Named<IdentitySection>]
    package let skills: [String]
    package let queues: [Named<QueueSection>]
    package let defaultQueue: Located<String>
    package let entries: [EntrySection]
    package let agents: [Named<AgentSection>]
    package let timers: TimersSection
    package let channels: [Named<ChosenSection>]
    package let limits: LimitsSection

    package init(reading section: SectionReader) {
        site = section[Self.site]
        listen = section[Self.listen]
        tls = section[Self.tls]
        publicURL = section[Self.publicURL]
        data = section[Self.data]
        origins = section[Self.origins]
        identities = section[Self.identities]
        skills = section[Self.skills]
        queues = section[Self.queues]
        defaultQueue = section[Self.defaultQueue]
        entries = section[Self.entries]
        agents = section[Self.agents]
        timers = section[Self.timers]
        channels = section[Self.channels]
        limits = section[Self.limits]
    }

    // MARK: Cross references

    package static func check(_ section: inout SectionReader) {
        checkNames(&section)
        checkQueues(&section)
        checkSkills(&section)
        checkIdentities(&section)
    }

    /// What the operator chose becomes part of keys, labels and paths.
    private static func checkNames(_ section: inout SectionReader) {
        let names =
            (section.ifSound(queues) ?? []).map { ($0.name, $0.place) }
            + (section.ifSound(agents) ?? []).map { ($0.name, $0.place) }
            + (section.ifSound(identities) ?? []).map { ($0.name, $0.place) }
            + (section.ifSound(channels) ?? []).map { ($0.name, $0.place) }
        for (name, place) in names where !PlanName.isValid(name) {
            section.complain(at: place, "is no name", hint: PlanName.rule)
        }
    }

    private static func checkQueues(_ section: inout SectionReader) {
        guard let queues = section.ifSound(queues) else { return }
        let known = queues.map(\.name)
        var wanted = (section.ifSound(entries) ?? []).map(\.queue)
        if let queue = section.ifSound(defaultQueue) { wanted.append(queue) }
        for queue in wanted where !known.contains(queue.value) {
            section.complain(
                at: queue.place, "names a queue that is not there", hint: "queues are \(known.joined(separator: ", "))")
        }
    }

    private static func checkSkills(_ section: inout SectionReader) {
        guard let known = section.ifSound(skills) else { return }
        let used =
            (section.ifSound(queues) ?? []).flatMap(\.value.skills)
            + (section.ifSound(agents) ?? []).flatMap(\.value.skills)
        for skill in used where !known.contains(skill.name) {
            let hint = known.isEmpty ? "list it under skills" : "skills are \(known.joined(separator: ", "))"
            section.complain(at: skill.place, "is a skill that is not listed", hint: hint)
        }
    }

    private static func checkIdentities(_ section: inout SectionReader) {
        guard let agents = section.ifSound(agents)?.map(\.name), let identities = section.ifSound(identities) else {
            return
        }
        for identity in identities where identity.value.role == .agent && !agents.contains(identity.name) {
            section.complain(at: identity.place, "is the identity of an agent that agents does not list")
        }
        var seen: [TokenHash] = []
        for identity in identities {
            if seen.contains(identity.value.tokenHash) {
                section.complain(
                    at: identity.place, "has the same token as another identity", hint: "make each its own")
            }
            seen.append(identity.value.tokenHash)
        }
    }
}
