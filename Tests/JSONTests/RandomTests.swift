import Foundation
import JSON
import Testing

@Suite struct RandomTests {
    @Test("What is written reads back as the same value, by the tree and by the reader's calls")
    func roundTrip() throws {
        var random = RandomJSON(seed: 20_261_121)
        for round in 0..<20_000 {
            let value = random.value()
            let bytes = value.bytes
            guard try JSONValue.parse(bytes) == value, try readByHand(bytes) == value else {
                Issue.record("Round \(round): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }

    @Test("Every double reads back as itself, bit for bit")
    func doubles() throws {
        var random = RandomJSON(seed: 7)
        for _ in 0..<50_000 {
            let bits = random.next()
            let double = Double(bitPattern: bits)
            guard double.isFinite else { continue }
            guard try JSONValue.parse(JSONValue.double(double).bytes).doubleValue?.bitPattern == bits else {
                Issue.record("\(double)")
                return
            }
            // Few digits, so that the short way of reading is taken.
            let short = Double(Int64(bitPattern: bits) >> 20) / 1000
            var reader = JSONReader(Array("\(short)".utf8))
            #expect(try reader.readDouble() == short)
        }
    }

    @Test("The reader and the skipping check agree on texts that are nearly JSON")
    func damaged() {
        var random = RandomJSON(seed: 11)
        var refused = 0
        for _ in 0..<20_000 {
            let text = random.text()
            let value = try? JSONValue.parse(text)
            if value == nil { refused += 1 }
            let isSkipped = (try? skip(text)) != nil
            guard (try? readByHand(text)) == value, isSkipped == (value != nil) else {
                Issue.record("\(String(decoding: text, as: UTF8.self))")
                return
            }
        }
        #expect((1_000..<19_000).contains(refused), "Both kinds of text must occur: \(refused) refused.")
    }

    /// Python's module says of each line whether it is JSON to a strict reader, and what it reads as.
    @Test(
        "Python's json module reads the same 5,000 texts alike",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func python() throws {
        var random = RandomJSON(seed: 8259)
        let texts = (0..<5_000).map { _ in random.text() }
        let input = texts.map { $0.map { String($0, radix: 16) }.joined(separator: " ") }.joined(separator: "\n")
        let folder = FileManager.default.temporaryDirectory.appending(path: "json-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(input.utf8).write(to: folder.appending(path: "texts"))
        try Data(RandomTests.script.utf8).write(to: folder.appending(path: "judge.py"))
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/python3")
        python.currentDirectoryURL = folder
        python.arguments = ["judge.py"]
        try python.run()
        python.waitUntilExit()
        let answers = try String(contentsOf: folder.appending(path: "answers"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        try #require(answers.count == texts.count)
        for (text, answer) in zip(texts, answers) {
            let ours = try? JSONValue.parse(text)
            let theirs = answer == "no" ? nil : try JSONValue.parse(Array(answer.utf8))
            #expect(ours == theirs, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    private static let script = """
        import json

        def distinct(pairs):
            if len({name for name, _ in pairs}) != len(pairs): raise ValueError("duplicate")
            return dict(pairs)

        def integer(text):
            value = int(text)
            if not -2**63 <= value < 2**63: raise ValueError("range")
            return value

        def double(text):
            value = float(text)
            if value in (float("inf"), float("-inf")): raise ValueError("range")
            return value

        def refuse(text): raise ValueError(text)

        with open("texts") as texts, open("answers", "w") as answers:
            lines = []
            for line in texts:
                try:
                    text = bytes(int(byte, 16) for byte in line.split()).decode("utf-8")
                    value = json.loads(text, object_pairs_hook=distinct, parse_int=integer, parse_float=double,
                        parse_constant=refuse)
                    json.dumps(value, ensure_ascii=False).encode("utf-8")  # Fails on a lone surrogate.
                    lines.append(json.dumps(value))
                except (ValueError, RecursionError):
                    lines.append("no")
            answers.write("\\n".join(lines))
        """
}
