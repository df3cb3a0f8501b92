import InteractionModel
import JSON

// How the parts of a plan are written and read; used by nothing but the plan's own files.

/// Why a recorded plan cannot be read.
struct PlanError: Error, Sendable, Equatable, CustomStringConvertible {
    let word: String
    let known: [String]

    var description: String {
        "the plan says \(word), and this release knows only \(known.joined(separator: ", ")); "
            + "it was written by a newer release"
    }
}

extension JSONWriter {
    mutating func array<Element>(_ elements: [Element], _ write: (Element, inout JSONWriter) -> Void) {
        beginArray()
        for element in elements { write(element, &self) }
        endArray()
    }

    /// Nothing for an empty array.
    mutating func array<Element>(
        _ name: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) {
        guard !elements.isEmpty else { return }
        key(name)
        array(elements, write)
    }

    /// Nothing for no names.
    mutating func names(_ name: StaticString, _ names: [some Name]) {
        if !names.isEmpty { field(name, names.map(\.rawValue)) }
    }

    /// Nothing when the span is zero.
    mutating func positive(_ name: StaticString, _ span: Span) {
        if span != .zero { field(name, span.milliseconds) }
    }
}

extension JSONReader {
    mutating func eachMember(_ body: (String, inout JSONReader) throws -> Void) throws {
        try beginObject()
        while let name = try nextKey() { try body(name, &self) }
    }

    mutating func array<Element>(_ read: (inout JSONReader) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try beginArray()
        while try hasNextElement() { elements.append(try read(&self)) }
        return elements
    }

    mutating func names<Word: Name>() throws -> [Word] { try array { Word(try $0.readString()) } }

    mutating func readSpan() throws -> Span { Span(milliseconds: try readInteger()) }

    /// One of the words of `Word`.
    mutating func readWord<Word: RawRepresentable & CaseIterable>() throws -> Word where Word.RawValue == String {
        let text = try readString()
        guard let word = Word(rawValue: text) else {
            throw PlanError(word: text, known: Word.allCases.map(\.rawValue))
        }
        return word
    }
}
