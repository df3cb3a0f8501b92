import Federation
import JSON

/// How a summary was taken, as its sender is told.
extension Directory.Reception {
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("reception", rawValue)
        writer.endObject()
        return writer.bytes
    }

    init?(json: [UInt8]) {
        guard let word = (try? JSONValue.parse(json))?["reception"]?.stringValue else { return nil }
        self.init(rawValue: word)
    }
}
