/// Why a scenario cannot be simulated: what it asks for and what to write instead.
package struct ScenarioError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
