/// The keys of a section in the order in which sample and reference page show them.
package struct KeyList: Sendable, ExpressibleByArrayLiteral {
    let keys: [any DeclaredKey]
    let declarations: [KeyDeclaration]

    package init(_ keys: [any DeclaredKey]) {
        self.keys = keys
        declarations = keys.map(\.declaration)
        let names = declarations.map(\.name)
        precondition(Set(names).count == names.count, "A section declares every key once: \(names)")
    }

    package init(arrayLiteral keys: any DeclaredKey...) {
        self.init(keys)
    }

    package static func + (one: KeyList, other: KeyList) -> KeyList { KeyList(one.keys + other.keys) }

    package var names: [String] { declarations.map(\.name) }
}
