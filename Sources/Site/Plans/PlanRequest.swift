import HTTP

/// What `POST /v1/plan` asks for. Nil when it contradicts itself.
struct PlanRequest: Sendable, Equatable {
    static let commentBytesMax = 500

    /// The text of a plan; nil when one that is already here is meant.
    var text: [UInt8]?
    /// `file`, `previous`, or a version.
    var from: String?
    var comment: String?
    var isDryRun = false
    var ifMatch: String?

    init?(_ request: HTTPRequest) {
        guard let form = try? Form(request.query ?? "") else { return nil }
        for field in form.pairs {
            switch field.name {
            case "from": from = field.value
            case "comment": comment = field.value.isEmpty ? nil : field.value
            case "dryRun" where field.value == "true": isDryRun = true
            case "dryRun" where field.value == "false": break
            default: return nil
            }
        }
        text = request.body.isEmpty ? nil : request.body
        ifMatch = request.header("if-match").map { $0.split(separator: "\"").first.map(String.init) ?? "" }
        guard (text == nil) != (from == nil), (comment?.utf8.count ?? 0) <= Self.commentBytesMax else { return nil }
    }
}
