/// Questions about a file's bytes that are asked only once something is wrong with them.
enum SourceText {
    /// The bytes without a UTF-8 byte order mark.
    static func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// The offset of the first byte that is not UTF-8, or nil.
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    /// Line and column, from 1, of a byte; the column counts scalars.
    static func position(ofByte offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {  // A continuation byte is not a character of its own.
                column += 1
            }
        }
        return (line, column)
    }

    /// Whether the blanks that begin a line hold a tab.
    static func indentationHoldsTab(line number: Int, of bytes: [UInt8]) -> Bool {
        let lines = bytes.split(separator: 0x0A, maxSplits: number, omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return false }
        return lines[number - 1].prefix { $0 == 0x20 || $0 == 0x09 }.contains(0x09)
    }
}
