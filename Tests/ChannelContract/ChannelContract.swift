/// One suite over every adapter. A channel's tests are a driver and this:
///
/// ```swift
/// @Test("The adapter keeps the channel contract", arguments: ContractRule.allCases)
/// func keepsContract(rule: ContractRule) throws {
///     let violations = try ChannelContract(MyDriver()).violations(of: rule)
///     #expect(violations == [])
/// }
/// ```
package struct ChannelContract<Driver: ChannelDriver> {
    let driver: Driver
    let fixtures: [Fixture]

    package init(_ driver: Driver) {
        self.driver = driver
        fixtures = Fixture.all(of: driver)
        precondition(!kept.isEmpty, "A channel needs at least one fixture whose event is kept.")
    }

    /// What the adapter does against the rule, in sentences; at most `violationsMax`.
    package func violations(of rule: ContractRule) throws -> [String] {
        let found =
            switch rule {
            case .everyFixtureComesTrue: try everyFixtureComesTrue()
            case .acknowledgementFollowsCommit: try acknowledgementFollowsCommit()
            case .previousKeyCounts: try previousKeyCounts()
            case .forgeriesGetNowhere: try forgeriesGetNowhere()
            case .flippedBitsGetNowhere: try flippedBitsGetNowhere()
            case .staleRequestsGetNowhere: try staleRequestsGetNowhere()
            case .repetitionsAreOne: try repetitionsAreOne()
            case .crowdsAreAnswered: try crowdsAreAnswered()
            case .orderDoesNotMatter: try orderDoesNotMatter()
            case .floodsAreSentAway: try floodsAreSentAway()
            case .badInputNamesItsField: try badInputNamesItsField()
            case .nonsenseIsAnswered: try nonsenseIsAnswered()
            case .stopIsSilence: try stopIsSilence()
            case .sendingReportsSuccess: try sendingReportsSuccess()
            case .providerDownMeansAgain: try providerDownMeansAgain()
            }
        return Array(found.prefix(Self.violationsMax))
    }

    package static var violationsMax: Int { 8 }
    /// Recordings whose every bit is flipped, spread evenly over all: some 3,000 requests each.
    package static var flippedMax: Int { 4 }

    /// Mutilated and signed requests tried for each recording.
    package static var nonsenseCount: Int { 200 }

    /// The genuine requests, each of which leads to an event or a report.
    var kept: [Fixture] { fixtures.filter(\.isKept) }

    var flipped: [Fixture] {
        let step = max(1, (kept.count + Self.flippedMax - 1) / Self.flippedMax)
        return stride(from: 0, to: kept.count, by: step).map { kept[$0] }
    }
}
