import HTTP
import JSON
import Site
import Support
import Testing

@Suite("Who may do what")
struct AccessTests {
    struct Operation {
        var method: String
        var path: String
        /// Nil: for anyone.
        var roles: [String]?
        /// Only for sites that sign their requests: no token lets anybody in.
        var isForPeers: Bool
        var statuses: [String]
    }

    private func operations(_ site: TestSite) throws -> [Operation] {
        let document = try #require(try site.caller.call("GET", "/openapi.json").json)
        var operations: [Operation] = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for method in path.value.objectValue?.members ?? [] {
                let roles = method.value["x-roles"]?.arrayValue?.compactMap(\.stringValue)
                operations.append(
                    Operation(
                        method: method.name.uppercased(), path: path.name, roles: roles,
                        isForPeers: method.value["security"]?.arrayValue?.first?["peerSignature"] != nil,
                        statuses: method.value["responses"]?.objectValue?.names ?? []))
            }
        }
        return operations
    }

    /// The path with something in place of each parameter.
    private static func filled(_ template: String) -> String {
        template.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix("{") ? "1" : $0 }
            .joined(separator: "/")
    }

    /// The status of one call; of a stream the one it begins with.
    private func status(
        _ site: TestSite, _ operation: Operation, as identity: String? = nil, token: String? = nil
    ) throws -> Int {
        let path = Self.filled(operation.path)
        let body = operation.method == "POST" ? Array(#"{"channel":"callback","from":"a","to":"b"}"#.utf8) : nil
        var request = site.caller.request(
            operation.method, path, as: identity, token: token,
            headers: operation.method == "POST" ? [ClientField("Idempotency-Key", "\(identity ?? "x")")] : [],
            body: body)
        if path.hasSuffix("/stream") { request.deadline = .milliseconds(1500) }
        do throws(ClientFailure) {
            return try site.caller.perform(request).status
        } catch {
            guard let status = error.status else { throw error }
            return status
        }
    }

    @Test("Every operation answers every role, a stranger and a wrong token as the document says")
    func table() throws {
        let site = try TestSite()
        let operations = try operations(site)
        #expect(operations.count >= 12)
        var cells = 0
        for operation in operations {
            let name = "\(operation.method) \(operation.path)"
            let stranger = try status(site, operation)
            let wrong = try status(site, operation, token: "ifl_" + String(repeating: "0", count: 64))
            cells += 2
            if operation.isForPeers {
                #expect(stranger == 401 && wrong == 401, "\(name): \(stranger), \(wrong)")
            } else if operation.roles == nil {
                #expect(stranger < 400 && wrong < 400, "\(name): \(stranger), \(wrong)")
            } else {
                #expect(stranger == 401 && wrong == 401, "\(name): \(stranger), \(wrong)")
            }
            for identity in SiteFolder.roles where identity.name != "ben" && identity.name != "cem" {
                let given = try status(site, operation, as: identity.name)
                cells += 1
                if operation.isForPeers {
                    #expect(given == 401, "\(name) as \(identity.role)")
                } else if let roles = operation.roles, !roles.contains(identity.role.rawValue) {
                    #expect(given == 403, "\(name) as \(identity.role)")
                } else {
                    #expect(given != 401 && given != 403 && given < 500, "\(name) as \(identity.role): \(given)")
                    #expect(operation.statuses.contains("\(given)"), "\(name) does not list \(given)")
                }
            }
        }
        #expect(cells == operations.count * 9)
        #expect(operations.count { $0.isForPeers } >= 5)
    }

    @Test("An unknown address is 404, a method that is not served 405 with those that are")
    func routes() throws {
        let site = try TestSite()
        let served = Dictionary(grouping: try operations(site), by: \.path)
        for (template, operations) in served {
            let path = Self.filled(template)
            let methods = Set(operations.map(\.method))
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] where !methods.contains(method) {
                let answer = try site.caller.call(method, path, as: "boss", body: method == "GET" ? nil : [])
                #expect(answer.status == 405, "\(method) \(path)")
            }
        }
        for path in [
            "/v1", "/v1/", "/v1/interactions/", "/v1/interactions/1/2", "/v2/interactions", "/openapi.json/",
            "/hooks/sms/other", "/hooks/", "/v1//interactions", "/V1/interactions",
        ] {
            #expect(try site.caller.call("GET", path, as: "boss").status == 404, "\(path)")
        }
        #expect(try site.caller.call("GET", "/hooks/sms/main").status == 405)
    }

    @Test("An interaction is shown to those it concerns, and its words to fewer")
    func objects() throws {
        let site = try TestSite()
        let (desk, interaction) = try site.acceptedText(by: "ana", text: "geheim")
        _ = desk
        let brought = try site.caller.perform(site.caller.contact(key: "k", from: "+492", text: "geheim"))
        let own = try #require(brought.json?["interaction"]?.integerValue)
        struct Cell: Equatable {
            var status: Int
            var showsWords: Bool
        }
        let gone = Cell(status: 404, showsWords: false)
        let expected: [(name: String, text: Cell, contact: Cell)] = [
            ("ana", Cell(status: 200, showsWords: true), Cell(status: 200, showsWords: true)), ("ben", gone, gone),
            ("boss", Cell(status: 200, showsWords: true), Cell(status: 200, showsWords: true)),
            ("root", Cell(status: 200, showsWords: false), Cell(status: 200, showsWords: false)),
            ("audit", Cell(status: 200, showsWords: false), Cell(status: 200, showsWords: false)),
            ("shop", gone, Cell(status: 200, showsWords: true)),
        ]
        for row in expected {
            for (id, cell) in [(interaction, row.text), (own, row.contact)] {
                let answer = try site.caller.call("GET", "/v1/interactions/\(id)", as: row.name)
                #expect(
                    Cell(status: answer.status, showsWords: answer.text.contains("geheim")) == cell,
                    "\(row.name) \(id)")
            }
        }
        // Withdrawing what is not one's own is not possible either.
        #expect(try site.caller.call("DELETE", "/v1/interactions/\(interaction)", as: "shop").status == 404)
        for path in ["/v1/log", "/metrics", "/v1/agents"] {
            #expect(try !site.caller.call("GET", path, as: "boss").text.contains("geheim"))
        }
    }
}
