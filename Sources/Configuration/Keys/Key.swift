/// One key of a section, declared once, beside its reader: parser, sample, `config show` and reference page follow.
///
/// ```swift
/// static let retries = Key("retries", .integer(in: 0...20), default: 8, "How often a message is sent again.")
/// ```
package struct Key<Value: Sendable>: Sendable {
    package let name: String
    /// One sentence for the operator.
    package let sentence: String
    let type: ValueType<Value>
    /// What a section holds when the key is left out; nil makes the key required.
    let absent: Sound<Value>?
    let example: Shown
    /// Whether even the sample of every key shows it commented out: its example would need what no sample can make up.
    let staysCommented: Bool

    /// A key that must be given. `example` replaces the type's own in the sample.
    package init(_ name: String, _ type: ValueType<Value>, example: Value? = nil, _ sentence: String) {
        self.init(name, type, absent: nil, example: example.map(type.show), false, sentence)
    }

    /// A key that may be left out.
    package init(
        _ name: String, _ type: ValueType<Value>, default value: Value, example: Value? = nil,
        staysCommented: Bool = false, _ sentence: String
    ) {
        let shown = type.show(value)
        self.init(
            name, type, absent: Sound(value: value, shown: shown),
            example: example.map(type.show) ?? (shown.isEmpty ? nil : shown), staysCommented, sentence)
    }

    /// A key that may be left out and then has no value.
    package init<Wrapped>(
        optional name: String, _ type: ValueType<Wrapped>, example: Wrapped? = nil, staysCommented: Bool = false,
        _ sentence: String
    )
    where Value == Wrapped? {
        let widened = ValueType<Wrapped?>(
            shape: type.shape, example: type.example, show: { $0.map(type.show) ?? .absent },
            read: { node, reading in
                type.read(node, &reading).map { Sound(value: $0.value, shown: $0.shown) }
            })
        self.init(
            name, widened, absent: Sound(value: nil, shown: .absent), example: example.map(type.show), staysCommented,
            sentence)
    }

    private init(
        _ name: String, _ type: ValueType<Value>, absent: Sound<Value>?, example: Shown?, _ staysCommented: Bool,
        _ sentence: String
    ) {
        precondition(
            name.first?.isLowercase == true && name.utf8.allSatisfy(\.isASCIIAlphanumeric),
            "A key is lower camel case: \(name)")
        self.name = name
        self.type = type
        self.absent = absent
        self.example = example ?? type.example(name)
        self.staysCommented = staysCommented
        self.sentence = sentence
    }
}

extension Key: DeclaredKey {
    package var declaration: KeyDeclaration {
        let necessity: KeyDeclaration.Necessity =
            switch absent?.shown {
            case nil: type.readsAbsenceAsEmpty ? .whatItHolds : .required
            case let shown? where shown.isEmpty: .optional
            case let shown?: .preset(shown)
            }
        return KeyDeclaration(
            name: name, sentence: sentence, shape: type.shape, necessity: necessity, example: example,
            staysCommented: staysCommented)
    }

    package func read(_ entry: ConfigurationNode.Entry?, of section: Place, into reading: inout Reading) -> ReadKey? {
        if let entry {
            return type.read(entry.value, &reading).map { ReadKey(sound: $0, shown: $0.shown, isGiven: true) }
        }
        if let absent { return ReadKey(sound: absent, shown: absent.shown, isGiven: false) }
        let place = section.stepping(to: name)
        if type.readsAbsenceAsEmpty {
            let empty = ConfigurationNode(content: .mapping([]), place: place)
            return type.read(empty, &reading).map { ReadKey(sound: $0, shown: $0.shown, isGiven: false) }
        }
        reading.complaints.append(Complaint(at: place, "is missing", hint: "give it \(type.shape.text)"))
        return nil
    }
}
