package import InteractionModel
package import JSON

/// A peer's answers to a batch: as many as there were messages, in their order.
///
/// Every answer names its contact, and a decision its epoch: what does not fit what was asked is no answer at all.
package struct PeerAnswers: Hashable, Sendable {
    package static let bytesMax = 256 << 10

    package var from: SiteName
    package var incarnation: Int64
    package var answers: [PeerAnswer]

    package init(from: SiteName, incarnation: Int64, answers: [PeerAnswer]) {
        self.from = from
        self.incarnation = incarnation
        self.answers = answers
    }

    /// - Precondition: as many answers as `batch` has entries.
    package func bytes(to batch: PeerBatch) -> [UInt8] {
        precondition(answers.count == batch.entries.count, "Every message of a batch is answered.")
        var writer = JSONWriter(reservingCapacity: 1024)
        writer.beginObject()
        writer.field("from", from.rawValue)
        writer.field("incarnation", incarnation)
        writer.key("answers")
        writer.beginArray()
        for (answer, entry) in zip(answers, batch.entries) {
            writer.beginObject()
            if case .message(let message) = entry {
                writer.field("contact", message.contact.description)
                writer.field("epoch", message.epoch?.rawValue)
            }
            answer.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Reads what came in answer to `messages`. Anything that does not fit them is an error: nothing was answered.
    package init(_ bytes: [UInt8], to messages: [PeerMessage]) throws(JSONError) {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: Self.bytesMax))
        var from: SiteName?
        var incarnation: Int64?
        var answers: [PeerAnswer] = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "from": from = try reader.readName()
            case "incarnation": incarnation = try reader.readInteger(in: 0...Int64.max)
            case "answers":
                try reader.beginArray()
                while try reader.hasNextElement() {
                    guard answers.count < messages.count else {
                        throw reader.failure(.invalidValue("has more answers than there were messages"))
                    }
                    answers.append(try PeerAnswer(from: &reader, to: messages[answers.count]))
                }
            default: try reader.skipValue()
            }
        }
        guard answers.count == messages.count else {
            throw reader.failure(.invalidValue("has fewer answers than there were messages"))
        }
        self.init(
            from: try reader.need(from, "from"), incarnation: try reader.need(incarnation, "incarnation"),
            answers: answers)
        try reader.end()
    }
}

extension PeerAnswer {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .taken: writer.field("type", "taken")
        case .refused(let reason):
            writer.field("type", "refused")
            writer.field("reason", PeerBounds.cut(reason))
        case .done: writer.field("type", "done")
        case .elsewhere(let site):
            writer.field("type", "elsewhere")
            writer.field("site", site.rawValue)
        case .ended: writer.field("type", "ended")
        case .later(let reason):
            writer.field("type", "later")
            writer.field("reason", PeerBounds.cut(reason))
        }
    }

    /// An answer of a later release decides nothing: it is asked again.
    fileprivate init(from reader: inout JSONReader, to message: PeerMessage) throws(JSONError) {
        var type: String?
        var reason: String?
        var site: SiteName?
        var contact: ContactID?
        var epoch: Int64?
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "type": type = try reader.readString()
            case "reason": reason = try reader.readText()
            case "site": site = try reader.readName()
            case "contact": contact = try reader.readContact()
            case "epoch": epoch = try reader.readInteger()
            default: try reader.skipValue()
            }
        }
        if try reader.need(type, "type") != "later" {
            guard contact == message.contact, epoch == message.epoch?.rawValue else {
                throw reader.failure(.invalidValue("answers something else than \(message.contact)"))
            }
        }
        switch type {
        case "taken": self = .taken
        case "refused": self = .refused(reason: reason ?? "")
        case "done": self = .done
        case "elsewhere": self = .elsewhere(try reader.need(site, "site"))
        case "ended": self = .ended
        case "later": self = .later(reason: reason ?? "")
        default: self = .later(reason: "an answer this release does not know")
        }
    }
}
