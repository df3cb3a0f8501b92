extension ValueType {
    /// A list, in file order. A default is `[]` unless the items are scalars.
    package static func list<Item>(of item: ValueType<Item>, count: ClosedRange<Int> = 0...1000) -> ValueType
    where Value == [Item] {
        let shape = Shape.list(of: item.shape, count: count)
        return ValueType(
            shape: shape, example: { .list([item.example($0)]) }, show: { .list($0.map(item.show)) },
            read: { node, reading in
                guard let nodes = reading.items(node, expecting: shape) else { return nil }
                let sound = nodes.map { item.read($0, &reading) }
                guard reading.checkCount(nodes.count, count, at: node.place), !sound.contains(where: { $0 == nil })
                else {
                    return nil
                }
                return Sound(value: sound.compactMap { $0?.value }, shown: .list(sound.compactMap { $0?.shown }))
            })
    }

    /// A mapping whose names the operator chooses, in file order.
    package static func named<Item>(_ item: ValueType<Item>, count: ClosedRange<Int> = 0...10_000) -> ValueType
    where Value == [Named<Item>] {
        let shape = Shape.named(of: item.shape, count: count)
        return ValueType(
            shape: shape, example: { .mapping([.init("example", item.example($0))]) },
            show: { .mapping($0.map { .init($0.name, item.show($0.value)) }) },
            read: { node, reading in
                guard let entries = reading.entries(node, expecting: shape) else { return nil }
                let sound = entries.map { reading.named($0, as: item) }
                guard reading.checkCount(entries.count, count, at: node.place), !sound.contains(where: { $0 == nil })
                else {
                    return nil
                }
                let kept = sound.compactMap { $0 }
                return Sound(
                    value: kept.map(\.value), shown: .mapping(kept.map { .init($0.value.name, $0.shown) }))
            })
    }

    /// The keys of `section`, nested under this one. Left out, it reads as empty: fine when every key has a default.
    package static func section(_ section: Value.Type) -> ValueType where Value: ConfigurationSection {
        ValueType(
            shape: .section(section.keys), example: { _ in .mapping([]) },
            show: { _ in preconditionFailure("A section is no default: give its keys defaults, or the list none.") },
            read: { node, reading in reading.section(section, from: node) }, readsAbsenceAsEmpty: true)
    }

    /// The same value with the place it stands at, for cross references that the caller checks.
    package static func located<Inner>(_ inner: ValueType<Inner>) -> ValueType where Value == Located<Inner> {
        ValueType(
            shape: inner.shape, example: inner.example, show: { inner.show($0.value) },
            read: { node, reading in
                inner.read(node, &reading).map {
                    Sound(value: Located(value: $0.value, place: node.place), shown: $0.shown)
                }
            })
    }
}

extension ValueType where Value == ChosenSection {
    /// A section whose type the value of the key `selector` picks from the catalog that the file is loaded with.
    package static func section(chosenBy selector: String) -> ValueType {
        ValueType(
            shape: .chosen(by: selector), example: { _ in .mapping([]) },
            show: { _ in preconditionFailure("A section is no default: give its keys defaults, or the list none.") },
            read: { node, reading in reading.chosenSection(by: selector, from: node) })
    }
}
