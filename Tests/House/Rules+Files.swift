import Foundation

/// Rules about which files there are and what every text may hold.
extension Rules {
    static func theTopLevelIsFixed(_ tree: SourceTree) -> [Finding] {
        let allowed = ["Package.swift", "Sources", "Tests", "Channels", "Deploy", "README.md"]
        let entries = Set(tree.files.compactMap(\.parts.first)).filter { !$0.hasPrefix(".") }
        return entries.subtracting(allowed).sorted().map {
            Finding(
                path: $0, line: 0, reason: "does not belong at the top; it belongs to a room, to Deploy or to Tests")
        }
    }

    static func everyRoomHasAReadme(_ tree: SourceTree) -> [Finding] {
        let rooms =
            tree.folders(in: "Sources").map { "Sources/\($0)" } + tree.folders(in: "Channels").map { "Channels/\($0)" }
        return rooms.filter { !tree.holds("\($0)/module.modulemap") }.compactMap { room in
            let advice = "say what lives here, what may not, and where to start reading"
            guard let readme = tree.file("\(room)/README.md") else {
                return Finding(path: room, line: 0, reason: "has no README.md; \(advice)")
            }
            let isInhabited = tree.production.count { $0.isUnder(room) } > 2  // A beginning needs no page yet.
            guard isInhabited, readme.lines.count(where: { !$0.isEmpty }) < 4 else { return nil }
            return Finding(path: readme.path, line: 0, reason: "says nothing yet; \(advice)")
        }
    }

    static func aChannelCanBeMailedToAColleague(_ tree: SourceTree) -> [Finding] {
        tree.folders(in: "Channels").flatMap { name in
            ["sample.yaml", "Tests", "Tests/Fixtures"].filter { !tree.holds("Channels/\(name)/\($0)") }.map {
                Finding(path: "Channels/\(name)", line: 0, reason: "has no \($0); copy the shape of Channels/Template")
            }
        }
    }

    static func noPlaceholderOutlivesItsRoom(_ tree: SourceTree) -> [Finding] {
        tree.files.filter { $0.parts.last == "Placeholder.swift" }.filter { placeholder in
            let folder = placeholder.parts.dropLast().joined(separator: "/")
            return tree.files.contains {
                $0.isSwift && $0.path != placeholder.path && $0.isUnder(folder) && !$0.isUnder("\(folder)/Tests")
            }
        }.map { Finding(path: $0.path, line: 0, reason: "is no longer needed; remove it") }
    }

    static func nothingIsLeftOpen(_ tree: SourceTree) -> [Finding] {
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].joined(separator: "|")
        return tree.files.flatMap { file in
            file.findings(#"\b(\#(words))\b"#, inComments: true) {
                "`\($0)` leaves something open; do it, or write down what is not done where a reader looks for it"
            }
        }
    }

    static func noPathOfOneMachine(_ tree: SourceTree) -> [Finding] {
        let folders = ["ho" + "me", "ro" + "ot", "Us" + "ers"].joined(separator: "|")
        return tree.files.flatMap { file in
            file.findings("(?<![\\w.~])/(\(folders))/", inComments: true) {
                "`\($0)` exists on one machine; start from the file's own folder or take it from the configuration"
            }
        }
    }

    static func scriptsRunAndStopAtErrors(_ tree: SourceTree) -> [Finding] {
        tree.files.filter(\.isScript).flatMap { script in
            var findings: [Finding] = []
            if !script.isExecutable {
                findings.append(Finding(path: script.path, line: 0, reason: "has no run bit; chmod +x and commit it"))
            }
            let isBash = script.lines.first?.contains("bash") == true
            if isBash, !script.lines.contains(where: { $0.hasPrefix("set -euo pipefail") }) {
                findings.append(
                    Finding(path: script.path, line: 0, reason: "goes on after an error; begin with set -euo pipefail"))
            }
            return findings
        }
    }

    static func noBuildOutputIsTracked(_ tree: SourceTree) -> [Finding] {
        (tree.tracked ?? []).filter { path in
            let parts = path.split(separator: "/")
            return parts.contains { $0.hasPrefix(".build") || $0 == ".swiftpm" || $0 == "__pycache__" }
                || ["Package.resolved", "core"].contains(parts.last ?? "")
                || [".o", ".pyc", ".swiftmodule", ".profraw", ".db", ".db-wal"].contains { path.hasSuffix($0) }
        }.map { Finding(path: $0, line: 0, reason: "is build output; git rm --cached it and name it in .gitignore") }
    }

    static func markdownLinksLeadSomewhere(_ tree: SourceTree) -> [Finding] {
        tree.files.filter { $0.path.hasSuffix(".md") }.flatMap { page in
            let folder = page.parts.dropLast().joined(separator: "/")
            let prose = MarkdownText.withoutCode(page)
            return prose.findings(#"\]\([^)\s]+[^)]*\)"#, inComments: true) { match in
                let target = String(match.dropFirst(2).dropLast().prefix { !"# ".contains($0) })
                let isOurs = !target.isEmpty && !target.contains(":")
                let path = MarkdownText.normalized(target.hasPrefix("/") ? target : "\(folder)/\(target)")
                return isOurs && !path.isEmpty && !tree.holds(path)
                    ? "the link to \(target) leads nowhere; mend or remove it" : ""
            }.filter { !$0.reason.isEmpty }
        }
    }
}
