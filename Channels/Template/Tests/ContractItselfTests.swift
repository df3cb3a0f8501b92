import ChannelContract
import ChannelKit
import HTTP
import InteractionModel
import Template
import Testing

/// The contract is worth as much as what it catches.
struct ContractItselfTests {
    struct FaultyDriver: ChannelDriver {
        let fault: Fault
        private let sound = TemplateDriver()

        init(_ fault: Fault) {
            self.fault = fault
        }

        func adapter(_ services: any ChannelServices) throws -> FaultyAdapter {
            let faulty = FaultyServices(services, fault)
            return FaultyAdapter(try sound.adapter(faulty), fault, faulty)
        }

        func sign(_ request: RecordedRequest, with key: DriverKey) -> RecordedRequest { sound.sign(request, with: key) }
        func meansTheSame(_ original: RecordedRequest, _ changed: RecordedRequest) -> Bool { false }
        var fixtures: String { sound.fixtures }
        var signatureHeaders: [String] { sound.signatureHeaders }
        var signsTarget: Bool { sound.signsTarget }
        var stale: [RecordedRequest] { sound.stale }
        var message: OutboundMessage { sound.message }
        var acceptance: ClientResponse { sound.acceptance }
    }

    @Test("A broken promise is noticed by its rule", arguments: Fault.allCases)
    func notices(fault: Fault) throws {
        let contract = ChannelContract(FaultyDriver(fault))
        for rule in fault.rules {
            let violations = try contract.violations(of: rule)
            #expect(!violations.isEmpty, "\(fault) went unnoticed by: \(rule)")
        }
    }

    @Test("Every rule has a fault it must notice")
    func everyRule() {
        let tried = Set(Fault.allCases.flatMap(\.rules))
        #expect(ContractRule.allCases.filter { !tried.contains($0) } == [])
    }
}
