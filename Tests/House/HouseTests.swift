import Testing

/// The rules of the house, asked of the tree this test was built from. Each is first shown a violation, because a
/// rule that finds nothing proves nothing.
@Suite struct HouseTests {
    typealias Rule = (SourceTree) -> [Finding]

    /// Fails for every finding in the house, and unless `rule` finds exactly `expected` in the planted files.
    private func keep(
        _ rule: Rule, planted: [String: String], executables: Set<String> = [], tracked: [String]? = nil,
        finds expected: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let tree = SourceTree(planted, executables: executables, tracked: tracked)
        #expect(rule(tree).map { "\($0.path):\($0.line)" } == expected, sourceLocation: sourceLocation)
        for finding in rule(.house) { Issue.record("\(finding)", sourceLocation: sourceLocation) }
    }

    @Test("A pure room reads no clock, rolls no die, starts no task and imports no Foundation")
    func pureRooms() {
        let text = """
            import Foundation
            let now = Date()  // Date() in a comment is fine
            let a = "clock_gettime(CLOCK_REALTIME)"
            clock_gettime(CLOCK_REALTIME, &spec)
            let id = UUID()
            let one = list.randomElement()
            let two = Int.random(in: 0...9, using: &dice)
            let three = Int.random(in: 0...9)
            let seed = name.hashValue
            Task { await work() }
            func time(of event: Event) {}
            """
        keep(
            Rules.pureRoomsStayPure,
            planted: [
                "Sources/Routing/A.swift": text, "Sources/Site/A.swift": text, "Tests/RoutingTests/A.swift": text,
            ],
            finds: [1, 2, 4, 5, 6, 8, 9, 10, 10].map { "Sources/Routing/A.swift:\($0)" })
    }

    @Test("No production code imports Foundation")
    func foundation() {
        keep(
            Rules.noFoundationInProduction,
            planted: [
                "Sources/HTTP/A.swift": "import Glibc\ninternal import FoundationEssentials\n",
                "Channels/SMS/B.swift":
                    "// import Foundation\n@preconcurrency import Foundation\nimport struct Foundation.Date",
                "Channels/SMS/Tests/C.swift": "import Foundation",
            ], finds: ["Channels/SMS/B.swift:2", "Channels/SMS/B.swift:3", "Sources/HTTP/A.swift:2"])
    }

    @Test("A channel imports ChannelKit, HTTP, Configuration, InteractionModel and JSON, and nothing else")
    func channelImports() {
        keep(
            Rules.channelsImportTheirContractOnly,
            planted: [
                "Channels/SMS/A.swift":
                    "package import ChannelKit\nimport HTTP\nimport Site\nimport HTTPServer\nimport JSON",
                "Channels/SMS/Tests/A.swift": "import Site",
            ], finds: ["Channels/SMS/A.swift:3", "Channels/SMS/A.swift:4"])
    }

    @Test("Production code traps only with a sentence about what the programmer did wrong")
    func traps() {
        let text = """
            let a = try! f()
            let b = c as! D
            fatalError("no")
            precondition(x > 0)
            precondition(x > 0, "A count is positive.")
            preconditionFailure()
            let text = "try! as! fatalError("
            let fine = try? f() as? D
            """
        keep(
            Rules.nothingTrapsWithoutASentence,
            planted: ["Sources/Site/A.swift": text, "Tests/SiteTests/A.swift": text],
            finds: [1, 2, 3, 4, 6].map { "Sources/Site/A.swift:\($0)" })
    }

    @Test("Locks are the house's own, which ThreadSanitizer understands")
    func locks() {
        keep(
            Rules.locksAreOurOwn,
            planted: ["Sources/Site/A.swift": "let a = Mutex(0)\nlet b: Mutex<Int>\nlet c: PthreadMutex\n"],
            finds: ["Sources/Site/A.swift:1", "Sources/Site/A.swift:2"])
    }

    @Test("Tokens, secrets, signatures and MACs are not compared with ==")
    func constantTime() {
        let text = """
            guard given == secret else { return }
            if request.signature != expected { return }
            if accessToken == other {}
            let same = expected == state.webhookMAC
            if token == nil || nil != secret || token == .comma || token == "gzip" || secret.count == 3 {}
            if nextToken == page {}  // Not sent by anybody: not a secret.
            extension Type where Value == Secret {}
            """
        keep(
            Rules.secretsAreComparedInConstantTime, planted: ["Sources/Site/A.swift": text],
            finds: [1, 2, 3, 4].map { "Sources/Site/A.swift:\($0)" })
    }

    @Test("Only InteractionModel and ChannelKit have public symbols")
    func publicSymbols() {
        let text = "package struct A {}\npublic struct B {\n    public var c: Int\n}\n"
        keep(
            Rules.publicIsForIntegrators, planted: ["Sources/Site/A.swift": text, "Sources/ChannelKit/A.swift": text],
            finds: ["Sources/Site/A.swift:2", "Sources/Site/A.swift:3"])
    }

    @Test("No source file has more than 600 lines")
    func sizes() {
        let lines = { (count: Int) in String(repeating: "let a = 1\n", count: count) }
        keep(
            Rules.filesStayReadable,
            planted: [
                "Sources/Site/A.swift": lines(600), "Sources/Site/B.swift": lines(601), "Deploy/notes.md": lines(700),
            ],
            finds: ["Sources/Site/B.swift:0"])
    }

    @Test("The manifest has no dependency, no unsafe flag and no unchecked optimisation")
    func manifest() {
        let text = """
            let package = Package(
                dependencies: [.package(url: "https://example.com/a", from: "1.0.0")],
                targets: [.target(name: "a", swiftSettings: [.unsafeFlags(["-Ounchecked"])])])
            """
        keep(
            Rules.theManifestHasNoShortcuts, planted: ["Package.swift": text],
            finds: ["Package.swift:3", "Package.swift:3", "Package.swift:2"])
    }

    @Test("The channels that are built are the folders under Channels")
    func channels() {
        let planted = [
            "Package.swift": "let channels = [\"SMS\", \"Voice\"]\n", "Channels/SMS/A.swift": "",
            "Channels/Email/A.swift": "",
            "Channels/README.md": "",
        ]
        keep(Rules.everyChannelIsListed, planted: planted, finds: ["Channels/Email:0", "Package.swift:0"])
    }

    @Test("Every folder of tests is built")
    func testTargets() {
        keep(
            Rules.everyTestIsBuilt,
            planted: [
                "Package.swift": "tests(\"RoutingTests\", of: []), path: \"Tests/Vendor/Tool\"\n",
                "Tests/RoutingTests/A.swift": "", "Tests/Vendor/Tool/A.swift": "", "Tests/Fuzz/A.swift": "",
                "Tests/Benchmarks/run.sh": "", "Tests/Lost/A.swift": "",
            ], finds: ["Tests/Lost:0"])
    }

    @Test("Every channel that is built can be configured")
    func channelCatalog() {
        keep(
            Rules.everyChannelIsInTheCatalog,
            planted: [
                "Package.swift": "let channels = [\"SMS\", \"Voice\"]\n",
                "Sources/interflow/ChannelCatalog.swift": "import SMS\n// import Voice\n",
            ], finds: ["Sources/interflow/ChannelCatalog.swift:0"])
    }

    @Test("A room and a channel say in a README what lives there")
    func readmes() {
        keep(
            Rules.everyRoomHasAReadme,
            planted: [
                "Sources/Site/A.swift": "", "Sources/JSON/A.swift": "", "Sources/JSON/B.swift": "",
                "Sources/JSON/C.swift": "",
                "Sources/JSON/README.md": "# JSON\n", "Sources/Journal/A.swift": "",
                "Sources/Journal/README.md": "# Journal\n",
                "Sources/CYAML/module.modulemap": "", "Channels/SMS/A.swift": "",
                "Sources/HTTP/A.swift": "", "Sources/HTTP/README.md": "# HTTP\none\ntwo\nthree\n",
            ], finds: ["Sources/JSON/README.md:0", "Sources/Site:0", "Channels/SMS:0"])
    }

    @Test("A channel's folder holds its sample, its tests and its fixtures")
    func channelFolders() {
        keep(
            Rules.aChannelCanBeMailedToAColleague,
            planted: [
                "Channels/SMS/A.swift": "", "Channels/SMS/Tests/A.swift": "", "Channels/Voice/sample.yaml": "",
                "Channels/Voice/Tests/Fixtures/a.json": "",
            ], finds: ["Channels/SMS:0", "Channels/SMS:0"])
    }

    @Test("A placeholder goes when its room's first file comes")
    func placeholders() {
        keep(
            Rules.noPlaceholderOutlivesItsRoom,
            planted: [
                "Sources/Site/Placeholder.swift": "", "Sources/Site/Inbox/A.swift": "",
                "Sources/JSON/Placeholder.swift": "",
            ], finds: ["Sources/Site/Placeholder.swift:0"])
    }

    @Test("Nothing is left open in the text of the project")
    func openEnds() {
        let open = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].map { "// \($0): later\n" }.joined()
        keep(
            Rules.nothingIsLeftOpen, planted: ["Sources/Site/A.swift": open + "mktemp file.XXXXXX\n"],
            finds: (1...4).map { "Sources/Site/A.swift:\($0)" })
    }

    @Test("No text names a folder of one machine")
    func machinePaths() {
        let text = [
            "/ho" + "me/anna/interflow", "/ro" + "ot/.config", "/var/lib/interflow", "https://a.example/home/x",
        ]
        keep(
            Rules.noPathOfOneMachine, planted: ["Deploy/run": text.joined(separator: "\n")],
            finds: ["Deploy/run:1", "Deploy/run:2"])
    }

    @Test("The top level holds the manifest, the four folders and one README")
    func topLevel() {
        keep(
            Rules.theTopLevelIsFixed,
            planted: [
                "Package.swift": "", "README.md": "", ".gitignore": "", "notes.md": "", "scripts/a": "",
                "Deploy/run": "",
            ],
            finds: ["notes.md:0", "scripts:0"])
    }

    @Test("Scripts have their run bit and stop at the first error")
    func scripts() {
        keep(
            Rules.scriptsRunAndStopAtErrors,
            planted: [
                "Deploy/a": "#!/usr/bin/env bash\nset -euo pipefail\n", "Deploy/b": "#!/bin/bash\nset -euo pipefail\n",
                "Deploy/c": "#!/bin/bash\n", "Deploy/d.py": "#!/usr/bin/env python3\n",
            ], executables: ["Deploy/a", "Deploy/c", "Deploy/d.py"], finds: ["Deploy/b:0", "Deploy/c:0"])
    }

    @Test("Version control holds no build output")
    func buildOutput() {
        let tracked = [
            "Package.swift", ".build/debug.yaml", "Package.resolved", "Sources/Site/Core.swift", "a/site.db",
            ".swiftpm/x",
        ]
        keep(
            Rules.noBuildOutputIsTracked, planted: [:], tracked: tracked,
            finds: [".build/debug.yaml:0", "Package.resolved:0", "a/site.db:0", ".swiftpm/x:0"])
    }

    @Test("Every link between the project's pages leads to a file or a folder")
    func links() {
        let page = """
            [map](Sources/README.md) [gone](Sources/Gone.md) [web](https://example.com/) [part](#part)
            [folder](Sources) `[code](nowhere.md)` [part](Sources/README.md#part) [titled](nowhere.md "Title")
            ```
            [fenced](nowhere.md)
            ```
            """
        keep(
            Rules.markdownLinksLeadSomewhere,
            planted: ["README.md": page, "Sources/README.md": "[back](../README.md) [here](./Gone.md)"],
            finds: ["README.md:1", "README.md:2", "Sources/README.md:1"])
    }

    @Test("Code is told from comments and strings")
    func lexing() {
        let source = ##"""
            a /* b /* c */ d */ e // f
            "g \(h("i")) j" k #"l \#(m) " n"# o
            """##
            + "\n\"\"\"\np \\(q) \"\n\"\"\" r\n\"s\\\"t\" u"
        let words = SwiftCode.blanked(source).split { !$0.isLetter }.map(String.init)
        #expect(words == ["a", "e", "k", "o", "r", "u"])
        #expect(SwiftCode.blanked(source).utf8.count == source.utf8.count)
    }
}
