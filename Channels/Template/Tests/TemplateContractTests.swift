import ChannelContract
import Testing

struct TemplateContractTests {
    @Test("The template adapter keeps the channel contract", arguments: ContractRule.allCases)
    func keepsContract(rule: ContractRule) throws {
        let violations = try ChannelContract(TemplateDriver()).violations(of: rule)
        #expect(violations == [])
    }
}
