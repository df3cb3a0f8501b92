import Glibc
import JSON
import Journal
import Support
import Testing

@Suite("Coming back from a backup", .serialized)
struct RestoreTests {
    @Test("A site whose disk was lost comes back from its backup: nothing is owned twice, nor lost that peers know")
    func restored() throws {
        let network = try TestNetwork(["berlin", "munich"], after: nil)
        let berlin = network["berlin"]
        let given = try network.text(to: "berlin", from: "+49151111", "vor der Sicherung, dann nach München")
        let kept = try network.text(to: "berlin", from: "+49151222", "vor der Sicherung, und noch da")
        let backup = "\(berlin.folder.path)/backup.sqlite"
        try Self.interflow("journal", "backup", backup, "--data", berlin.folder.dataPath)

        // The life that will be lost gives a contact away and takes one.
        try Self.handOver(given, from: "berlin", to: "munich", in: network)
        let taken = try network.text(to: "munich", from: "+49151333", "nach der Sicherung, nach Berlin")
        try Self.handOver(taken, from: "munich", to: "berlin", in: network)
        let lost = try network.text(to: "berlin", from: "+49151444", "nach der Sicherung, und niemand weiß es")
        berlin.stop(.byKilling)
        let journal = "\(berlin.folder.dataPath)/\(SQLiteJournal.fileName)"
        for ending in ["", "-wal", "-shm"] { unlink(journal + ending) }
        #expect(rename(backup, journal) == 0)
        try Self.interflow("journal", "restored", "--data", berlin.folder.dataPath)

        // Munich is away: nothing of the backup moves, and new customers are served.
        network["munich"].process.process.signal(SIGSTOP)
        try berlin.restart(.byKilling)
        let ben = try berlin.desk("ben")
        let new = try network.text(to: "berlin", from: "+49151555", "neu")
        #expect(new > lost)
        #expect(ben.event("offer")?["content"]?["text"] == "neu")
        let restoration = try berlin.caller.call("GET", "/v1/network", as: "boss").json?["restoration"]
        #expect(restoration?["waitingFor"]?.arrayValue?.first?["name"] == "munich")
        #expect(network.state(of: kept, at: "berlin") == "handing-over")

        network["munich"].process.process.signal(SIGCONT)
        #expect(eventually(within: .seconds(40)) { network.state(of: given, at: "berlin") == "away" })
        let isOver = eventually(within: .seconds(10)) {
            (try? berlin.caller.call("GET", "/v1/network", as: "boss"))?.json?["restoration"] == nil
        }
        #expect(isOver)
        #expect(["queued", "offered"].contains(network.state(of: kept, at: "berlin")))
        let custody = try berlin.caller.call("GET", "/v1/custody/munich-\(taken)", as: "boss").json
        #expect(custody?["state"] == "held")
        let here = try #require(custody?["interaction"]?.integerValue)
        #expect(try network.texts(of: here, at: "berlin") == ["nach der Sicherung, nach Berlin"])
        for name in ["berlin", "munich"] { network[name].stop(.politely) }
        try Self.interflow(
            "prove", "berlin=\(berlin.folder.dataPath)", "munich=\(network["munich"].folder.dataPath)", "--settled")
        try network.check(running: [])
    }

    @Test("A backup that is put back without a word is noticed at the next start, and the start is refused")
    func unannounced() throws {
        let site = try TestSite()
        let backup = "\(site.folder.path)/backup.sqlite"
        try Self.interflow("journal", "backup", backup, "--data", site.folder.dataPath)
        _ = try site.acceptedText(by: "ana")
        site.stop(.politely)
        let journal = "\(site.folder.dataPath)/\(SQLiteJournal.fileName)"
        for ending in ["", "-wal", "-shm"] { unlink(journal + ending) }
        #expect(rename(backup, journal) == 0)
        #expect(throws: Failure.self) { try site.restart() }
        #expect(try Files.read(site.process.process.output).contains("interflow journal restored"))
    }

    private static func handOver(
        _ interaction: Int64, from: String, to: String, in network: TestNetwork
    ) throws {
        let answer = try network[from].caller.call(
            "POST", "/v1/interactions/\(interaction)/hand-over", as: "boss", json: ["site": .string(to)])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(eventually(within: .seconds(10)) { network.state(of: interaction, at: from) == "away" })
    }

    private static func interflow(_ arguments: String...) throws {
        let output = "/tmp/interflow-restore-\(getpid())-output"
        let command = try ChildProcess([TestSite.binary] + arguments, output: output)
        guard command.wait(.seconds(30)) == .exited(0) else {
            throw Failure("\(arguments): \((try? Files.read(output)) ?? "no word")")
        }
    }
}
