package import InteractionModel
package import JSON

extension PeerMessage {
    /// What it is called on the wire, and in logs.
    package var word: String {
        switch self {
        case .offer: "offer"
        case .cancel: "cancel"
        case .closed: "closed"
        case .customerWrote: "customer-wrote"
        case .customerLeft: "customer-left"
        case .agentWrote: "agent-wrote"
        case .delivery: "delivery"
        case .arrived: "arrived"
        }
    }

    package var contact: ContactID {
        switch self {
        case .offer(let transfer, _): transfer.contact
        case .cancel(let contact, _), .closed(let contact, _, _), .customerWrote(let contact, _, _),
            .customerLeft(let contact, _), .agentWrote(let contact, _, _, _), .delivery(let contact, _, _, _),
            .arrived(let contact, _):
            contact
        }
    }

    /// The custody it is about; nil where it is about the conversation.
    package var epoch: CustodyEpoch? {
        switch self {
        case .offer(_, let epoch), .cancel(_, let epoch), .closed(_, let epoch, _), .arrived(_, let epoch): epoch
        default: nil
        }
    }

    /// What people wrote, as JSON of the sites' own; empty where there is none.
    package var content: [UInt8] {
        get {
            switch self {
            case .offer(let transfer, _): transfer.content
            case .customerWrote(_, _, let content), .agentWrote(_, _, _, let content): content
            default: []
            }
        }
        set {
            switch self {
            case .offer(var transfer, let epoch):
                transfer.content = newValue
                self = .offer(transfer, epoch)
            case .customerWrote(let contact, let number, _):
                self = .customerWrote(contact, number: number, content: newValue)
            case .agentWrote(let contact, let number, let agent, _):
                self = .agentWrote(contact, number: number, agent: agent, content: newValue)
            default: break
            }
        }
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("type", word)
        writer.field("contact", contact.description)
        writer.field("epoch", epoch?.rawValue)
        switch self {
        case .offer(let transfer, _): transfer.writeMembers(to: &writer)
        case .cancel, .arrived: break
        case .closed(_, _, let disposition): writer.field("disposition", disposition.map(PeerBounds.cut))
        case .customerWrote(_, let number, let content):
            writer.field("number", number)
            writer.content(content)
        case .customerLeft(_, let cause): writer.field("cause", PeerBounds.cut(cause))
        case .agentWrote(_, let number, let agent, let content):
            writer.field("number", number)
            writer.field("agent", agent.rawValue)
            writer.content(content)
        case .delivery(_, let number, let status, let detail):
            writer.field("number", number)
            writer.field("status", status.rawValue)
            writer.field("detail", detail.map(PeerBounds.cut))
        }
        writer.endObject()
    }

    /// Reads one message. Members of later releases are passed over; an unknown kind is an error like any other.
    package init(from reader: inout JSONReader) throws(JSONError) {
        var members = Members()
        try reader.beginObject()
        while let name = try reader.nextKey() { try members.read(name, from: &reader) }
        self = try members.message(reader)
    }
}

extension JSONWriter {
    /// JSON as it is; nothing where there is none.
    mutating func content(_ content: [UInt8]) {
        guard !content.isEmpty else { return }
        key("content")
        raw(content)
    }
}

/// The members of any message, read in whatever order they come.
private struct Members {
    var type: String?
    var contact: ContactID?
    var epoch: CustodyEpoch?
    var number: Int64?
    var agent: AgentName?
    var status: String?
    var text: [String: String] = [:]
    var content: [UInt8] = []
    var transfer = Transfer.Members()

    mutating func read(_ name: String, from reader: inout JSONReader) throws(JSONError) {
        switch name {
        case "type": type = try reader.readString()
        case "contact": contact = try reader.readContact()
        case "epoch": epoch = CustodyEpoch(rawValue: try reader.readInteger(in: 0...Int64.max - 1))
        case "number": number = try reader.readInteger(in: PeerBounds.numbers)
        case "agent": agent = try reader.readName()
        case "status": status = try reader.readString()
        case "disposition", "cause", "detail": text[name] = try reader.readText()
        case "content": content = try reader.readContent()
        default: try transfer.read(name, from: &reader)
        }
    }

    func message(_ reader: borrowing JSONReader) throws(JSONError) -> PeerMessage {
        let type = try reader.need(type, "type")
        let contact = try reader.need(contact, "contact")
        switch type {
        case "offer":
            let cause = try reader.need(text["cause"], "cause")
            return .offer(
                try transfer.transfer(of: contact, cause: cause, content: content, reader),
                try reader.need(epoch, "epoch"))
        case "cancel": return .cancel(contact, try reader.need(epoch, "epoch"))
        case "arrived": return .arrived(contact, try reader.need(epoch, "epoch"))
        case "closed": return .closed(contact, try reader.need(epoch, "epoch"), disposition: text["disposition"])
        case "customer-wrote":
            return .customerWrote(contact, number: try reader.need(number, "number"), content: content)
        case "customer-left": return .customerLeft(contact, cause: try reader.need(text["cause"], "cause"))
        case "agent-wrote":
            return .agentWrote(
                contact, number: try reader.need(number, "number"), agent: try reader.need(agent, "agent"),
                content: content)
        case "delivery":
            guard let status = DeliveryStatus(rawValue: try reader.need(status, "status")) else {
                throw reader.failure(.invalidValue("has an unknown status"))
            }
            return .delivery(contact, number: try reader.need(number, "number"), status, detail: text["detail"])
        default: throw reader.failure(.invalidValue("is of a kind this release does not know"))
        }
    }
}
