import HTTP
import JSON

/// Signs and verifies as the HTTP room does, one JSON object a line, so that a script can compare it with others.
///
/// In: `{"message", "request"?, "input", "seed" or "key" and "signature"}`. A message is
/// `{"method", "uri", "fields"}` or `{"status", "fields"}`, fields being pairs; `input` is what stands behind the label in
/// `Signature-Input`; seed, key and signature are base64.
/// Out: `{"base", "signature"}`, `{"base", "valid"}`, or `{"error"}`.
enum SignatureCommand {
    static func run() {
        while let line = readLine() {
            print(String(decoding: JSONValue.object(answer(to: line)).bytes, as: UTF8.self))
        }
    }

    private static func answer(to line: String) -> JSONObject {
        var answer = JSONObject()
        do {
            guard let question = try? JSONValue.parse(Array(line.utf8)), let message = message(question["message"]),
                let input = question["input"]?.stringValue
            else { throw SignatureFault.malformed("message and input are needed") }
            let request = Self.message(question["request"])
            let parameters = try SignatureFields.inputs("s=\(input)")[0].parameters
            let base = try SignatureBase.bytes(of: parameters, message: message, request: request)
            answer["base"] = .string(String(decoding: base, as: UTF8.self))
            answer["input"] = .string(parameters.text)
            if let seed = bytes(question["seed"]), let key = Ed25519.PrivateKey(seed: seed) {
                answer["signature"] = .string(Base64.encode(key.signature(over: base)))
            } else if let raw = bytes(question["key"]), let key = Ed25519.PublicKey(raw),
                let signature = bytes(question["signature"])
            {
                answer["valid"] = .bool(key.verifies(signature, over: base))
            }
        } catch {
            answer["error"] = .string("\(error)")
        }
        return answer
    }

    private static func bytes(_ value: JSONValue?) -> [UInt8]? { value?.stringValue.flatMap { Base64.decode($0) } }

    private static func message(_ value: JSONValue?) -> SignedMessage? {
        guard let value, let pairs = value["fields"]?.arrayValue else { return nil }
        let fields = pairs.compactMap { pair -> HTTPField? in
            guard let texts = pair.arrayValue?.compactMap(\.stringValue), texts.count == 2 else { return nil }
            return HTTPField(texts[0], texts[1])
        }
        if let status = value["status"]?.integerValue { return SignedMessage(status: Int(status), fields: fields) }
        guard let method = value["method"]?.stringValue, let uri = value["uri"]?.stringValue else { return nil }
        return SignedMessage(method: method, targetURI: uri, fields: fields)
    }
}
