import InteractionModel
import JSON

/// How much a peer may say: whoever reads refuses more, whoever writes keeps within it.
package enum PeerBounds {
    /// Free text for people: a reason, a disposition, a provider's word. Longer text is cut by who reads it.
    package static let textBytesMax = 1024
    /// The conversation so far, or one message of it.
    package static let contentBytesMax = 1 << 20
    /// Custodians named in a transfer: more than the rule allows, so that the rule can refuse it with its own words.
    package static let hopsMax = 64
    package static let skillsMax = 64
    /// Lengths of time and moments: from 1970 to the year 11000, or so many milliseconds.
    static let milliseconds: ClosedRange<Int64> = 0...(1 << 48)
    static let numbers: ClosedRange<Int64> = 1...(1 << 56)
}

/// Values within bounds. What is outside is an error that names the place; what is merely too long to show is cut.
extension JSONReader {
    mutating func readInteger(in range: ClosedRange<Int64>) throws(JSONError) -> Int64 {
        let value = try readInteger()
        guard range.contains(value) else {
            throw failure(.invalidValue("must be from \(range.lowerBound) to \(range.upperBound)"))
        }
        return value
    }

    mutating func readCount() throws(JSONError) -> Int { Int(try readInteger(in: 0...1_000_000_000)) }

    mutating func readMilliseconds() throws(JSONError) -> Int64 { try readInteger(in: PeerBounds.milliseconds) }

    mutating func readName<Word: Name>(_ type: Word.Type = Word.self) throws(JSONError) -> Word {
        let text = try readString()
        guard Word.isValid(text) else { throw failure(.invalidValue("is not a name")) }
        return Word(text)
    }

    mutating func readContact() throws(JSONError) -> ContactID {
        guard let contact = ContactID(try readString()) else { throw failure(.invalidValue("is not a contact")) }
        return contact
    }

    /// Text for people, cut at `PeerBounds.textBytesMax`.
    mutating func readText() throws(JSONError) -> String { PeerBounds.cut(try readString()) }

    mutating func readContent() throws(JSONError) -> [UInt8] {
        let content = try readRaw()
        guard content.count <= PeerBounds.contentBytesMax else {
            throw failure(.tooLarge(maxBytes: PeerBounds.contentBytesMax))
        }
        return content
    }

    mutating func readWord<Choice>(_ type: Choice.Type = Choice.self) throws(JSONError) -> Choice
    where Choice: RawRepresentable<String> {
        guard let choice = Choice(rawValue: try readString()) else {
            throw failure(.invalidValue("is a word this release does not know"))
        }
        return choice
    }

    func need<Value>(_ value: Value?, _ name: String) throws(JSONError) -> Value {
        guard let value else { throw failure(.missingKey(name)) }
        return value
    }
}

extension PeerBounds {
    /// At most `textBytesMax` bytes of `text`, whole characters.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > textBytesMax else { return text }
        var cut = ""
        var bytes = 0
        for scalar in text.unicodeScalars {
            bytes += String(scalar).utf8.count
            guard bytes <= textBytesMax else { break }
            cut.unicodeScalars.append(scalar)
        }
        return cut
    }
}
