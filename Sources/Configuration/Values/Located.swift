/// A value together with where it stands, for checks that only the caller can make: does a queue of this name exist?
package struct Located<Value: Sendable>: Sendable {
    package let value: Value
    package let place: Place

    package init(value: Value, place: Place) {
        self.value = value
        self.place = place
    }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
