import JSON
import Testing

@Suite struct JSONFieldsTests {
    private enum Channel: String, CaseIterable { case voice, email }

    @Test("A sound body gives its values and no problem")
    func sound() throws {
        let body: JSONValue = [
            "from": "a@example.org", "priority": 3, "share": 1, "urgent": true, "channel": "email", "note": .null,
            "customer": ["id": "c1"], "skills": ["german", "billing"], "parts": [["size": 1], ["size": 2]],
        ]
        var fields = JSONFields(body)
        #expect(fields.required("from", length: 1...320) == "a@example.org")
        #expect(fields.optional("priority", as: Int64.self, in: 0...9) == 3)
        #expect(fields.required("share", as: Double.self) == 1)
        #expect(fields.required("urgent", as: Bool.self) == true)
        #expect(fields.required("channel", as: Channel.self) == .email)
        #expect(fields.optional("note", as: String.self) == nil)
        #expect(fields.required("customer") { $0.required("id", as: String.self) } == "c1")
        #expect(fields.array("skills", of: String.self, countMax: 4) == ["german", "billing"])
        #expect(fields.array("parts", countMax: 4) { $0.required("size", as: Int.self) } == [1, 2])
        #expect(fields.array("absent", of: String.self, countMax: 4) == [])
        fields.rejectUnknown()
        #expect(fields.problems == [])
    }

    @Test("Everything wrong with a body is named at once, with its place and what would be right")
    func unsound() throws {
        let body: JSONValue = [
            "form": "x", "priority": 10, "share": "1", "channel": "fax", "name": "", "customer": ["id": 7, "idd": 1],
            "skills": ["a", 2], "many": [1, 2, 3], "completely else": 1,
        ]
        var fields = JSONFields(body)
        #expect(fields.required("from", as: String.self) == nil)
        #expect(fields.optional("priority", as: Int64.self, in: 0...9) == nil)
        #expect(fields.required("share", as: Double.self) == nil)
        #expect(fields.required("channel", as: Channel.self) == nil)
        #expect(fields.required("name", length: 1...5) == nil)
        #expect(fields.required("customer") { $0.required("id", as: String.self) } == nil)
        #expect(fields.array("skills", of: String.self, countMax: 4) == ["a"])
        #expect(fields.array("many", of: Int.self, countMax: 2) == [])
        fields.rejectUnknown()
        #expect(
            fields.problems == [
                JSONProblem(path: "$.from", reason: "is required"),
                JSONProblem(path: "$.priority", reason: "must be from 0 to 9"),
                JSONProblem(path: "$.share", reason: "expected a number, found a string"),
                JSONProblem(path: "$.channel", reason: #"must be one of "voice", "email""#),
                JSONProblem(path: "$.name", reason: "must have from 1 to 5 bytes, has 0"),
                JSONProblem(path: "$.customer.id", reason: "expected a string, found a whole number"),
                JSONProblem(path: "$.customer.idd", reason: #"no such member; did you mean "id"?"#),
                JSONProblem(path: "$.skills[1]", reason: "expected a string, found a whole number"),
                JSONProblem(path: "$.many", reason: "must have at most 2 elements, has 3"),
                JSONProblem(path: "$.form", reason: #"no such member; did you mean "from"?"#),
                JSONProblem(path: #"$["completely else"]"#, reason: "no such member"),
            ])
    }

    @Test("A body that is no object has one problem")
    func noObject() {
        #expect(
            JSONFields(JSONValue.array([])).problems == [
                JSONProblem(path: "$", reason: "expected an object, found an array")
            ])
    }

    @Test("Problems end at their bound, however many members are unknown")
    func bound() {
        var object = JSONObject()
        for number in 0..<1000 { object["m\(number)"] = .null }
        var fields = JSONFields(object)
        fields.rejectUnknown()
        #expect(fields.problems.count == JSONFields.problemsMax)
    }
}
