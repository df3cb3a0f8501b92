import Federation
import Glibc
import Testing

/// Model-checks the step that runs: `Tests/Models/custody.pml` walks the same rules with the same names.
///
/// `INTERFLOW_EXPLORE=1` adds 3 sites × 6 epochs and 4 × 4: a minute with optimisation, ten without.
@Suite struct CustodyExplorationTests {
    struct Size: CustomTestStringConvertible {
        var sites: Int
        var epochs: Int
        /// What spin stores for the model, less the one before its beginning: the step and the model are the same machine.
        var states: Int
        var testDescription: String { "\(sites) sites, \(epochs) epochs" }

        static let small = [
            Size(sites: 2, epochs: 6, states: 4_007), Size(sites: 3, epochs: 3, states: 949),
            Size(sites: 3, epochs: 4, states: 5_701),
        ]
        static let large = [
            Size(sites: 3, epochs: 6, states: 205_285), Size(sites: 4, epochs: 4, states: 27_063),
        ]
        static var asked: [Size] { getenv("INTERFLOW_EXPLORE") == nil ? small : small + large }
    }

    @Test("In every state that can be reached exactly one site has the contact", arguments: Size.asked)
    func exactlyOne(size: Size) throws {
        var exploration = CustodyExploration()
        try exploration.run(CustodyWorld(sites: size.sites, epochs: size.epochs))
        #expect(exploration.states == size.states)
    }

    @Test(
        "A site that does one of these wrong is found out",
        arguments: zip(PlantedBug.allCases, ["I2", "I7", "I7", "I1", "I3", "I5", "I2", "I2"]))
    func planted(bug: PlantedBug, promise: String) {
        let broken = #expect(throws: CustodyWorld.Violation.self) {
            var exploration = CustodyExploration()
            try exploration.run(CustodyWorld(sites: 3, epochs: 3, bug: bug))
        }
        #expect(broken?.description.prefix(2) == promise[...])
    }
}
