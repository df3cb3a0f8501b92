/// The sample that an operator starts from. A value that is commented out is the default.
package struct SampleFile: Sendable {
    /// What stands in the file without a comment sign.
    package enum Extent: Hashable, Sendable {
        /// Only what must be given; everything else is commented out with its default or an example.
        case required
        /// Every key with its default or an example.
        case everything
    }

    private let extent: Extent
    private let catalog: SectionCatalog

    /// The text for a section; loads without complaint when files are `assumed`.
    package static func text<Section: ConfigurationSection>(
        of section: Section.Type, extent: Extent = .required, catalog: SectionCatalog = .empty
    ) -> String {
        let sample = SampleFile(extent: extent, catalog: catalog)
        return sample.lines(of: section.keys).map { $0 + "\n" }.joined()
    }

    private func lines(of keys: KeyList) -> [String] {
        let blocks = keys.declarations.map(lines(of:))
        return Array(blocks.joined(separator: [""]))
    }

    private func lines(of key: KeyDeclaration) -> [String] {
        let note = Self.note(key)
        let comment = ["# \(key.sentence)" + (note.isEmpty ? "" : " (\(note))")]
        switch key.necessity {
        case .required, .whatItHolds: return comment + assignment(key)
        case .optional, .preset:
            let stands = extent == .everything && !key.staysCommented
            return comment + (stands ? assignment(key) : Indent.commented(assignment(key)))
        }
    }

    private static func note(_ key: KeyDeclaration) -> String {
        switch key.necessity {
        case .required: "required: \(key.shape.text)"
        case .optional: "optional: \(key.shape.text)"
        case .preset: key.shape.text
        case .whatItHolds: ""
        }
    }

    private func assignment(_ key: KeyDeclaration) -> [String] {
        assignment(YAMLText.scalar(key.name), key.shape, example: key.example)
    }

    private func assignment(_ name: String, _ shape: Shape, example: Shown) -> [String] {
        if case .words(_, or: let shape) = shape, !example.isScalar { return assignment(name, shape, example: example) }
        if shape.fitsOneLine { return ["\(name): \(example.inline ?? "")"] }
        return ["\(name):"] + Indent.deeper(block(shape, example: example))
    }

    /// The lines under a key. A section with nothing but comments reads as empty, which is what it is.
    private func block(_ shape: Shape, example: Shown) -> [String] {
        switch shape {
        case .section(let keys): lines(of: keys)
        case .chosen(let selector): choice(by: selector)
        case .list(of: let item, _): Indent.item(block(item, example: example.first))
        case .named(of: let item, _): assignment(example.firstName, item, example: example.first)
        case .scalar, .words: [example.inline ?? ""]
        }
    }

    /// The first section of the catalog stands for all; the reference page has the others.
    private func choice(by selector: String) -> [String] {
        guard let choice = catalog.choices.first else { return [] }
        let names = catalog.choices.map(\.name).joined(separator: ", ")
        let head = ["# Decides which keys follow. (required: one of \(names))", "\(selector): \(choice.name)", ""]
        return head + lines(of: choice.section.keys)
    }
}

extension Shape {
    fileprivate var fitsOneLine: Bool {
        switch self {
        case .scalar, .words: true
        case .list(of: .scalar, _): true
        case .list, .named, .section, .chosen: false
        }
    }
}

extension Shown {
    /// The first item or entry of an example.
    fileprivate var first: Shown {
        switch self {
        case .list(let items): items.first ?? .absent
        case .mapping(let entries): entries.first?.value ?? .absent
        case .scalar, .secret, .absent: .absent
        }
    }

    fileprivate var firstName: String {
        guard case .mapping(let entries) = self, let first = entries.first else { return "example" }
        return YAMLText.scalar(first.name)
    }
}
