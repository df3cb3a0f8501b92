/// A type that a member of a request body can be asked for as.
package protocol JSONReadable {
    /// What the value must be, for the complaint when it is not.
    static var jsonKind: JSONKind { get }
    /// The value, or nil when it is of another kind or out of the type's range.
    init?(_ value: JSONValue)
}

extension String: JSONReadable {
    package static var jsonKind: JSONKind { .string }
    package init?(_ value: JSONValue) {
        guard let text = value.stringValue else { return nil }
        self = text
    }
}

extension Int64: JSONReadable {
    package static var jsonKind: JSONKind { .integer }
    package init?(_ value: JSONValue) {
        guard let number = value.integerValue else { return nil }
        self = number
    }
}

extension Int: JSONReadable {
    package static var jsonKind: JSONKind { .integer }
    package init?(_ value: JSONValue) {
        guard let number = value.integerValue else { return nil }
        self.init(exactly: number)
    }
}

extension Double: JSONReadable {
    package static var jsonKind: JSONKind { .number }
    package init?(_ value: JSONValue) {
        guard let number = value.doubleValue else { return nil }
        self = number
    }
}

extension Bool: JSONReadable {
    package static var jsonKind: JSONKind { .bool }
    package init?(_ value: JSONValue) {
        guard let truth = value.boolValue else { return nil }
        self = truth
    }
}

extension JSONObject: JSONReadable {
    package static var jsonKind: JSONKind { .object }
    package init?(_ value: JSONValue) {
        guard let object = value.objectValue else { return nil }
        self = object
    }
}

extension [JSONValue]: JSONReadable {
    package static var jsonKind: JSONKind { .array }
    package init?(_ value: JSONValue) {
        guard let elements = value.arrayValue else { return nil }
        self = elements
    }
}
