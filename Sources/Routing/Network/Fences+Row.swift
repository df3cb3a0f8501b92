import Federation
import InteractionModel
import JSON

/// As members of the site's row.
extension Fences {
    func writeMembers(to writer: inout JSONWriter) {
        if restorations > 0 { writer.field("restorations", restorations) }
        guard !recorded.isEmpty else { return }
        writer.key("fences")
        writer.array(recorded) { fence, writer in
            writer.beginObject()
            writer.field("site", fence.site.rawValue)
            writer.field("incarnation", fence.incarnation)
            writer.endObject()
        }
    }

    init(_ members: JSONObject) {
        var incarnations: [SiteName: Int64] = [:]
        for value in members["fences"]?.arrayValue ?? [] {
            guard let site = value["site"]?.stringValue else { continue }
            incarnations[SiteName(site)] = value["incarnation"]?.integerValue
        }
        self.init(incarnations: incarnations, restorations: members["restorations"]?.integerValue ?? 0)
    }
}
