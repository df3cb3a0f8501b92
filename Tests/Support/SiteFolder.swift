import Glibc
package import Site

/// A site's folder as tests want it: two queues, three agents, an SMS account, and one identity of every role.
package struct SiteFolder: Sendable {
    package struct Options: Sendable {
        /// The site's name.
        package var site = "demo"
        /// Further lines of YAML of both queues.
        package var queueRules = ""
        /// Where replies go.
        package var provider = "http://127.0.0.1:1"
        package var offerTimeout = "20s"
        package var wrapUpMax = "5m"
        package var capacity = 3
        /// More keys of the queue `support`, in lines of YAML; each begins with six blanks.
        package var support = ""
        /// Lines of YAML put at the end of the file.
        package var more = ""
        /// Another place for the data than `data` below the folder.
        package var data = "data"

        package init() {}
    }

    package static let accountSid = "AC00000000000000000000000000000001"
    package static let smsToken = "0123456789abcdef0123456789abcdef"
    package static let agents = ["ana", "ben", "cem"]
    package static let roles: [(name: String, role: Role)] =
        agents.map { ($0, .agent) } + [
            ("boss", .supervisor), ("root", .admin), ("shop", .integrator), ("peer", .site), ("audit", .auditor),
            ("carrier", .switch),
        ]

    package let path: String
    /// Host and port, on an address of this machine that nobody else uses.
    package let address: String
    package let dataPath: String
    /// By identity's name.
    package let tokens: [String: String]

    /// Writes configuration and secrets into a new folder.
    package init(_ name: String = "site", in parent: String? = nil, options: Options = Options()) throws {
        try self.init(existing: try Files.temporaryFolder(name, in: parent), options: options)
    }

    /// Writes them into a folder that is there.
    package init(existing path: String, options: Options = Options()) throws {
        self.path = path
        address = Self.freshAddress()
        dataPath = options.data.hasPrefix("/") ? options.data : "\(path)/\(options.data)"
        var tokens: [String: String] = [:]
        for entry in Self.roles { tokens[entry.name] = RandomBytes.token() }
        self.tokens = tokens
        try Files.makeFolder("\(path)/secrets")
        try Files.write(Self.smsToken + "\n", to: "\(path)/secrets/sms-token")
        try Files.write(configuration(options), to: configurationPath)
    }

    package var configurationPath: String { "\(path)/interflow.yaml" }
    package var url: String { "http://\(address)" }

    /// All of 127.0.0.0/8 is this machine. Outgoing connections leave from 127.0.0.1, so no restart can find its port
    /// taken by one of them.
    package static func freshAddress() -> String {
        let bytes = RandomBytes.make(3)
        return "127.\(bytes[0] % 250 + 2).\(bytes[1]).\(bytes[2] % 250 + 2):8080"
    }

    private func configuration(_ options: Options) -> String {
        let identities = Self.roles.map { entry in
            let hash = TokenHash(ofToken: tokens[entry.name] ?? "").configured
            return "  \(entry.name): { role: \(entry.role.rawValue), tokenHash: \"\(hash)\" }"
        }
        let other = options.site == "munich" ? "berlin" : "munich"
        let capacity = "capacity: { sms: \(options.capacity), callback: \(options.capacity) }"
        return """
            site: \(options.site)
            listen: ["\(address)"]
            data: \(options.data)
            identities:
            \(identities.joined(separator: "\n"))
            skills: [german, billing]
            queues:
              support:
                skills: { german: 1 }
                offerTimeout: \(options.offerTimeout)
                wrapUpMax: \(options.wrapUpMax)
                waitingMax: 5000000
                dispositions: [solved, spam]
            \(options.support)
                \(options.queueRules)
              billing:
                skills: { billing: 2 }
                headStart: 30s
                offerTimeout: \(options.offerTimeout)
                wrapUpMax: \(options.wrapUpMax)
                waitingMax: 5000000
                \(options.queueRules)
            defaultQueue: support
            entries:
              - { channel: sms, account: main, to: "+4930900000", queue: support }
              - { channel: sms, account: main, to: "+4930900001", queue: billing }
            agents:
              ana: { skills: { german: 3, billing: 2 }, \(capacity) }
              ben: { skills: { german: 2 }, \(capacity) }
              cem: { skills: { german: 1, billing: 4 }, \(capacity) }
            routing:
              sites:
                \(options.site): { uri: "sip:{number}@127.0.0.1:5071", numbers: ["9001", "9002", "9003"] }
                \(other): { uri: "sip:{dnis}@127.0.0.1:5072", label: M }
              services:
                support:
                  channel: callback
                  queue: billing
                  reserveFor: 2s
                  steps: [{ allocate: { \(options.site): 60, \(other): 40 } }]
              clients:
                carrier: { default: "sip:{dnis}@127.0.0.1:5099" }
            channels:
              main:
                adapter: sms
                accountSid: \(Self.accountSid)
                authToken: secrets/sms-token
                from: "+4930900000"
                apiBase: \(options.provider)
            \(options.more)
            """
    }
}
