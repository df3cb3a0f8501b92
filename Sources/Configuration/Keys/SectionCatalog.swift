/// The section types that a file may choose among by name: one for each kind of adapter the build speaks.
package struct SectionCatalog: Sendable {
    package struct Choice: Sendable {
        package let name: String
        package let section: any ConfigurationSection.Type

        package init(_ name: String, _ section: any ConfigurationSection.Type) {
            self.name = name
            self.section = section
        }
    }

    /// In the order in which the reference page shows them.
    package let choices: [Choice]

    package init(_ choices: [Choice]) {
        self.choices = choices
    }

    package static let empty = SectionCatalog([])

    func section(named name: String) -> (any ConfigurationSection.Type)? {
        choices.first { $0.name == name }?.section
    }
}

/// A section whose type the file chose.
package struct ChosenSection: Sendable {
    /// The name it has in the catalog.
    package let choice: String
    /// Of the catalog's type for `choice`.
    package let section: any ConfigurationSection
}
