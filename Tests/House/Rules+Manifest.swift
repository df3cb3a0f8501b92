/// Rules about Package.swift and what must agree with it.
extension Rules {
    static func theManifestHasNoShortcuts(_ tree: SourceTree) -> [Finding] {
        guard let manifest = tree.file("Package.swift") else {
            return [Finding(path: "Package.swift", line: 0, reason: "is missing")]
        }
        return manifest.findings("-Ounchecked", inComments: true) { _ in
            "-Ounchecked turns preconditions into undefined behaviour; keep -O"
        }
            + manifest.findings("unsafeFlags", inComments: true) { _ in
                "unsafe flags keep others from depending on us; use a declared setting"
            }
            + manifest.findings(#"\.package\("#) { _ in
                "no dependency: the standard library, or a Debian library behind a shim in Sources/C…"
            }
    }

    static func everyChannelIsListed(_ tree: SourceTree) -> [Finding] {
        let listed = listedChannels(tree)
        let present = tree.folders(in: "Channels")
        return present.filter { !listed.contains($0) }.map {
            Finding(
                path: "Channels/\($0)", line: 0, reason: "is not built; add \"\($0)\" to `channels` in Package.swift")
        }
            + listed.filter { !present.contains($0) }.map {
                Finding(
                    path: "Package.swift", line: 0,
                    reason: "lists the channel \"\($0)\"; add Channels/\($0) or take it out")
            }
    }

    /// A target that a merge dropped takes its tests with it, in silence. Fuzzers are built by their own command.
    static func everyTestIsBuilt(_ tree: SourceTree) -> [Finding] {
        guard let manifest = tree.file("Package.swift")?.text else { return [] }
        return tree.folders(in: "Tests").filter { name in
            let holdsSwift = tree.files.contains { $0.path.hasPrefix("Tests/\(name)/") && $0.path.hasSuffix(".swift") }
            return holdsSwift && name != "Fuzz" && !manifest.contains("\"\(name)\"")
                && !manifest.contains("\"Tests/\(name)")
        }.map {
            Finding(path: "Tests/\($0)", line: 0, reason: "is not built; give it a target in Package.swift")
        }
    }

    static func everyChannelIsInTheCatalog(_ tree: SourceTree) -> [Finding] {
        guard let catalog = tree.file("Sources/interflow/ChannelCatalog.swift") else { return [] }
        return listedChannels(tree).filter { name in
            catalog.findings(#"\bimport\s+\#(name)\b"#) { $0 }.isEmpty
        }.map {
            Finding(
                path: catalog.path, line: 0, reason: "does not import \($0); add its line, or nobody can configure it")
        }
    }

    /// The names between the brackets of `let channels = [...]`.
    private static func listedChannels(_ tree: SourceTree) -> [String] {
        guard let text = tree.file("Package.swift")?.text, let start = text.firstRange(of: "let channels = [") else {
            return []
        }
        let list = text[start.upperBound...].prefix { $0 != "]" }
        return list.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { String($0.element) }
    }
}
