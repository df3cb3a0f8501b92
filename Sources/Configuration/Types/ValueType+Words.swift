extension ValueType where Value: Equatable {
    /// The same type, some of whose values may also be written as a word: `closed` instead of `[]`.
    ///
    /// For types written as a list or a mapping. `config show` writes a word as it was given.
    package func orWords(_ words: KeyValuePairs<String, Value>) -> ValueType {
        let words = words.map { (name: $0.key, value: $0.value) }
        let wide = Shape.words(words.map(\.name), or: shape)
        return ValueType(
            shape: wide, example: example,
            show: { value in words.first { $0.value == value }.map { .scalar($0.name) } ?? show(value) },
            read: { node, reading in
                guard case .scalar(let text, let isPlain) = node.content, !(isPlain && YAMLText.isNull(text)) else {
                    return read(node, &reading)
                }
                if let word = words.first(where: { $0.name == text }) {
                    return Sound(value: word.value, shown: .scalar(word.name))
                }
                let reason = "must be \(wide.text), not \(Printable.quoted(text))"
                let hint = NearestName.question(text, among: words.map(\.name))
                reading.complaints.append(Complaint(at: node.place, reason, hint: hint))
                return nil
            })
    }
}
