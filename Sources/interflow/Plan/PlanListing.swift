import HTTP
import InteractionModel
import JSON
import Routing
import Site

/// What a running site says of its plans.
struct PlanListing {
    private let access: SiteAccess
    private let isJSON: Bool

    init(_ invocation: Invocation) throws {
        access = try SiteAccess(invocation, identity: "admin")
        isJSON = invocation.has("json")
    }

    func list() throws -> ExitCode {
        let body = try get("/v1/plans")
        if isJSON {
            Terminal.say(String(decoding: body, as: UTF8.self))
            return .ok
        }
        let answer = (try? JSONValue.parse(body, limits: JSONLimits(maxBytes: 16 << 20))) ?? .null
        let plans = answer["plans"]?.arrayValue ?? []
        for (index, plan) in plans.enumerated() { Terminal.say(Self.line(plan, isActive: index == 0)) }
        if plans.isEmpty {
            Terminal.say("\(answer["active"]?.stringValue ?? "none") is active; no earlier activation is recorded")
        }
        return .ok
    }

    /// `* p-… 2026-11-22 00:41:07 by ana: 1 queue changed (more people for billing)`.
    static func line(_ plan: JSONValue, isActive: Bool) -> String {
        let at = WallTime(Timestamp(milliseconds: plan["at"]?.integerValue ?? 0)).rfc3339
        let comment = plan["comment"]?.stringValue.map { " (\($0))" } ?? ""
        return TerminalText.safe(
            "\(isActive ? "*" : " ") \(plan["version"]?.stringValue ?? "?") \(at) by \(plan["by"]?.stringValue ?? "?"): "
                + "\(plan["change"]?.stringValue ?? "")\(comment)")
    }

    func show(_ version: String?) throws -> ExitCode {
        Terminal.say(String(decoding: try get(Self.target(version ?? "active")), as: UTF8.self))
        return .ok
    }

    /// A plan the site holds: `active`, `previous`, or a version.
    func plan(_ name: String) throws -> Plan {
        var reader = JSONReader(try get(Self.target(name)), limits: JSONLimits(maxBytes: 64 << 20))
        do {
            return try Plan(from: &reader)
        } catch {
            throw CommandFailure(.data, "the site's plan could not be understood: \(TerminalText.safe("\(error)"))")
        }
    }

    private static func target(_ name: String) -> String {
        name == "active" ? "/v1/plan" : "/v1/plans/\(PercentEncoding.encode(name))"
    }

    private func get(_ target: String) throws -> [UInt8] {
        let response = try access.perform(access.request("GET", target))
        guard response.status == 200 else { throw access.refusal(response) }
        return response.body
    }
}
