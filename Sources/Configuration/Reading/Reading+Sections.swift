extension Reading {
    /// Reads every declared key, complains about every other, lets the section judge pairs, and only then builds it.
    mutating func section<Section: ConfigurationSection>(
        _ type: Section.Type, from node: ConfigurationNode, besides selector: String? = nil
    ) -> Sound<Section>? {
        guard let entries = entries(node, expecting: .section(type.keys)) else { return nil }
        complainAboutUnknown(entries, declared: type.keys.names + (selector.map { [$0] } ?? []))
        var section = SectionReader(entries: entries, place: node.place, files: files)
        var shown: [Shown.Entry] = []
        for key in type.keys.keys {
            let name = key.declaration.name
            guard let value = key.read(section.entry(name), of: node.place, into: &self) else { continue }
            section.take(value, named: name)
            shown.append(.init(name, value.shown, isPreset: !value.isGiven))
        }
        type.check(&section)
        complaints += section.complaints
        guard section.complaints.isEmpty, shown.count == type.keys.keys.count else { return nil }
        return Sound(value: type.init(reading: section), shown: .mapping(shown))
    }

    mutating func chosenSection(by selector: String, from node: ConfigurationNode) -> Sound<ChosenSection>? {
        guard let entries = entries(node, expecting: .chosen(by: selector)) else { return nil }
        let names = catalog.choices.map(\.name)
        let list = "one of \(names.joined(separator: ", "))"
        guard let entry = entries.first(where: { $0.name == selector }) else {
            complaints.append(Complaint(at: node.place.stepping(to: selector), "is missing", hint: "give it \(list)"))
            return nil
        }
        guard let choice = scalar(entry.value, expecting: list) else { return nil }
        guard let type = catalog.section(named: choice) else {
            let reason = "must be \(list), not \(Printable.quoted(choice))"
            let hint = NearestName.question(choice, among: names)
            complaints.append(Complaint(at: entry.value.place, reason, hint: hint))
            return nil
        }
        return chosenSection(type, choice: choice, by: selector, from: node)
    }

    private mutating func chosenSection<Section: ConfigurationSection>(
        _ type: Section.Type, choice: String, by selector: String, from node: ConfigurationNode
    ) -> Sound<ChosenSection>? {
        precondition(
            !type.keys.names.contains(selector), "\(type) must not declare `\(selector)`: it picks the section.")
        guard let sound = section(type, from: node, besides: selector), case .mapping(let shown) = sound.shown else {
            return nil
        }
        return Sound(
            value: ChosenSection(choice: choice, section: sound.value),
            shown: .mapping([.init(selector, .scalar(choice))] + shown))
    }

    private mutating func complainAboutUnknown(_ entries: [ConfigurationNode.Entry], declared names: [String]) {
        let given = Set(entries.map(\.name))  // Looked up only.
        let missing = names.filter { !given.contains($0) }  // Nobody means a key that already stands there.
        let everyKey = "keys here are \(names.joined(separator: ", "))"
        for (index, entry) in entries.filter({ !names.contains($0.name) }).enumerated() {
            // Entries are in file order: those past the bound are counted, never listed, so nobody reads their hint.
            let isListed = index < ConfigurationLimits.complaintsMax
            let hint = isListed ? NearestName.question(entry.name, among: missing) ?? everyKey : nil
            complaints.append(Complaint(at: entry.place, "unknown key", hint: hint))
        }
    }
}
