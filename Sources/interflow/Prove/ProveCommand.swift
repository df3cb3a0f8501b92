import Federation
import Glibc
import InteractionModel
import Journal
import Site

/// Whether the journals of all sites prove that each contact had exactly one custodian.
enum ProveCommand {
    static let command = Command(
        name: "prove", summary: "Prove from all sites' journals that each contact had one owner",
        description: [
            "Reads the journal of every site, verifies it (numbers, chains, checksums), follows each contact from site to site by its "
                + "epochs, and names every contact that two sites had at once, that nobody has, whose epoch was taken and refused, "
                + "or that an agent got where it was not held. Sites' clocks are not compared.",
            "It only reads, so sites may work meanwhile: what moves while it reads is looked up again at the end. Give it the journals "
                + "of all sites; a contact that went through a site whose journal is missing stays open.",
            "A JOURNAL is a site's folder or configuration (its name and data folder come from there), a folder of such folders, or "
                + "NAME=FOLDER for a data folder, such as a restored copy.",
        ],
        options: [
            .init(name: "contact", value: "CONTACT", summary: "Draw this contact's way, such as berlin-42."),
            .init(name: "settled", summary: "Offers in doubt at the end count as wrong: for networks at rest."),
            .init(name: "findings", value: "N", summary: "Print so many findings; \(findingsUsual) unless told."),
        ],
        operands: [
            .init(name: "JOURNAL", isRest: true, summary: "The sites: folders, configurations, or NAME=FOLDER.")
        ],
        exits: [
            (.ok, "proven"), (.failed, "something is wrong: a finding, or a damaged journal"),
            (.noInput, "there is no journal"), (.ioError, "a journal cannot be read"),
        ],
        examples: [
            "interflow prove berlin/ munich/ hamburg/", "interflow prove berlin=/backup/berlin munich=/backup/munich",
            "interflow prove network/ --contact berlin-42",
        ], run: run)

    static let findingsUsual = 20

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        signal(SIGPIPE, SIG_DFL)
        let contact = try invocation["contact"].map { text in
            guard let contact = ContactID(text) else {
                throw CommandFailure(.usage, "--contact needs a contact with its home, such as berlin-42")
            }
            return contact
        }
        let findingsMax = try invocation.integer("findings", in: 0...CustodyProof.Report.findingsMax) ?? findingsUsual
        let sites = try ProvenSite.all(invocation.operands)
        var run = try ProofRun(sites, watching: contact)
        defer { run.close() }
        do {
            let isWhole = try run.read()
            let report = run.conclude()
            if let contact { Terminal.say(run.drawing(of: contact).map(TerminalText.safe).joined(separator: "\n")) }
            let isProven = report.isProven && (report.inDoubt == 0 || !invocation.has("settled"))
            tell(report, sites.count, findingsMax)
            Terminal.say(verdict(isProven: isProven, isWhole: isWhole, report))
            return isProven && isWhole ? .ok : .failed
        } catch let failure as JournalFailure {
            throw CommandFailure(.ioError, "a journal cannot be read: \(TerminalText.safe(failure.description))")
        }
    }

    private static func tell(_ report: CustodyProof.Report, _ sites: Int, _ findingsMax: Int) {
        for finding in report.findings.prefix(findingsMax) {
            Terminal.say(TerminalText.safe((finding.isWrong ? "WRONG " : "open  ") + finding.description))
        }
        let rest = report.wrong + report.open - min(findingsMax, report.findings.count)
        if rest > 0 { Terminal.say("and \(rest) more findings") }
        Terminal.say(
            "\(report.contacts) contacts at \(sites) sites; \(report.moved) moved, \(report.taken) epochs taken, "
                + "\(report.refused) refused; \(report.closed) closed, \(report.contacts - report.closed) open")
    }

    private static func verdict(isProven: Bool, isWhole: Bool, _ report: CustodyProof.Report) -> String {
        guard isWhole else { return "NOT PROVEN: a journal is damaged" }
        guard isProven else {
            return report.wrong > 0
                ? "NOT PROVEN: \(report.wrong) findings" : "NOT SETTLED: \(report.inDoubt) offers in doubt"
        }
        guard report.open > 0 else { return "proven: every contact had exactly one owner throughout" }
        return "nothing is wrong, and \(report.open) points are open: proven but for those"
    }
}
