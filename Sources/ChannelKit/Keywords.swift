/// The words by which people steer a text channel: stop, start again, help.
///
/// A text is a keyword only when it is nothing but the keyword, whatever its case and whatever spaces and punctuation
/// surround it: "Stop!" is one, "stop calling me names" is for a person to read.
///
/// `YES` is not among the built-in words. Providers count it as an opt-in, but between people it is the commonest
/// answer there is, and a channel cannot know whether it answers a question. An account that wants it names it among
/// its start words; where the provider itself classifies (Twilio's `OptOutType`), the provider's word wins.
package struct Keywords: Hashable, Sendable {
    package enum Meaning: String, Hashable, Sendable, CaseIterable {
        case stop
        case start
        case help
    }

    /// A keyword as the customer meant it.
    package struct Match: Hashable, Sendable {
        package let meaning: Meaning
        /// In capitals, without its surroundings.
        package let word: String

        package init(_ meaning: Meaning, word: String) {
            self.meaning = meaning
            self.word = word
        }
    }

    /// Twilio's default opt-out words, and those of 47 CFR 64.1200(a)(10), in force since 11 April 2025.
    package static let builtIn = Keywords(
        stop: [
            "STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "OPT OUT",
            "OPT-OUT",
        ],
        start: ["START", "UNSTOP"],
        help: ["HELP", "INFO"])

    /// Longer texts are never keywords, so a long message costs no more than a short one. In bytes.
    package static let textBytesMax = 200

    private var meanings: [String: Meaning] = [:]

    /// A word named twice keeps the first meaning in the order stop, start, help: a STOP can never be configured away.
    package init(stop: [String] = [], start: [String] = [], help: [String] = []) {
        for (meaning, words) in [(Meaning.stop, stop), (.start, start), (.help, help)] {
            for word in words.map(Keywords.bare) where meanings[word] == nil && !word.isEmpty {
                meanings[word] = meaning
            }
        }
    }

    /// These words and `other`'s; where both have a word, these win.
    package func adding(_ other: Keywords) -> Keywords {
        var sum = self
        sum.meanings.merge(other.meanings) { own, _ in own }
        return sum
    }

    /// What `text` asks for, or nil when it is an ordinary message.
    package func match(_ text: String) -> Match? {
        guard text.utf8.count <= Keywords.textBytesMax else { return nil }
        let word = Keywords.bare(text)
        return meanings[word].map { Match($0, word: word) }
    }

    /// A stop word inside an ordinary message ("please stop"), for an agent to look at; nil when there is none.
    ///
    /// Any reasonable wish to be left alone counts (47 CFR 64.1200(a)(10)), but only a person can tell one from "stop by
    /// on Monday". CANCEL, END and QUIT are left out: customers write them about their orders all day.
    package func mention(in text: String) -> String? {
        guard text.utf8.count <= Keywords.textBytesMax else { return nil }
        return text.split { !$0.isLetter && !$0.isNumber }.lazy.map { $0.uppercased() }
            .first { meanings[$0] == .stop && !Keywords.everydayWords.contains($0) }
    }

    private static let everydayWords: Set<String> = ["CANCEL", "END", "QUIT"]

    /// The text in capitals, without what surrounds it, each run of spaces inside as one space.
    private static func bare(_ text: String) -> String {
        let isPart = { (character: Character) in character.isLetter || character.isNumber }
        guard let first = text.firstIndex(where: isPart), let last = text.lastIndex(where: isPart) else { return "" }
        return text[first...last].split(whereSeparator: \.isWhitespace).joined(separator: " ").uppercased()
    }
}
