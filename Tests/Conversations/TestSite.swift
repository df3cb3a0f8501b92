import Foundation
import HTTP
import JSON
import Journal
import Support

/// The debug build's own interflow, in a folder of its own, with somebody to call it.
final class TestSite: Sendable {
    let folder: SiteFolder
    let caller: Caller
    private let running: Monitor<RunningSite>
    private let environment: [String: String]

    /// The binary beside the test bundle.
    static let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("interflow").path

    /// Starts a site and waits until it is ready.
    convenience init(options: SiteFolder.Options = .init(), environment: [String: String] = [:]) throws {
        try self.init(folder: SiteFolder("conversation", options: options), environment: environment)
    }

    init(folder: SiteFolder, environment: [String: String] = [:]) throws {
        self.folder = folder
        self.environment = environment
        caller = try Caller(folder)
        running = Monitor(try RunningSite(folder, binary: Self.binary, environment: environment))
        try process.waitUntilReady()
    }

    deinit {
        process.process.kill9()
        folder.remove()
    }

    var process: RunningSite { running.with { $0 } }

    enum Way: Sendable, CaseIterable {
        case politely, byKilling
    }

    func stop(_ way: Way) {
        switch way {
        case .politely: process.terminate()
        case .byKilling: process.process.kill9()
        }
    }

    /// Ends the process and starts another on the same folder.
    func restart(_ way: Way = .politely, environment: [String: String]? = nil) throws {
        stop(way)
        let next = try RunningSite(folder, binary: Self.binary, environment: environment ?? self.environment)
        running.with { $0 = next }
        try next.waitUntilReady()
    }

    /// An agent who has signed in and is available; waits for the welcome.
    func desk(_ agent: String, last: Int64? = nil) throws -> Desk {
        let desk = try Desk(folder, agent: agent, last: last)
        _ = try desk.welcome()
        guard desk.ask(["type": "status", "id": "ready", "status": "available"])?["ok"] == true else {
            throw Failure("\(agent) cannot become available")
        }
        return desk
    }

    /// Brings a text in and has `agent` accept it. Gives the desk and the interaction's number.
    func acceptedText(by agent: String, from: String = "+4915112345678", text: String = "Hallo") throws -> (
        desk: Desk, interaction: Int64
    ) {
        let desk = try desk(agent)
        let answer = try caller.perform(caller.text(sid: Self.sid(), from: from, text: text))
        guard answer.status == 200, let offer = desk.event("offer"),
            let interaction = offer["interaction"]?.integerValue,
            let number = offer["offer"]
        else { throw Failure("no offer came: \(answer.status) \(answer.text)") }
        guard desk.ask(["type": "accept", "id": "accept", "offer": number])?["ok"] == true else {
            throw Failure("the offer could not be accepted")
        }
        return (desk, interaction)
    }

    /// A message's name as the provider gives it; never the same twice.
    static func sid() -> String {
        let digits = UUID().uuidString.lowercased().filter { $0 != "-" }
        return "SM\(digits)"
    }

    /// Journal keys of one text.
    func stored(_ key: String) throws -> Int { try folder.entries().count { $0.key == key } }
}

extension Caller.Answer {
    /// The paths of the fields a 400 complains about.
    var faultyFields: [String] {
        (json?["errors"]?.arrayValue ?? []).compactMap { $0["field"]?.stringValue }
    }
}
