import ChannelContract
import Testing

struct SMSContractTests {
    @Test("The SMS adapter keeps the channel contract", arguments: ContractRule.allCases)
    func keepsContract(rule: ContractRule) throws {
        let violations = try ChannelContract(SMSDriver()).violations(of: rule)
        #expect(violations == [])
    }
}
