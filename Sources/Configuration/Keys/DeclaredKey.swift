/// A key whose value type is forgotten, so that keys of every type stand in one list. `Key` is the only one.
package protocol DeclaredKey: Sendable {
    var declaration: KeyDeclaration { get }
    /// Nil after a complaint.
    func read(_ entry: ConfigurationNode.Entry?, of section: Place, into reading: inout Reading) -> ReadKey?
}

/// What sample and reference page say of a key.
package struct KeyDeclaration: Sendable {
    enum Necessity: Sendable {
        case required
        case optional
        case preset(Shown)
        /// A section that may be left out exactly when every key in it may.
        case whatItHolds
    }

    let name: String
    let sentence: String
    let shape: Shape
    let necessity: Necessity
    let example: Shown
    let staysCommented: Bool
}

/// One key's checked value. `sound` is a `Sound<Value>`, so that an absent optional can be told from no value.
package struct ReadKey: Sendable {
    let sound: any Sendable
    let shown: Shown
    let isGiven: Bool
}
