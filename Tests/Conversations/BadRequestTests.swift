import HTTP
import JSON
import Journal
import Support
import Testing

@Suite("Bad requests")
struct BadRequestTests {
    private static let members = #""channel":"callback","from":"a","to":"b""#

    /// Bodies, and the fields that the answer must name.
    private static let bodies: [(String, [String])] = [
        ("", ["$"]), ("[]", ["$", "$.channel", "$.from", "$.to"]), ("{", ["$"]), ("{\(members),}", ["$.to"]),
        ("{\(members)} x", ["$"]),
        ("{}", ["$.channel", "$.from", "$.to"]), ("{\(members),\"from\":\"c\"}", ["$.from"]),
        ("{\(members),\"text\":\"\\ud800\"}", ["$.text"]), ("{\(members),\"text\":\"\\udc00\\ud800\"}", ["$.text"]),
        ("{\(members),\"text\":1}", ["$.text"]), ("{\(members),\"color\":\"red\"}", ["$.color"]),
        ("{\(members),\"headStartSeconds\":1e400}", ["$.headStartSeconds"]),
        ("{\(members),\"headStartSeconds\":86401}", ["$.headStartSeconds"]),
        ("{\(members),\"occurredAt\":99999999999999999999}", ["$.occurredAt"]),
        ("{\(members),\"queue\":\"\\u0000\"}", ["$.queue"]), ("{\(members),\"language\":\"d\\u00eb\"}", ["$.language"]),
        ("{\(members),\"skills\":{\"german\":11}}", ["$.skills"]),
        ("{\(members),\"attributes\":{\"a\":{\"b\":1}}}", ["$.attributes"]),
        ("{\(members),\"attributes\":{\"a\":\"1\",\"a\":\"2\"}}", ["$.attributes.a"]),
        ("{\"channel\":\"\",\"from\":\"\",\"to\":\"\"}", ["$.channel", "$.from", "$.to"]),
        ("{\"channel\":null,\"from\":\"a\",\"to\":\"b\"}", ["$.channel"]),
    ]

    @Test("A body that is not what the document says is 400 and names every field that is wrong")
    func bodies() throws {
        let site = try TestSite()
        for (body, fields) in Self.bodies {
            let answer = try site.caller.call(
                "POST", "/v1/interactions", as: "shop", headers: [ClientField("Idempotency-Key", "k")],
                body: Array(body.utf8))
            #expect(answer.status == 400, "\(body)")
            #expect(answer.faultyFields == fields, "\(body): \(answer.text)")
        }
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        let tooDeep = try site.caller.call(
            "POST", "/v1/interactions", as: "shop", headers: [ClientField("Idempotency-Key", "k")],
            body: Array("{\(Self.members),\"attributes\":\(deep)}".utf8))
        #expect(tooDeep.status == 400)
        #expect(tooDeep.faultyFields.first?.hasPrefix("$.attributes") == true, "\(tooDeep.text)")
        #expect(try site.folder.entries().filter { $0.type == "contact.received" } == [])
    }

    @Test(
        "A key that is missing, too long or not printable is 400",
        arguments: ["", "a b", String(repeating: "k", count: 129)])
    func keys(_ key: String) throws {
        let site = try TestSite()
        let body = Array("{\(Self.members)}".utf8)
        let headers = key.isEmpty ? [] : [ClientField("Idempotency-Key", key)]
        let answer = try site.caller.call("POST", "/v1/interactions", as: "shop", headers: headers, body: body)
        #expect(answer.status == 400)
        #expect(answer.faultyFields == ["Idempotency-Key"])
    }

    @Test("A body over its bound is 413", arguments: [("/v1/interactions", 1 << 20), ("/hooks/sms/main", 64 << 10)])
    func sizes(_ path: String, _ bound: Int) throws {
        let site = try TestSite()
        let over = [UInt8](repeating: UInt8(ascii: " "), count: bound + 1)
        #expect(try site.caller.call("POST", path, as: "shop", body: over).status == 413)
        #expect(try site.caller.call("POST", path, as: "shop", body: over.dropLast()).status != 413)
    }

    @Test("A webhook without a right signature is turned away and leaves nothing")
    func signatures() throws {
        let site = try TestSite()
        let good = site.caller.text(sid: TestSite.sid(), from: "+491", text: "Hallo")
        var unsigned = good
        unsigned.headers = []
        #expect(try site.caller.perform(unsigned).status == 401)
        guard case .bytes(let bytes, let contentType) = good.body else { return }
        for place in [0, bytes.count / 2, bytes.count - 1] {
            var changed = bytes
            changed[place] ^= 1
            var request = good
            request.body = .bytes(changed, contentType: contentType)
            #expect([400, 401].contains(try site.caller.perform(request).status))
        }
        #expect(try site.folder.entries().filter { $0.type == "contact.received" } == [])
        #expect(try site.caller.perform(good).status == 200)
    }
}
