/// Takes a request body apart and collects everything that is wrong with it, so that one answer names every field.
///
/// ```swift
/// var fields = JSONFields(body)
/// let from = fields.required("from", as: String.self, length: 1...320)
/// let priority = fields.optional("priority", as: Int64.self, in: 0...9) ?? 0
/// let customer = fields.optional("customer") { customer in customer.required("id", as: String.self) }
/// fields.rejectUnknown()
/// guard let from, fields.problems.isEmpty else { return refusal(fields.problems) }
/// ```
///
/// A getter that finds something wrong notes it and returns nil. `null` counts as absent.
package struct JSONFields: Sendable {
    /// At most so many problems are noted; the sender mends those first.
    package static let problemsMax = 32

    /// What is wrong so far, in the order it was found.
    package private(set) var problems: [JSONProblem] = []
    private let object: JSONObject
    private let path: String
    /// The names asked for so far, which are the known ones.
    private var known: [String] = []

    package init(_ object: JSONObject, path: String = "$") {
        self.object = object
        self.path = path
    }

    /// Reads the fields of a whole body. A body that is no object has one problem and no member.
    package init(_ body: JSONValue) {
        self.init(body.objectValue ?? JSONObject())
        if body.objectValue == nil {
            note(JSONError.Reason.wrongType(expected: .object, found: body.kind), at: path)
        }
    }

    /// The member's value; absent or of another type is a problem.
    package mutating func required<Value: JSONReadable>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        guard let value = present(name, required: true) else { return nil }
        return convert(value, name)
    }

    /// The member's value, or nil when it is absent; another type is a problem.
    package mutating func optional<Value: JSONReadable>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        guard let value = present(name, required: false) else { return nil }
        return convert(value, name)
    }

    /// A number within bounds.
    package mutating func required<Value: JSONReadable & Comparable & Sendable>(
        _ name: String, as type: Value.Type = Value.self, in range: ClosedRange<Value>
    ) -> Value? {
        within(range, required(name, as: type), name)
    }

    /// A number within bounds, or nil when it is absent.
    package mutating func optional<Value: JSONReadable & Comparable & Sendable>(
        _ name: String, as type: Value.Type = Value.self, in range: ClosedRange<Value>
    ) -> Value? {
        within(range, optional(name, as: type), name)
    }

    /// A string of so many bytes of UTF-8.
    package mutating func required(
        _ name: String, as type: String.Type = String.self, length: ClosedRange<Int>
    ) -> String? {
        within(length, required(name, as: type), name)
    }

    /// A string of so many bytes of UTF-8, or nil when it is absent.
    package mutating func optional(
        _ name: String, as type: String.Type = String.self, length: ClosedRange<Int>
    ) -> String? {
        within(length, optional(name, as: type), name)
    }

    /// One of a few words, such as the raw values of an enumeration.
    package mutating func required<Choice>(
        _ name: String, as type: Choice.Type = Choice.self
    ) -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
        choice(required(name, as: String.self), name)
    }

    /// One of a few words, or nil when it is absent.
    package mutating func optional<Choice>(
        _ name: String, as type: Choice.Type = Choice.self
    ) -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
        choice(optional(name, as: String.self), name)
    }

    /// An object inside, taken apart by `read`; its problems and unknown members join these.
    package mutating func required<Value>(_ name: String, _ read: (inout JSONFields) -> Value?) -> Value? {
        guard let inner: JSONObject = required(name) else { return nil }
        return descend(into: inner, at: path + JSONPath.member(name), read)
    }

    /// An object inside, or nil when it is absent.
    package mutating func optional<Value>(_ name: String, _ read: (inout JSONFields) -> Value?) -> Value? {
        guard let inner: JSONObject = optional(name) else { return nil }
        return descend(into: inner, at: path + JSONPath.member(name), read)
    }

    /// An array of values of one type; empty when it is absent.
    package mutating func array<Value: JSONReadable>(
        _ name: String, of type: Value.Type = Value.self, countMax: Int
    ) -> [Value] {
        elements(name, countMax).enumerated().compactMap { index, value in
            convert(value, at: path + JSONPath.member(name) + "[\(index)]")
        }
    }

    /// An array of objects, each taken apart by `read`; empty when it is absent.
    package mutating func array<Value>(
        _ name: String, countMax: Int, _ read: (inout JSONFields) -> Value?
    ) -> [Value] {
        elements(name, countMax).enumerated().compactMap { index, value in
            let place = path + JSONPath.member(name) + "[\(index)]"
            guard let inner: JSONObject = convert(value, at: place) else { return nil }
            return descend(into: inner, at: place, read)
        }
    }

    /// The member as it is, whatever it is; for what is passed on unread.
    package mutating func value(_ name: String) -> JSONValue? {
        known.append(name)
        return object[name]
    }

    /// Notes a problem of one's own about a member, such as two that exclude each other.
    package mutating func reject(_ name: String, because reason: String) {
        note(reason, at: path + JSONPath.member(name))
    }

    /// Notes every member nobody asked for, with the known name nearest to it. Call it last.
    package mutating func rejectUnknown() {
        for name in object.names where !known.contains(name) {
            guard problems.count < JSONFields.problemsMax else { return }
            let hint = NearestName.find(name, among: known).map { "; did you mean \(JSONPath.quoted($0))?" } ?? ""
            note("no such member" + hint, at: path + JSONPath.member(name))
        }
    }
}

// MARK: - Helpers

extension JSONFields {
    private mutating func present(_ name: String, required: Bool) -> JSONValue? {
        known.append(name)
        if let value = object[name], value != .null { return value }
        if required { note("is required", at: path + JSONPath.member(name)) }
        return nil
    }

    private mutating func convert<Value: JSONReadable>(_ value: JSONValue, _ name: String) -> Value? {
        convert(value, at: path + JSONPath.member(name))
    }

    private mutating func convert<Value: JSONReadable>(_ value: JSONValue, at place: String) -> Value? {
        if let converted = Value(value) { return converted }
        note(JSONError.Reason.wrongType(expected: Value.jsonKind, found: value.kind), at: place)
        return nil
    }

    private mutating func within<Value: Comparable>(
        _ range: ClosedRange<Value>, _ value: Value?, _ name: String
    ) -> Value? {
        guard let value, !range.contains(value) else { return value }
        reject(name, because: "must be from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    private mutating func within(_ length: ClosedRange<Int>, _ value: String?, _ name: String) -> String? {
        guard let value, !length.contains(value.utf8.count) else { return value }
        reject(
            name,
            because: "must have from \(length.lowerBound) to \(length.upperBound) bytes, has \(value.utf8.count)")
        return nil
    }

    private mutating func choice<Choice>(
        _ word: String?, _ name: String
    ) -> Choice? where Choice: RawRepresentable<String> & CaseIterable {
        guard let word else { return nil }
        if let choice = Choice(rawValue: word) { return choice }
        let words = Choice.allCases.map { JSONPath.quoted($0.rawValue) }.joined(separator: ", ")
        reject(name, because: "must be one of \(words)")
        return nil
    }

    private mutating func elements(_ name: String, _ countMax: Int) -> [JSONValue] {
        guard let elements: [JSONValue] = optional(name) else { return [] }
        guard elements.count <= countMax else {
            reject(name, because: "must have at most \(countMax) elements, has \(elements.count)")
            return []
        }
        return elements
    }

    private mutating func descend<Value>(
        into inner: JSONObject, at place: String, _ read: (inout JSONFields) -> Value?
    ) -> Value? {
        var fields = JSONFields(inner, path: place)
        let value = read(&fields)
        fields.rejectUnknown()
        problems += fields.problems.prefix(JSONFields.problemsMax - problems.count)
        return fields.problems.isEmpty ? value : nil
    }

    private mutating func note(_ reason: JSONError.Reason, at place: String) {
        note(JSONError(offset: 0, path: place, reason: reason).explanation, at: place)
    }

    private mutating func note(_ reason: String, at place: String) {
        guard problems.count < JSONFields.problemsMax else { return }
        problems.append(JSONProblem(path: place, reason: reason))
    }
}
