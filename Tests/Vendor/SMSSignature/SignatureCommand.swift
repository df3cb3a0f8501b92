import ChannelKit
import Configuration
import HTTP
import JSON
import SMS

/// Signs and checks as the SMS channel does, one JSON object a line, so that a script can compare it with others.
///
/// In: `{"url", "params": {name: text or [text]} or "body": text, "token", "algorithm"?, "signature"?}`.
/// Out: `{"signature", "valid"?}`; or `{"error"}` for a line that is not understood.
enum SignatureCommand {
    static func run() {
        while let line = readLine() {
            print(String(decoding: answer(to: line).bytes, as: UTF8.self))
        }
    }

    private static func answer(to line: String) -> JSONValue {
        guard let question = try? JSONValue.parse(Array(line.utf8)), let url = question["url"]?.stringValue,
            let token = question["token"]?.stringValue,
            let algorithm = algorithm(question["algorithm"]?.stringValue)
        else { return ["error": "url, token and a known algorithm are needed"] }
        let key = SignatureKey(Secret(token.utf8))
        let payload = payload(of: question)
        let code = SMSSignature.code(url: url, payload: payload, key: key, algorithm: algorithm)
        var answer: JSONObject = JSONObject()
        answer["signature"] = .string(code.base64)
        if let signature = question["signature"]?.stringValue {
            answer["valid"] = .bool(
                SMSSignature.isValid(signature, url: url, payload: payload, keys: [key], algorithm: algorithm))
        }
        return .object(answer)
    }

    private static func algorithm(_ name: String?) -> SignatureKey.Algorithm? {
        SMSSignature.algorithm(settings: name.map { "algorithm=\($0)" })
    }

    private static func payload(of question: JSONValue) -> SMSSignature.Payload {
        if let body = question["body"]?.stringValue { return .bytes(Array(body.utf8)) }
        let members = question["params"]?.objectValue?.members ?? []
        return .form(
            members.flatMap { member in
                (member.value.arrayValue ?? [member.value]).compactMap(\.stringValue).map { Form.Pair(member.name, $0) }
            })
    }
}
