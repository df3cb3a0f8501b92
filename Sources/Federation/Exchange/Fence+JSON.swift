import InteractionModel
package import JSON

extension Fence {
    package static let bytesMax = 4 << 10

    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("from", from.rawValue)
        writer.field("incarnation", incarnation)
        writer.field("after", after?.description)
        writer.endObject()
        return writer.bytes
    }

    package init(_ bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: Self.bytesMax))
        var from: SiteName?
        var incarnation: Int64?
        var after: ContactID?
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "from": from = try reader.readName()
            case "incarnation": incarnation = try reader.readInteger(in: PeerBounds.numbers)
            case "after": after = try reader.readContact()
            default: try reader.skipValue()
            }
        }
        self.init(
            from: try reader.need(from, "from"), incarnation: try reader.need(incarnation, "incarnation"), after: after)
        try reader.end()
    }
}

extension ToldRows {
    /// A page stops growing at half of it, so that one more transfer always fits.
    package static let bytesMax = 4 << 20

    package var bytes: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 4096)
        writer.beginObject()
        writer.field("from", from.rawValue)
        writer.field("incarnation", incarnation)
        writer.field("restorations", restorations)
        writer.field("isLast", isLast)
        writer.key("rows")
        writer.beginArray()
        for row in rows { row.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    package init(_ bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: Self.bytesMax))
        var from: SiteName?
        var incarnation: Int64?
        var restorations: Int64?
        var isLast: Bool?
        var rows: [Row]?
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "from": from = try reader.readName()
            case "incarnation": incarnation = try reader.readInteger(in: PeerBounds.numbers)
            case "restorations": restorations = try reader.readInteger(in: 0...1 << 30)
            case "isLast": isLast = try reader.readBool()
            case "rows":
                var read: [Row] = []
                try reader.beginArray()
                while try reader.hasNextElement() {
                    guard read.count < Self.rowsMax else {
                        throw reader.failure(.invalidValue("has more than \(Self.rowsMax) rows"))
                    }
                    read.append(try Row(from: &reader))
                }
                rows = read
            default: try reader.skipValue()
            }
        }
        self.init(
            from: try reader.need(from, "from"), incarnation: try reader.need(incarnation, "incarnation"),
            restorations: try reader.need(restorations, "restorations"), rows: try reader.need(rows, "rows"),
            isLast: try reader.need(isLast, "isLast"))
        try reader.end()
    }
}

extension ToldRows.Row {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("contact", contact.description)
        writer.field("epoch", row.epoch.rawValue)
        writer.field("state", row.state.rawValue)
        writer.field("peer", row.peer?.rawValue)
        writer.field("peerIncarnation", row.peerIncarnation)
        writer.field("kept", row.kept?.rawValue)
        if hasEnded { writer.field("hasEnded", true) }
        if let transfer {
            writer.key("transfer")
            writer.beginObject()
            transfer.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws(JSONError) {
        var contact: ContactID?
        var epoch: Int64?
        var state: CustodyRow.State?
        var peer: SiteName?
        var peerIncarnation: Int64?
        var kept: CustodyRow.State?
        var hasEnded = false
        var told: Told?
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "contact": contact = try reader.readContact()
            case "epoch": epoch = try reader.readInteger(in: 0...Int64.max)
            case "state": state = try reader.readWord()
            case "peer": peer = try reader.readName()
            case "peerIncarnation": peerIncarnation = try reader.readInteger()
            case "kept": kept = try reader.readWord()
            case "hasEnded": hasEnded = try reader.readBool()
            case "transfer": told = try Told(from: &reader)
            default: try reader.skipValue()
            }
        }
        let named = try reader.need(contact, "contact")
        self.init(
            named,
            CustodyRow(
                epoch: CustodyEpoch(rawValue: try reader.need(epoch, "epoch")),
                state: try reader.need(state, "state"), peer: peer, peerIncarnation: peerIncarnation, kept: kept),
            hasEnded: hasEnded,
            transfer: try told.map { told throws(JSONError) in
                try told.members.transfer(of: named, cause: told.cause, content: told.content, reader)
            })
    }

    /// The contact itself, before its name is known.
    private struct Told {
        var members = Transfer.Members()
        var cause = ""
        var content: [UInt8] = []

        init(from reader: inout JSONReader) throws(JSONError) {
            try reader.beginObject()
            while let name = try reader.nextKey() {
                switch name {
                case "cause": cause = try reader.readString()
                case "content": content = try reader.readContent()
                default: try members.read(name, from: &reader)
                }
            }
        }
    }
}
