import Foundation
import HTTP
import JSON
import Site
import Support
import Testing

@testable import interflow

@Suite("interflow peer", .timeLimit(.minutes(2)))
struct PeerCommandTests {
    @Test(
        "Each way a ping can fail is said with what to do about it",
        arguments: [
            ("refused", "unknown-key", "interflow peer add berlin"), ("refused", "time", "time server"),
            ("refused", "wrong-destination", "peerURLs"), ("refused", "wrong-sender", "another name"),
            ("refused", "bad-signature", "changes what they send"), ("untrusted", nil, "--tls-pin"),
            ("unreachable", nil, "Nobody listens"), ("unsigned", nil, "in its place"), ("timed-out", nil, "firewall"),
            ("busy", nil, "nothing now"),
        ] as [(String, String?, String)])
    func advice(reason: String, claim: String?, words: String) {
        var ping = JSONObject()
        ping["peer"] = "munich"
        ping["answered"] = false
        ping["detail"] = "because"
        ping["reason"] = .string(reason)
        if let claim { ping["claim"] = .string(claim) }
        let lines = PeerListing.words(.object(ping), site: "berlin")
        #expect(lines.count == 2)
        #expect(lines[0] == "munich gave no answer to be believed: because")
        #expect(lines[1].contains(words))
    }

    @Test("A ping says how long it took, and that clocks differ before anything is refused")
    func answered() {
        func ping(_ difference: Int64) -> JSONValue {
            [
                "peer": "munich", "answered": true, "milliseconds": 12, "incarnation": 7, "release": "0.1.0",
                "clockDifference": .integer(difference),
            ]
        }
        #expect(
            PeerListing.words(ping(200), site: nil) == ["munich answered in 12 ms, incarnation 7, release 0.1.0"])
        let slow = PeerListing.words(ping(-7250), site: nil)
        #expect(slow.count == 2)
        #expect(slow[1].hasPrefix("Its clock is 7.2 s behind"))
    }

    @Test("A list shows each peer with its whole fingerprint")
    func listed() {
        let fingerprint = String(repeating: "0123456789abcdef", count: 4)
        let peer: JSONValue = [
            "name": "munich", "url": "https://munich.example", "fingerprints": [.string(fingerprint)],
            "summaryAge": 1250, "incarnation": 7,
        ]
        let lines = PeerListing.lines(peer, ["answered": false, "reason": "refused", "claim": "unknown-key"])
        #expect(
            lines == [
                "munich  https://munich.example  no answer: unknown-key, incarnation 7, last summary 1.2 s ago",
                "    " + Array(repeating: "0123 4567 89ab cdef", count: 4).joined(separator: " "),
            ])
    }

    // MARK: With real sites

    /// Runs the program with `input` typed, and returns what it said and how it ended.
    private func run(_ arguments: [String], typing input: String = "", on folder: SiteFolder) throws -> (String, Int32)
    {
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = arguments + ["--config", folder.configurationPath]
        let (inward, outward) = (Pipe(), Pipe())
        process.standardInput = inward
        process.standardOutput = outward
        process.standardError = outward
        try process.run()
        inward.fileHandleForWriting.write(Data(input.utf8))
        try inward.fileHandleForWriting.close()
        let output = outward.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }

    @Test("Two operators make their sites known to each other: only what was heard from the other one passes")
    func adding() throws {
        let folders = try ["berlin", "munich"].map { name in
            var options = SiteFolder.Options()
            options.site = name
            let folder = try SiteFolder(name, options: options)
            try Files.makeFolder("\(folder.path)/tokens")
            try Files.write(folder.tokens["root"] ?? "", to: "\(folder.path)/tokens/admin")
            return folder
        }
        defer { folders.forEach { $0.remove() } }
        let (berlin, munich) = (folders[0], folders[1])
        #expect(try run(["peer", "identity"], on: berlin).1 == ExitCode.noInput.rawValue)
        let sites = try folders.map { try RunningSite($0, binary: Program.executable.path) }
        for site in sites { try site.waitUntilReady() }

        let keys = try #require(try PeerKeys.read(folder: munich.dataPath))
        let fingerprint = keys.current.publicKey.fingerprint
        #expect(try run(["peer", "identity"], on: munich).0.contains(Fingerprint.spoken(fingerprint)))
        let half = String(fingerprint.prefix(PeerAdding.digitsMin))
        let add = ["peer", "add", "munich", munich.url]

        let shown = try run(add, typing: "\(half.reversed())\n", on: berlin)
        #expect(shown.1 == ExitCode.failed.rawValue)
        #expect(!shown.0.contains(Fingerprint.spoken(half)), "whoever types it must have heard it")
        #expect(try run(add, typing: half.prefix(31) + "\n", on: berlin).1 == ExitCode.failed.rawValue)
        #expect(try run(add, on: berlin).1 == ExitCode.usage.rawValue)
        #expect(
            try run(["peer", "add", "hamburg", munich.url, "--fingerprint", fingerprint], on: berlin).1
                == ExitCode.data.rawValue)
        #expect(!Files.exists("\(berlin.dataPath)/peers.yaml"))

        let added = try run(add, typing: Fingerprint.spoken(half) + "\n", on: berlin)
        #expect(added.1 == 0)
        #expect(added.0.contains("The running site knows."))
        #expect(try run(add, typing: half + "\n", on: berlin).1 == ExitCode.data.rawValue, "known already")
        let stranger = try run(["peer", "ping", "munich"], on: berlin)
        #expect(stranger.1 == ExitCode.failed.rawValue)
        #expect(stranger.0.contains("There: interflow peer add berlin"))

        let other = try #require(try PeerKeys.read(folder: berlin.dataPath)).current.publicKey.fingerprint
        #expect(try run(["peer", "add", "berlin", berlin.url, "--fingerprint", other], on: munich).1 == 0)
        #expect(try run(["peer", "ping", "munich"], on: berlin).1 == 0)
        let list = try run(["peer", "list"], on: munich)
        #expect(list.1 == 0)
        #expect(list.0.contains("berlin  \(berlin.url)  answers in "))
        #expect(try run(["peer", "rotate"], on: berlin).1 == 0)
        #expect(try run(["peer", "rotate", "--finish"], on: berlin).1 == 0)
        #expect(try run(["peer", "ping", "berlin"], on: munich).1 == 0)
        #expect(try run(["peer", "remove", "berlin"], on: munich).1 == 0)
        #expect(try run(["peer", "remove", "berlin"], on: munich).1 == ExitCode.noInput.rawValue)
        #expect(try run(["peer", "ping", "munich"], on: berlin).1 == ExitCode.failed.rawValue)
        for site in sites { site.terminate() }
    }

    @Test("A restored journal begins a new incarnation, which a start without it demands")
    func restored() throws {
        let folder = try SiteFolder("restored")
        defer { folder.remove() }
        let first = try RunningSite(folder, binary: Program.executable.path)
        try first.waitUntilReady()
        let backup = "\(folder.path)/backup.sqlite"
        #expect(try run(["journal", "backup", backup], on: folder).1 == 0)
        #expect(try run(["journal", "restored"], on: folder).1 == ExitCode.ioError.rawValue, "a site runs on it")
        let caller = try Caller(folder)
        #expect(try caller.perform(caller.contact(key: "k", from: "+491", text: "Hallo")).status == 202)
        first.terminate()
        let before = try Files.read("\(folder.dataPath)/incarnation")

        for file in try FileManager.default.contentsOfDirectory(atPath: folder.dataPath)
        where file.hasPrefix("journal.sqlite") {
            try FileManager.default.removeItem(atPath: "\(folder.dataPath)/\(file)")
        }
        try FileManager.default.copyItem(atPath: backup, toPath: "\(folder.dataPath)/journal.sqlite")
        let refused = try run(["serve"], on: folder)
        #expect(refused.1 == ExitCode.noPermission.rawValue)
        #expect(refused.0.contains("interflow journal restored"))
        #expect(try run(["journal", "restored"], on: folder).1 == 0)
        #expect(try Files.read("\(folder.dataPath)/incarnation") != before)
        let again = try RunningSite(folder, binary: Program.executable.path)
        try again.waitUntilReady()
        again.terminate()
    }
}
