/// The page of every key there is, in Markdown: made from the declarations, so it cannot say anything else.
package struct ReferencePage: Sendable {
    private let catalog: SectionCatalog

    /// One table for each section, outermost first, in declared order.
    package static func text<Section: ConfigurationSection>(
        of section: Section.Type, title: String, catalog: SectionCatalog = .empty
    ) -> String {
        let page = ReferencePage(catalog: catalog)
        return (["# \(title)", ""] + page.table(section.keys) + page.subsections(of: section.keys, path: ""))
            .map { $0 + "\n" }.joined()
    }

    private func section(_ path: String, _ keys: KeyList) -> [String] {
        ["", "## \(path)", ""] + table(keys) + subsections(of: keys, path: path)
    }

    private func table(_ keys: KeyList) -> [String] {
        ["| key | takes | when left out | meaning |", "| --- | --- | --- | --- |"] + keys.declarations.map(row)
    }

    private func row(_ key: KeyDeclaration) -> String {
        "| `\(key.name)` | \(Self.cell(key.shape.text)) | \(Self.absence(key)) | \(Self.cell(key.sentence)) |"
    }

    private static func absence(_ key: KeyDeclaration) -> String {
        switch key.necessity {
        case .required: "required"
        case .optional: "nothing"
        case .preset(let shown): shown.inline.map { "`\(cell($0))`" } ?? "its defaults"
        case .whatItHolds: "as if empty"
        }
    }

    private func subsections(of keys: KeyList, path: String) -> [String] {
        keys.declarations.flatMap { subsections(of: $0.shape, path: path.isEmpty ? $0.name : "\(path).\($0.name)") }
    }

    private func subsections(of shape: Shape, path: String) -> [String] {
        switch shape {
        case .scalar: []
        case .list(of: let item, _): subsections(of: item, path: "\(path)[]")
        case .named(of: let item, _): subsections(of: item, path: "\(path).NAME")
        case .section(let keys): section(path, keys)
        case .words(_, or: let shape): subsections(of: shape, path: path)
        case .chosen(let selector):
            catalog.choices.flatMap { section("\(path) with \(selector): \($0.name)", $0.section.keys) }
        }
    }

    /// Text that cannot end its cell.
    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
