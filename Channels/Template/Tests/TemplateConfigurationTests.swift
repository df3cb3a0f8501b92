import Configuration
import Foundation
import Template
import Testing

struct TemplateConfigurationTests {
    @Test("The sample is what the declared keys say, and loads")
    func sample() throws {
        let path =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/sample.yaml"
        let sample = try String(contentsOfFile: path, encoding: .utf8)
        #expect(sample == SampleFile.text(of: TemplateConfiguration.self))
        #expect(throws: Never.self) {
            try ConfigurationFile.read(
                TemplateConfiguration.self, bytes: Array(sample.utf8), file: "sample.yaml", files: .assumed)
        }
    }
}
