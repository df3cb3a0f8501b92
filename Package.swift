// swift-tools-version: 6.2

import PackageDescription

/// The channels this build speaks. A new channel is one folder under `Channels/`, one line here and
/// one line in `Sources/interflow/ChannelCatalog.swift`.
let channels = ["SMS", "Template"]

/// Switches every target has: existentials are spelled `any`, an import is private unless it says so,
/// and a member is only visible where its module is imported.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, uses rooms: [String] = [], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies(rooms), exclude: ["README.md"] + exclude, swiftSettings: settings)
}

func tests(_ name: String, of rooms: [String], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies(rooms), path: "Tests/\(name)", exclude: exclude, swiftSettings: settings)
}

/// One channel: its adapter and the tests that live in the same folder.
func channel(_ name: String) -> [Target] {
    [
        .target(
            name: name,
            dependencies: dependencies(["ChannelKit", "HTTP", "Configuration", "InteractionModel", "JSON"]),
            path: "Channels/\(name)", exclude: ["README.md", "sample.yaml", "Tests"], swiftSettings: settings),
        .testTarget(
            name: "\(name)Tests",
            dependencies: dependencies([
                name, "ChannelContract", "ChannelKit", "HTTP", "Configuration", "InteractionModel", "JSON", "Threads",
            ]),
            path: "Channels/\(name)/Tests", exclude: ["Fixtures"], swiftSettings: settings),
    ]
}

func dependencies(_ rooms: [String]) -> [Target.Dependency] { rooms.map { .byName(name: $0) } }

func library(_ name: String, package pkgConfig: String, _ debian: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

let everyRoom = [
    "JSON", "Threads", "InteractionModel", "Federation", "Routing", "Calendars", "Simulation", "Configuration", "HTTP",
    "Journal",
    "ChannelKit", "Site",
]

let package = Package(
    name: "interflow",
    products: [.executable(name: "interflow", targets: ["interflow"])],
    targets: [
        // Debian's libraries: module maps and thin shims.
        .systemLibrary(name: "CLinux", path: "Sources/CLinux"),
        library("CCurl", package: "libcurl", "libcurl4-openssl-dev"),
        library("COpenSSL", package: "openssl", "libssl-dev"),
        library("CSQLite", package: "sqlite3", "libsqlite3-dev"),
        library("CYAML", package: "yaml-0.1", "libyaml-dev"),
        // Without pkg-config, whose flags would also link libraries for sets of calendars and vCards, and Berkeley DB.
        .systemLibrary(name: "CIcal", path: "Sources/CIcal", providers: [.apt(["libical-dev"])]),

        // Rooms, lowest first. An arrow only ever points up this list.
        room("JSON"),
        room("Threads"),
        room("InteractionModel", uses: ["JSON"]),
        room("Federation", uses: ["InteractionModel", "JSON"], exclude: ["Exchange/PROTOCOL.md"]),
        room(
            "Routing", uses: ["Federation", "InteractionModel", "JSON"],
            exclude: ["Calendars/README.md", "Decisions", "MEASURES.md", "Network/README.md", "POLICY.md"]),
        room("Simulation", uses: ["Routing", "Federation", "InteractionModel", "JSON"]),
        room("Calendars", uses: ["Routing", "Threads", "CIcal"], exclude: ["Decisions"]),
        room("Configuration", uses: ["CYAML"]),
        room("HTTP", uses: ["Threads", "CLinux", "COpenSSL", "CCurl"], exclude: ["Client/README.md"]),
        room("Journal", uses: ["Threads", "InteractionModel", "CSQLite"], exclude: ["Decisions"]),
        room("ChannelKit", uses: ["Threads", "HTTP", "Configuration", "InteractionModel", "JSON", "COpenSSL"]),
        room(
            "Site",
            uses: [
                "Routing", "Federation", "Calendars", "Journal", "ChannelKit", "HTTP", "Configuration",
                "InteractionModel", "JSON",
                "COpenSSL",
                "CLinux", "Threads",
            ], exclude: ["Agents/Protocol.md", "Peers/RESTORE.md", "Peers/TRUST.md", "Decisions"]),
        .executableTarget(
            name: "interflow", dependencies: dependencies(everyRoom + channels + ["CLinux"]), exclude: ["README.md"],
            swiftSettings: settings),

        // What tests share, and suites that run over several implementations.
        .target(
            name: "Support", dependencies: dependencies(everyRoom + ["SMS"]), path: "Tests/Support",
            exclude: ["README.md", "Chance"], swiftSettings: settings),
        .target(name: "Chance", path: "Tests/Support/Chance", swiftSettings: settings),
        .target(
            name: "ChannelContract",
            dependencies: dependencies(["ChannelKit", "HTTP", "Configuration", "InteractionModel", "JSON", "Threads"]),
            path: "Tests/ChannelContract", swiftSettings: settings),
        // Driven by Tests/Vendor/twilio-validator.py.
        .executableTarget(
            name: "sms-signature",
            dependencies: dependencies(["SMS", "ChannelKit", "HTTP", "Configuration", "JSON"]),
            path: "Tests/Vendor/SMSSignature", swiftSettings: settings),
        // Driven by Tests/Vendor/http-signatures.py.
        .executableTarget(
            name: "http-signature", dependencies: dependencies(["HTTP", "JSON"]),
            path: "Tests/Vendor/HTTPSignature", swiftSettings: settings),
        tests("JSONTests", of: ["JSON"]),
        tests("InteractionModelTests", of: ["InteractionModel", "JSON"]),
        tests("FederationTests", of: ["Federation", "InteractionModel", "JSON", "Chance"]),
        tests("RoutingTests", of: ["Routing", "Federation", "InteractionModel", "JSON"]),
        // Text files of what happens and of everything the core records, read by people: Tests/Stories/README.md.
        tests(
            "Stories", of: ["Routing", "Federation", "InteractionModel", "JSON"], exclude: ["README.md", "Routing"]),
        tests("CalendarsTests", of: ["Calendars", "Routing", "InteractionModel"], exclude: ["Fixtures"]),
        tests("SimulationTests", of: ["Simulation", "Routing", "Federation", "InteractionModel", "JSON"]),
        // Random sites beside brute force: Deploy/oracle. `Storm` is a link to the folder of that name in RoutingTests.
        .executableTarget(
            name: "oracle", dependencies: dependencies(["Routing", "Federation", "InteractionModel", "JSON"]),
            path: "Tests/Oracle",
            swiftSettings: settings),
        // Federations of sites under swarms of faults: Deploy/swarm.
        .target(
            name: "SwarmWorld",
            dependencies: dependencies(["Routing", "Federation", "InteractionModel", "JSON", "Chance"]),
            path: "Tests/Swarm/World", swiftSettings: settings),
        .executableTarget(
            name: "swarm", dependencies: dependencies(["SwarmWorld"]), path: "Tests/Swarm/Command",
            swiftSettings: settings),
        tests("SwarmTests", of: ["SwarmWorld"]),
        tests("ConfigurationTests", of: ["Configuration"]),
        tests("HTTPTests", of: ["HTTP", "Threads", "CLinux", "COpenSSL"]),
        tests("JournalContract", of: ["Journal", "InteractionModel", "CSQLite", "JournalWriter"], exclude: ["Writer"]),
        // A process that the contract kills, and that measures the journal.
        .executableTarget(
            name: "JournalWriter", dependencies: dependencies(["Journal", "InteractionModel"]),
            path: "Tests/JournalContract/Writer", swiftSettings: settings),
        // Kills a site again and again and compares what it promised with what it kept: Deploy/torture.
        .executableTarget(
            name: "torture", dependencies: dependencies(everyRoom + ["Support", "Chance"]), path: "Tests/Torture",
            exclude: ["README.md"], swiftSettings: settings),
        tests("ChannelKitTests", of: ["ChannelKit", "HTTP", "Configuration", "InteractionModel", "Threads"]),
        tests("SiteTests", of: everyRoom + channels + ["Support"]),
        tests("Conversations", of: everyRoom + ["Support"], exclude: ["README.md"]),
        tests("CommandLine", of: everyRoom + channels + ["interflow", "Support"], exclude: ["proxy.py"]),
        tests("House", of: []),
    ] + channels.flatMap(channel),
    swiftLanguageModes: [.v6]
)
