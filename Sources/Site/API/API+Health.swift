import HTTP
import JSON

extension API {
    var healthOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/livez", access: .anyone, id: "live",
                summary: "Whether the process answers. Never depends on disk, database or peers.",
                responses: [(200, "It does.", Schemas.checks)],
                perform: { $0.answer(200, json: Array(#"{"status":"ok"}"#.utf8)) }),
            Operation(
                method: .get, path: "/readyz", access: .anyone, id: "ready",
                summary: "Whether the site takes work now, check by check.",
                responses: [
                    (200, "Every check passes.", Schemas.checks), (503, "At least one does not.", Schemas.checks),
                ], perform: ready),
        ]
    }

    private func ready(_ call: Call) {
        let checks = health.checks
        let isReady = checks.allSatisfy { $0.fault == nil }
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("status", isReady ? "ok" : "not-ready")
        writer.key("checks")
        writer.beginArray()
        for check in checks {
            writer.beginObject()
            writer.field("name", check.name)
            writer.field("ok", check.fault == nil)
            writer.field("reason", check.fault)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        call.answer(
            isReady ? 200 : 503, json: writer.bytes, headers: isReady ? [] : [HTTPField("Retry-After", "5")])
    }
}
