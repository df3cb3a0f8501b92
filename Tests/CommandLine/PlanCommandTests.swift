import Foundation
import Testing

@testable import interflow

@Suite struct PlanCommandTests {
    private static let plan = """
        skills: [german]
        queues:
          support: { skills: { german: 1 }, offerTimeout: 15s }
        defaultQueue: support
        agents:
          ana: { skills: { german: 3 }, capacity: { sms: 3 } }
          dora: { skills: { german: 2 }, capacity: { sms: 1 } }
        """

    private func write(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "plan-\(UUID().uuidString).yaml"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    @Test("A plan is compared, activated, listed and taken back on a running site")
    func life() throws {
        let site = try SampleSite()
        let plan = try write(Self.plan)
        let diff = try site.run("plan", "diff", "active", plan, "--live")
        #expect(diff.code == 1 && diff.text.contains("~ queues.support.offerTimeout: 20s → 15s"), "\(diff.text)")
        #expect(diff.text.contains("- queues.billing") && diff.text.contains("at once: nothing moves"))
        let active = try #require(diff.text.split(separator: " ").dropFirst().first)
        let done = try site.run("plan", "activate", plan, "--if-active", String(active), "--comment", "fewer words")
        #expect(done.code == 0 && done.text.contains("is active (before: \(active)): 1 queue fewer"), "\(done.text)")
        #expect(done.text.contains("one agent of this plan without an identity cannot sign in: dora"))
        let late = try site.run("plan", "activate", plan, "--if-active", String(active))
        #expect(late.code == 1 && late.text.contains("nothing was changed"), "\(late.text)")
        let list = try site.run("plan", "list").text.split(separator: "\n")
        #expect(list.count == 2 && list[0].hasPrefix("* p-") && list[0].hasSuffix("(fewer words)"), "\(list)")
        let log = try site.run("log", "--type", "plan").text
        #expect(log.contains("by admin: 1 queue fewer") && log.contains("(fewer words)"), "\(log)")
        let back = try site.run("plan", "rollback")
        #expect(back.code == 0 && back.text.contains("plan \(active) is active"), "\(back.text)")
        #expect(try site.run("plan", "diff", "previous", plan).code == 0)
        #expect(try site.run("plan", "activate").text.contains("is active already"))
    }

    @Test("A check tells mistakes and doubts with their lines, for people and for machines")
    func check() throws {
        let doubtful = try write(Self.plan.replacingOccurrences(of: "15s", with: "90s"))
        let warned = try Program.run(["plan", "check", doubtful])
        #expect(
            warned.code == 0 && warned.text.contains(":3:37: queues.support.offerTimeout: is 90s"), "\(warned.text)")
        #expect(try Program.run(["plan", "check", "--strict", doubtful]).code == 1)
        let wrong = try write(Self.plan.replacingOccurrences(of: "defaultQueue: support", with: "defaultQueue: suport"))
        let refused = try Program.run(["plan", "check", wrong])
        #expect(
            refused.code == 78 && refused.text.contains(":4:15: defaultQueue: names the queue suport"),
            "\(refused.text)")
        let json = try Program.run(["plan", "check", "--json", wrong])
        #expect(
            json.code == 78 && json.text.contains(#""hint":"did you mean support?","line":4,"column":15"#),
            "\(json.text)")
        #expect(try Program.run(["plan", "check", "/nowhere.yaml"]).code == 66)
        #expect(try Program.run(["plan", "dance"]).code == 64)
    }
}
