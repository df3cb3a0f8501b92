import JSON
import Testing

@Suite struct JSONWriterTests {
    @Test("A text has its commas, its order and its escapes, and nil writes nothing")
    func wholeText() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("type", "offered")
        writer.field("agent", Int64(-42))
        writer.field("absent", nil as String?)
        writer.field("wait", 1.5)
        writer.key("quote\"d")
        writer.string("a\"\\\u{8}\u{C}\n\r\t\u{1}é😀/")
        writer.key("list")
        writer.beginArray()
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.unsigned(.max)
        writer.integer(.min)
        writer.endArray()
        writer.field("tags", ["a", "b"])
        writer.endObject()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"type":"offered","agent":-42,"wait":1.5,"quote\"d":"a\"\\\b\f\n\r\t\u0001é😀/","list":"#
                + #"[true,null,{},18446744073709551615,-9223372036854775808],"tags":["a","b"]}"#)
    }

    @Test("A writer begins anew after removeAll")
    func reuse() {
        var writer = JSONWriter()
        writer.integer(1)
        writer.removeAll()
        writer.integer(2)
        #expect(writer.bytes == Array("2".utf8))
    }

    @Test("What JSON cannot say as a number is null", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(_ value: Double) {
        var writer = JSONWriter()
        writer.double(value)
        #expect(writer.bytes == Array("null".utf8))
    }
}
