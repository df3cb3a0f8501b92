import Testing

@testable import Site

@Suite struct RouterTests {
    static let cases: [(String, String, [String]?)] = [
        ("/livez", "/livez", []), ("/livez", "/livez/", nil), ("/livez", "/Livez", nil),
        ("/v1/interactions/{id}", "/v1/interactions/42", ["42"]), ("/v1/interactions/{id}", "/v1/interactions/", nil),
        ("/v1/interactions/{id}", "/v1/interactions/42/x", nil), ("/v1/interactions/{id}", "/v1/interactions", nil),
        ("/v1/interactions/{id}", "/v1/interactions/..%2f", ["..%2f"]),
    ]

    @Test("A path has the form of a template segment by segment", arguments: cases)
    func matches(template: String, path: String, arguments: [String]?) {
        #expect(Router.match(template, path) == arguments)
    }
}
