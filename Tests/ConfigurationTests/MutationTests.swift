import Configuration
import Testing

@Suite struct MutationTests {
    /// A small generator with a seed, so that a failure can be had again (xorshift64*).
    struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % sides
        }
    }

    private static let pieces: [[UInt8]] =
        [
            "\t", "\n", ": ", "- ", "&a ", "*a", "!t ", "{", "}", "[", "]", "\"", "'", "|\n", ">\n", "%", "#", "? ",
            "---\n", "<<: ",
            "~", "\u{FEFF}", "\u{202E}", "😀", "\u{0}", "999999999999999999999", "\\x00", "  ",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]

    @Test("Two thousand random mutations of a sample are read or refused with lines inside the file, and never trap")
    func mutations() {
        let sample = Array(SampleFile.text(of: EverythingSection.self, extent: .everything, catalog: catalog).utf8)
        var dice = Dice(state: 0x9E37_79B9_7F4A_7C15)
        var refused = 0
        for round in 0..<2000 {
            var bytes = sample
            for _ in 0...dice.roll(6) { mutate(&bytes, &dice) }
            do throws(ConfigurationError) {
                let loaded = try ConfigurationFile.read(
                    EverythingSection.self, bytes: bytes, file: "f", catalog: catalog, files: .assumed)
                #expect(loaded.effectiveText.hasPrefix("title: "), "round \(round)")
            } catch {
                refused += 1
                let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 2
                for complaint in error.complaints {
                    #expect((1...lines).contains(complaint.place.line) && complaint.place.column > 0, "round \(round)")
                    #expect(
                        !"\(complaint)".unicodeScalars.contains { $0.properties.generalCategory == .control },
                        "round \(round): \(complaint)")
                }
            }
        }
        #expect(refused > 1000)
    }

    private func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let start = dice.roll(bytes.count)
        let end = min(bytes.count, start + dice.roll(40))
        switch dice.roll(5) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: Self.pieces[dice.roll(Self.pieces.count)], at: start)
        case 2: bytes[start] = UInt8(dice.roll(256))
        case 3: bytes.insert(contentsOf: bytes[start..<end], at: dice.roll(bytes.count))
        default: bytes.removeSubrange(start...)
        }
        if bytes.isEmpty { bytes = [0x61] }
    }
}
