import Configuration
import JSON
import Routing
import Site

/// `plan check`: complaints, then warnings, each with its place.
struct PlanChecking {
    private let path: String
    private let isJSON: Bool
    private let isStrict: Bool

    init(_ invocation: Invocation, _ file: String?) throws {
        path = try file ?? ConfigurationLookup.path(invocation)
        isJSON = invocation.has("json")
        isStrict = invocation.has("strict")
    }

    func run() throws -> ExitCode {
        guard isJSON else {
            let text = try PlanCommand.read(path)
            for warning in text.warnings { Terminal.say(Self.line(warning)) }
            let count = text.warnings.count
            Terminal.say(
                "\(TerminalText.safe(path)): \(count == 0 ? "all is well" : "\(count) warning\(count == 1 ? "" : "s")"); "
                    + "plan \(text.plan.version), \(text.plan.queues.count) queues, \(text.plan.agents.count) agents")
            return isStrict && count > 0 ? .failed : .ok
        }
        do throws(ConfigurationError) {
            let text = try PlanText.load(path, catalog: ChannelCatalog.sections)
            print(text, errors: [])
            return isStrict && !text.warnings.isEmpty ? .failed : .ok
        } catch {
            print(nil, errors: error.complaints)
            return .configuration
        }
    }

    static func line(_ warning: PlanText.Warning) -> String {
        TerminalText.safe("warning: \(warning.complaint) [\(warning.code)]")
    }

    private func print(_ text: PlanText?, errors: [Complaint]) {
        var writer = JSONWriter(reservingCapacity: 1024)
        writer.beginObject()
        writer.field("file", path)
        writer.field("version", text?.plan.version)
        writer.field("queues", text?.plan.queues.count)
        writer.field("agents", text?.plan.agents.count)
        writer.key("errors")
        writer.beginArray()
        for complaint in errors { write(complaint, code: nil, to: &writer) }
        writer.endArray()
        writer.key("warnings")
        writer.beginArray()
        for warning in text?.warnings ?? [] { write(warning.complaint, code: warning.code, to: &writer) }
        writer.endArray()
        writer.endObject()
        Terminal.say(String(decoding: writer.bytes, as: UTF8.self))
    }

    private func write(_ complaint: Complaint, code: String?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("code", code)
        writer.field("field", "\(complaint.place.path)")
        writer.field("reason", complaint.reason)
        writer.field("hint", complaint.hint)
        writer.field("line", complaint.place.line)
        writer.field("column", complaint.place.column)
        writer.endObject()
    }
}
