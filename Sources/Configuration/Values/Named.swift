/// An entry of a mapping whose names the operator chose, such as one queue among `queues`.
package struct Named<Value: Sendable>: Sendable {
    package let name: String
    /// Where the name stands.
    package let place: Place
    package let value: Value

    package init(name: String, place: Place, value: Value) {
        self.name = name
        self.place = place
        self.value = value
    }
}

extension Named: Equatable where Value: Equatable {}
extension Named: Hashable where Value: Hashable {}

extension Array {
    /// The entry of that name. Walks the array: for start-up, not for a hot path.
    package func named<Value>(_ name: String) -> Value? where Element == Named<Value> {
        first { $0.name == name }?.value
    }
}
