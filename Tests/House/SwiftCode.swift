/// Enough of Swift's lexical structure to tell code from comments and strings.
enum SwiftCode {
    /// The source with comments and the inside of strings as blanks; line breaks and all other places stay.
    ///
    /// What an interpolation computes is blanked with its string: a rule cannot see it.
    static func blanked(_ source: String) -> String {
        var blanker = Blanker(bytes: Array(source.utf8))
        blanker.run()
        return String(decoding: blanker.bytes, as: UTF8.self)
    }

    private struct Blanker {
        var bytes: [UInt8]
        var position = 0

        mutating func run() {
            while position < bytes.count {
                if starts("//") {
                    blank { $0.bytes[$0.position] == 0x0A }
                } else if starts("/*") {
                    blankComment()
                } else if let hashes = stringStart() {
                    blankString(hashes: hashes)
                } else {
                    position += 1
                }
            }
        }

        private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

        /// The number of `#` before the quote that begins a string here, or nil.
        private func stringStart() -> Int? {
            var end = position
            while end < bytes.count, bytes[end] == 0x23 { end += 1 }
            return end < bytes.count && bytes[end] == 0x22 ? end - position : nil
        }

        private mutating func blankOne() {
            if bytes[position] != 0x0A { bytes[position] = 0x20 }
            position += 1
        }

        private mutating func blank(until isEnd: (Blanker) -> Bool) {
            while position < bytes.count, !isEnd(self) { blankOne() }
        }

        private mutating func blankComment() {
            var depth = 0
            repeat {
                let isEdge = starts("/*") || starts("*/")
                depth += starts("/*") ? 1 : starts("*/") ? -1 : 0
                blankOne()
                if isEdge, position < bytes.count { blankOne() }
            } while depth > 0 && position < bytes.count
        }

        private mutating func blankString(hashes: Int) {
            position += hashes
            let quotes = starts("\"\"\"") ? 3 : 1
            position += quotes
            let raw = String(repeating: "#", count: hashes)
            let end = String(repeating: "\"", count: quotes) + raw
            while position < bytes.count, !starts(end) {
                if starts("\\" + raw + "(") {
                    blankInterpolation()
                } else if starts("\\" + raw), hashes == 0, position + 1 < bytes.count {
                    blankOne()
                    blankOne()
                } else if quotes == 1, bytes[position] == 0x0A {
                    return  // Not a string after all; a line break ends the damage.
                } else {
                    blankOne()
                }
            }
            position += min(end.utf8.count, bytes.count - position)
        }

        private mutating func blankInterpolation() {
            var depth = 0
            blank { $0.bytes[$0.position] == 0x28 }
            repeat {
                if stringStart() != nil, bytes[position] == 0x22 {
                    let start = position
                    blankString(hashes: 0)
                    for index in start..<position where bytes[index] != 0x0A { bytes[index] = 0x20 }
                    continue
                }
                depth += bytes[position] == 0x28 ? 1 : bytes[position] == 0x29 ? -1 : 0
                blankOne()
            } while depth > 0 && position < bytes.count
        }
    }
}
