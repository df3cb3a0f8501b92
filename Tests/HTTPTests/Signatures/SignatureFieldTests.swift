import HTTP
import Testing

@Suite("Signature fields")
struct SignatureFieldTests {
    static let good = #"sig=("@method" "content-digest");created=1;keyid="k";tag="t""#

    @Test("What is read is written again the same")
    func roundTrip() throws {
        let read = try SignatureFields.read(input: Self.good, signature: "sig=:AAEC:")
        #expect(read.count == 1)
        #expect("\(read[0].label)=\(read[0].parameters.text)" == Self.good)
        #expect(read[0].signature == [0, 1, 2])
        #expect(read[0].parameters.created == 1)
        #expect(read[0].parameters.keyID == "k")
    }

    @Test("Blanks between members and inside the list are allowed where RFC 8941 allows them, and are not signed")
    func blanks() throws {
        let read = try SignatureFields.read(
            input: #" a=(  "x"   "y" ); created=1 ,"# + "\tb=()", signature: "b=:AA==:, a=:AQ==:")
        #expect(read.map(\.label) == ["a", "b"])
        #expect(read[0].parameters.text == #"("x" "y");created=1"#)
        #expect(read.map(\.signature) == [[1], [0]])
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", " ", "sig", "sig=", "sig=1", "sig=()x", "sig=(", "sig=(\"a\"", "sig=(\"a\"\"b\")", "sig=(a)",
            "sig=(\"a\") x",
            "sig=(\"a\"),", "sig=(\"a\"),,b=()", "Sig=()", "1=()", "=()", "sig=(),sig=()", "sig=(\"a\" \"a\")",
            "sig=(\"a\";req;key=\"k\" \"a\";key=\"k\";req)", "sig=();created=1;created=2", "sig=();created=1.5",
            "sig=();created=-", "sig=();created=1234567890123456", "sig=();x=\"a", "sig=();x=\"a\\b\"",
            "sig=();x=\"\u{e9}\"",
            "sig=();x=\"\u{7f}\"", "sig=();x=?2", "sig=();x=:A:", "sig=();x=:AA:", "sig=();x=:AAAA", "sig=();X=1",
            "sig=();=1",
            "sig=();x=", "sig=(\"a\"; )", "sig=(\"a\" ;b)", "sig=(\"a\"\t\"b\")", "sig=()\t;a", "sig==()", "sig=();x=@",
        ])
    func refused(input: String) {
        #expect(throws: SignatureFault.self) { try SignatureFields.read(input: input, signature: "sig=:AA==:") }
    }

    @Test(
        "A signature that is not one byte sequence by the same label is refused",
        arguments: [
            "", "sig", "sig=AA==", "sig=:AA==", "sig=::x", "sig=:A A=:", "sig=:AA==:;x=1", "other=:AA==:", "sig=:AB==:",
            "sig=:AA==:, sig=:AA==:", "sig=:AA==:, other=:AA==:", "sig=:AA:", "sig=:A-_=:",
        ])
    func refusedSignature(signature: String) {
        #expect(throws: SignatureFault.self) { try SignatureFields.read(input: "sig=()", signature: signature) }
    }

    @Test("Every bound is kept: bytes, labels, components, parameters, names")
    func bounds() {
        let inputs = [
            "sig=(\"" + String(repeating: "a", count: SignatureFields.fieldBytesMax) + "\")",
            (0...SignatureFields.labelsMax).map { "s\($0)=()" }.joined(separator: ","),
            "sig=(" + (0...SignatureFields.componentsMax).map { "\"c\($0)\"" }.joined(separator: " ") + ")",
            "sig=()" + (0...SignatureFields.parametersMax).map { ";p\($0)" }.joined(),
            "sig=();" + String(repeating: "a", count: SignatureFields.nameBytesMax + 1),
        ]
        for input in inputs { #expect(throws: SignatureFault.self) { try SignatureFields.inputs(input) } }
        #expect(throws: Never.self) {
            try SignatureFields.inputs(
                "sig=(" + (1...SignatureFields.componentsMax).map { "\"c\($0)\"" }.joined(separator: " ") + ")"
                    + (1...SignatureFields.parametersMax).map { ";p\($0)" }.joined())
        }
    }

    @Test("Random damage to a good field is refused, or read as what it then says: never trapped, never read two ways")
    func damage() {
        var dice = SplitMix(seed: 9421)
        let alphabet = Array("sig=();\"@methodcontent-digest\\,: \t?01-.*aZ\u{7f}é".utf8)
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = Array(Self.good.utf8)
            for _ in 0...Int.random(in: 0..<4, using: &dice) {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                switch Int.random(in: 0..<3, using: &dice) {
                case 0: bytes[place] = alphabet.randomElement(using: &dice)!
                case 1: bytes.remove(at: place)
                default: bytes.insert(alphabet.randomElement(using: &dice)!, at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let read = try? SignatureFields.inputs(text) else { continue }
            accepted += 1
            let written = read.map { "\($0.label)=\($0.parameters.text)" }.joined(separator: ", ")
            let again = try? SignatureFields.inputs(written)
            #expect(again?.map(\.parameters) == read.map(\.parameters), "\(text)")
        }
        #expect(accepted > 0)
    }
}

/// Numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
