package import ChannelKit
package import HTTP
package import InteractionModel
package import JSON

/// Everything that came of one request, as one value that can be compared, printed and kept in a file.
package struct Outcome: Hashable, Sendable {
    package var answers: [HTTPResponse]
    package var events: [ContactEvent]
    package var reports: [DeliveryReport]
    package var rejections: [Rejection]

    package var isAcknowledged: Bool { answers.count == 1 && (200...299).contains(answers[0].status) }
    package var isNothingKept: Bool { events.isEmpty && reports.isEmpty }

    /// As `expected.json` says it: what is empty is left out.
    package var json: JSONValue {
        var object = JSONObject()
        object["status"] = answers.first.map { .integer(Int64($0.status)) } ?? .null
        if let answer = answers.first, !answer.body.isEmpty { object["answer"] = Outcome.body(answer.body) }
        object["event"] = events.first.map { Outcome.json($0) }
        object["report"] = reports.first.map { Outcome.json($0) }
        if !rejections.isEmpty { object["counted"] = .array(rejections.map { .string($0.rawValue) }) }
        return .object(object)
    }

    /// A problem's detail alone, for it is what people read; any other body as it is.
    private static func body(_ bytes: [UInt8]) -> JSONValue {
        (try? JSONValue.parse(bytes))?["detail"] ?? .string(String(decoding: bytes, as: UTF8.self))
    }

    private static func json(_ event: ContactEvent) -> JSONValue {
        var object = JSONObject()
        object["key"] = .string(event.key.rawValue)
        object["kind"] = kind(event.kind)
        object["from"] = .string(event.from)
        object["to"] = .string(event.to)
        object["thread"] = event.thread.map { .string($0) }
        object["occurredAt"] = event.occurredAt.map { .integer($0.milliseconds) }
        object["subject"] = event.content.subject.map { .string($0) }
        object["text"] = .string(event.content.text)
        if !event.content.media.isEmpty {
            object["media"] = .array(event.content.media.map { .string("\($0.contentType) \($0.url)") })
        }
        object["language"] = event.language.map { .string($0) }
        if !event.attributes.isEmpty {
            object["attributes"] = .array(event.attributes.map { .string("\($0.name)=\($0.value)") })
        }
        object["confirmation"] = event.confirmation.map { .string($0) }
        object["signature"] = .string(event.signature.rawValue)
        return .object(object)
    }

    private static func kind(_ kind: ContactEvent.Kind) -> JSONValue {
        switch kind {
        case .message: "message"
        case .optOut(let keyword): .string("optOut \(keyword)")
        case .optIn(let keyword): .string("optIn \(keyword)")
        case .help(let keyword): .string("help \(keyword)")
        }
    }

    private static func json(_ report: DeliveryReport) -> JSONValue {
        var object = JSONObject()
        object["key"] = .string(report.key.rawValue)
        object["message"] = .integer(report.message.number)
        object["status"] = .string(report.status.rawValue)
        object["detail"] = report.detail.map { .string($0) }
        return .object(object)
    }
}
