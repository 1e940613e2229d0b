import Base
import NIOCore
import SocketIO
import Testing

/// RFC 8259, section by section.
@Suite struct JSONParserTests {
    static let validTexts: [(String, JSON)] = [
        ("null", nil), (" true ", true), ("\tfalse\r\n", false),
        ("0", 0), ("-7", -7), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("-0", .number(-0.0)),
        ("1.5", 1.5), ("-2.5e3", -2500.0), ("1E+2", 100.0), ("1e-2", 0.01),
        ("123456789012345678", 123_456_789_012_345_678),
        ("\"\"", ""), ("\"plain\"", "plain"), ("\"grün, 東京 🎉\"", "grün, 東京 🎉"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\uD83C\uDF89!""#, "Aé🎉!"),
        (#""eight byte\ns before, and after""#, "eight byte\ns before, and after"),
        (#""ends with \\""#, "ends with \\"),
        // Half a surrogate pair, as JavaScript writes one.
        (#""ab\ud800""#, "ab\u{FFFD}"), (#""\ud800\u0041""#, "\u{FFFD}A"), (#""\ude00""#, "\u{FFFD}"),
        (#""\ud83c\ud83c\udf89""#, "\u{FFFD}🎉"), (#""\ud800\n""#, "\u{FFFD}\n"),
        ("[]", []), ("[ 1 , [ ] , {} ]", [1, [], [:]]), ("{}", [:]),
        (#"{"b":1,"a":{"c":[null]}}"#, ["b": 1, "a": ["c": [nil]]]), (#"{ "" : 0 }"#, ["": 0]),
    ]

    @Test("what is JSON is read", arguments: validTexts)
    func valid(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
    }

    static let invalidTexts: [(String, JSONParsingError.Code, Int)] = [
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 3),
        ("truefalse", .trailingBytes, 4), ("1 2", .trailingBytes, 2), ("[1,]", .unexpectedByte, 3),
        ("[1 2]", .unexpectedByte, 3),
        ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1), ("{1:2}", .unexpectedByte, 1),
        (#"{"a"}"#, .unexpectedByte, 4),
        (#"{"a":1,}"#, .unexpectedByte, 7), (#"{"a":1"#, .unexpectedEnd, 6), ("]", .unexpectedByte, 0),
        ("'a'", .unexpectedByte, 0),
        ("01", .invalidNumber, 0), ("-", .unexpectedEnd, 1), ("-a", .invalidNumber, 1), ("1.", .unexpectedEnd, 2),
        ("1.e5", .invalidNumber, 2), ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
        ("1e999", .invalidNumber, 0), (".5", .unexpectedByte, 0),
        ("+1", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
        (#"""#, .unexpectedEnd, 1), (#""abc"#, .unexpectedEnd, 4), (#""ab\"#, .unexpectedEnd, 4),
        (#""\x""#, .invalidEscape, 1),
        (#""\u12g4""#, .invalidEscape, 1), (#""\u12""#, .invalidEscape, 1), ("\"a\nb\"", .controlCharacter, 2),
        ("\"long enough for a word\u{1}\"", .controlCharacter, 23),
    ]

    @Test("what is not is refused, at the right byte", arguments: invalidTexts)
    func invalid(text: String, code: JSONParsingError.Code, offset: Int) {
        #expect(throws: JSONParsingError(code, at: offset)) { try JSON(parsing: text) }
    }

    @Test(
        "bytes that are not UTF-8 are refused, with and without escapes beside them",
        arguments: [
            [0xC0, 0x80], [0xFF], [0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x8E], [0xC3, 0x28],
        ] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        for escape in ["", "\\n"] {
            let buffer = ByteBuffer(bytes: Array("[\"".utf8) + Array(escape.utf8) + bytes + Array("\"]".utf8))
            #expect(throws: JSONParsingError(.invalidUTF8, at: 2)) { try JSON(parsing: buffer) }
        }
    }

    @Test("64 levels are read, 65 are not") func depth() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        _ = try JSON(parsing: nested(64))
        #expect(throws: JSONParsingError(.tooDeep, at: 64)) { try JSON(parsing: nested(65)) }
        #expect(throws: JSONParsingError(.tooDeep, at: 64)) {
            try JSON(parsing: String(repeating: "[", count: 100_000))
        }
    }

    @Test("only the readable bytes of a buffer count") func readableBytes() throws {
        var buffer = ByteBuffer(string: "42[7]x")
        buffer.moveReaderIndex(forwardBy: 2)
        buffer.moveWriterIndex(to: 5)
        #expect(try JSON(parsing: buffer) == [7])
    }
}
