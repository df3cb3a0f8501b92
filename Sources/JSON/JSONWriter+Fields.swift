/// A member's name and value in one call. An optional that is nil writes nothing at all.
extension JSONWriter {
    package mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    package mutating func field(_ name: StaticString, _ value: Int64) {
        key(name)
        integer(value)
    }

    package mutating func field(_ name: StaticString, _ value: Int) {
        key(name)
        integer(Int64(value))
    }

    package mutating func field(_ name: StaticString, _ value: UInt64) {
        key(name)
        unsigned(value)
    }

    package mutating func field(_ name: StaticString, _ value: Double) {
        key(name)
        double(value)
    }

    package mutating func field(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    package mutating func field(_ name: StaticString, _ value: JSONValue) {
        key(name)
        self.value(value)
    }

    /// An array of strings.
    package mutating func field(_ name: StaticString, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// An array of whole numbers.
    package mutating func field(_ name: StaticString, _ values: [Int64]) {
        key(name)
        beginArray()
        for value in values { integer(value) }
        endArray()
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: String?) {
        if let value { field(name, value) }
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: Int64?) {
        if let value { field(name, value) }
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: Int?) {
        if let value { field(name, value) }
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: UInt64?) {
        if let value { field(name, value) }
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: Double?) {
        if let value { field(name, value) }
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: Bool?) {
        if let value { field(name, value) }
    }
}
