import Federation
import InteractionModel
import JSON
import Testing

@Suite struct FenceCodingTests {
    private static let berlin = SiteName("berlin")

    private static let told = ToldRows(
        from: SiteName("munich"), incarnation: 7, restorations: 2,
        rows: [
            .init(
                ContactID(berlin, 42),
                CustodyRow(
                    epoch: CustodyEpoch(restoration: 1, count: 3), state: .gone, peer: berlin, peerIncarnation: 5),
                transfer: ExchangeCodingTests.transfer),
            .init(
                ContactID(SiteName("munich"), 8), CustodyRow(epoch: .first, state: .suspect, kept: .offered),
                hasEnded: true),
        ], isLast: false)

    @Test("A fence and what is told after it come back as they were said")
    func comesBack() throws {
        for fence in [
            Fence(from: Self.berlin, incarnation: 1_795_333_298_574),
            Fence(from: Self.berlin, incarnation: 2, after: ContactID(Self.berlin, 42)),
        ] { #expect(try Fence(fence.bytes) == fence) }
        #expect(try ToldRows(Self.told.bytes) == Self.told)
    }

    @Test("A page that is damaged, or larger than agreed, is no page")
    func damaged() throws {
        let bytes = Self.told.bytes
        for end in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: JSONError.self) { try ToldRows(Array(bytes[..<end])) }
        }
        var many = Self.told
        many.rows = Array(repeating: many.rows[1], count: ToldRows.rowsMax + 1)
        #expect(throws: JSONError.self) { try ToldRows(many.bytes) }
        #expect(throws: JSONError.self) { try Fence(Array(#"{"from":berlin,"incarnation":-1}"#.utf8)) }
    }
}
