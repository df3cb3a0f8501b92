/// The bytes that are signed (RFC 9421 §2.5): a line for each component, and last what the signature says of itself.
package enum SignatureBase {
    /// - Parameter request: the request that a response answers, for components with `req`.
    /// - Throws: `.component` for one the message does not have, or that this room does not know how to write.
    package static func bytes(
        of parameters: SignatureParameters, message: SignedMessage, request: SignedMessage? = nil
    ) throws(SignatureFault) -> [UInt8] {
        var base: [UInt8] = []
        for component in parameters.components {
            let value = try value(of: component, message, request)
            // Neither a line end, which would forge the next line, nor anything else beyond visible ASCII and blanks.
            guard value.utf8.allSatisfy({ (0x20...0x7e).contains($0) || $0 == Byte.tab }) else {
                throw .component("\(component.text) holds what is not visible ASCII")
            }
            base += "\(component.text): \(value)\n".utf8
        }
        base += "\"@signature-params\": \(parameters.text)".utf8
        return base
    }

    private static func value(
        of component: SignatureComponent, _ message: SignedMessage, _ request: SignedMessage?
    ) throws(SignatureFault) -> String {
        var source = message
        if component.isOfRequest {
            guard let request, case .response = message.start else {
                throw .component("\(component.text) is of a request, and there is none")
            }
            source = request
        }
        let value = component.name.hasPrefix("@") ? derived(component, source) : field(component, source)
        guard let value else { throw .component("the message has no \(component.text)") }
        return value
    }

    private static func derived(_ component: SignatureComponent, _ message: SignedMessage) -> String? {
        guard hasOnly(component.name == "@query-param" ? ["name", "req"] : ["req"], component) else { return nil }
        switch message.start {
        case .response(let status): return component.name == "@status" ? "\(status)" : nil
        case .request(let method, let target):
            switch component.name {
            case "@method": return method
            case "@target-uri": return target.text
            case "@authority": return target.authority
            case "@scheme": return target.scheme
            case "@request-target": return target.target
            case "@path": return target.path
            case "@query": return target.query
            case "@query-param": return component.string("name").flatMap { target.queryParameter($0) }
            default: return nil
            }
        }
    }

    /// A whole field, or with `key` one member of a dictionary of byte sequences, as `Signature` is.
    private static func field(_ component: SignatureComponent, _ message: SignedMessage) -> String? {
        guard hasOnly(["req", "key"], component), let value = message.field(component.name) else { return nil }
        guard component.parameters.contains(where: { $0.name == "key" }) else { return value }
        guard let key = component.string("key"), let members = try? SignatureFields.signatures(value) else {
            return nil
        }
        return members.first { $0.label == key }.map { StructuredItem.bytes($0.bytes).text }
    }

    private static func hasOnly(_ names: [String], _ component: SignatureComponent) -> Bool {
        component.parameters.allSatisfy { names.contains($0.name) }
    }
}
