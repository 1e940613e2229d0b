import Base
import NIOCore
import SocketIO
import Testing

@Suite struct JSONWriterTests {
    @Test("commas come by themselves") func commas() {
        var writer = JSONWriter(ByteBuffer(string: "42"))
        writer.beginArray()
        writer.string("name")
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.endArray()
        writer.key("b")
        writer.beginObject()
        writer.endObject()
        writer.key("c")
        writer.null()
        writer.endObject()
        writer.integer(-12)
        writer.raw("{}")
        writer.raw(ByteBuffer(string: "[1]"))
        writer.number(.infinity)
        writer.bool(false)
        writer.endArray()
        #expect(String(buffer: writer.buffer) == #"42["name",{"a":[],"b":{},"c":null},-12,{},[1],null,false]"#)
    }

    @Test(
        "what a string cannot hold is escaped",
        arguments: [
            ("\"quoted\"", #""\"quoted\"""#), ("back\\slash", #""back\\slash""#),
            ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
            ("\u{0}\u{1F}", #""\u0000\u001f""#), ("/\u{7F}é🎉", "\"/\u{7F}é🎉\""), ("", "\"\""),
            (
                "a long text \"with\" two\nkinds of it, and an end",
                #""a long text \"with\" two\nkinds of it, and an end""#
            ),
        ]
    )
    func escapes(text: String, expected: String) {
        #expect(JSON.string(text).text == expected)
        #expect(JSON.object(JSONObject([.init(key: text, value: 1)])).text == "{\(expected):1}")
    }

    @Test(
        "integers are written whole, to their extremes",
        arguments: [
            0, 9, 10, -1, 99, 100, 1_234_567_890, .max, .min,
        ] as [Int64]
    )
    func integers(value: Int64) {
        #expect(JSON.integer(value).text == "\(value)")
    }

    @Test("bytes become placeholders") func binary() {
        #expect(
            JSON.array([.binary([1]), ["x": .binary([2])]]).text
                == #"[{"_placeholder":true,"num":0},{"x":{"_placeholder":true,"num":1}}]"#
        )
    }

    @Test("what is written is read back", arguments: JSONParserTests.validTexts.map(\.1))
    func roundTrip(value: JSON) throws {
        #expect(try JSON(parsing: value.text) == value)
    }

    @Test(
        "doubles survive exactly",
        arguments: [0.1, 1e300, 2.2250738585072014e-308, -1.7976931348623157e308, 123456.789]
    )
    func doubles(value: Double) throws {
        #expect(try JSON(parsing: JSON.number(value).text) == .number(value))
    }
}
