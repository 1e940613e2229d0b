import Base
import NIOCore
import Testing

@testable import SocketIO

@Suite struct SocketIODecoderTests {
    /// Every example of the protocol's document that goes without attachments.
    static let examples: [(String, SocketIOPacket)] = [
        ("0", .connect(namespace: "/", payload: nil)),
        (#"0{"sid":"wZX3oN0bSVIhsaknAAAI"}"#, .connect(namespace: "/", payload: ["sid": "wZX3oN0bSVIhsaknAAAI"])),
        ("0/admin,", .connect(namespace: "/admin", payload: nil)),
        (
            #"0/admin,{"sid":"oSO0OpakMV_3jnilAAAA"}"#,
            .connect(namespace: "/admin", payload: ["sid": "oSO0OpakMV_3jnilAAAA"])
        ),
        (#"4{"message":"Not authorized"}"#, .connectError(namespace: "/", payload: ["message": "Not authorized"])),
        (#"2["foo"]"#, .event(SocketIOEvent(name: "foo"))),
        (#"2/admin,["bar"]"#, .event(SocketIOEvent(namespace: "/admin", name: "bar"))),
        (#"212["foo"]"#, .event(SocketIOEvent(name: "foo", acknowledgementID: 12))),
        ("312[]", .acknowledgement(namespace: "/", id: 12, arguments: [])),
        (#"2/admin,13["foo"]"#, .event(SocketIOEvent(namespace: "/admin", name: "foo", acknowledgementID: 13))),
        (#"3/admin,13["bar"]"#, .acknowledgement(namespace: "/admin", id: 13, arguments: ["bar"])),
        (#"314["bar"]"#, .acknowledgement(namespace: "/", id: 14, arguments: ["bar"])),
        ("1", .disconnect(namespace: "/")),
        ("1/admin,", .disconnect(namespace: "/admin")),
    ]

    @Test("the protocol's examples are read", arguments: examples)
    func example(text: String, packet: SocketIOPacket) throws {
        var decoder = SocketIODecoder()
        expect(try decoder.decode(text: ByteBuffer(string: text)), is: packet)
    }

    @Test(
        "what others send is read, too",
        arguments: [
            ("0/random", SocketIOPacket.connect(namespace: "/random", payload: nil)),
            ("1/custom", .disconnect(namespace: "/custom")),
            (#"4"Not authorized""#, .connectError(namespace: "/", payload: "Not authorized")),
            (#"2 [ "a" , 1 , {"b":[null]} ] "#, .event(SocketIOEvent(name: "a", arguments: [1, ["b": [nil]]]))),
            ("2[7,8]", .event(SocketIOEvent(name: "7", arguments: [8]))),
            (#"20["a"]"#, .event(SocketIOEvent(name: "a", acknowledgementID: 0))),
            (
                #"2["a",{"_placeholder":true,"num":0}]"#,
                .event(SocketIOEvent(name: "a", arguments: [["_placeholder": true, "num": 0]]))
            ),
        ]
    )
    func lenient(text: String, packet: SocketIOPacket) throws {
        var decoder = SocketIODecoder()
        expect(try decoder.decode(text: ByteBuffer(string: text)), is: packet)
    }

    static let malformedTexts: [(String, SocketIODecodingError.Code)] = [
        ("", .empty), ("7", .unknownType), ("abc", .unknownType), ("é", .unknownType),
        ("2", .missingPayload), ("2/admin,", .missingPayload), ("212", .missingPayload), ("2{}", .payloadNotAnArray),
        (#"2"foo""#, .payloadNotAnArray), ("2[]", .missingEventName), ("2[{}]", .missingEventName),
        ("2[null]", .missingEventName),
        (#"2["foo""#, .payloadNotJSON), (#"2["foo"]x"#, .payloadNotJSON), (#"2["foo",]"#, .payloadNotJSON),
        ("2[", .payloadNotJSON),
        (#"2["connect"]"#, .reservedEventName), (#"2["disconnect"]"#, .reservedEventName),
        (#"2["disconnecting"]"#, .reservedEventName),
        (#"2["connect_error"]"#, .reservedEventName), (#"2["newListener"]"#, .reservedEventName),
        (#"2["removeListener"]"#, .reservedEventName),
        (#"29007199254740992["foo"]"#, .acknowledgementIDTooLarge),
        (#"299999999999999999999999["foo"]"#, .acknowledgementIDTooLarge),
        ("3[]", .missingAcknowledgementID), ("312", .missingPayload), ("312{}", .payloadNotAnArray),
        ("312[", .payloadNotJSON),
        ("0[]", .payloadNotAnObject), (#"0"a""#, .payloadNotAnObject), ("012", .unexpectedAcknowledgementID),
        ("0{", .payloadNotJSON),
        ("1{}", .unexpectedPayload), ("11", .unexpectedAcknowledgementID), ("4[]", .payloadNotAnObject),
        ("4null", .payloadNotAnObject),
        (#"5["a"]"#, .illegalAttachmentCount), (#"5-["a"]"#, .illegalAttachmentCount),
        (#"50-["a"]"#, .illegalAttachmentCount),
        (#"51["a"]"#, .illegalAttachmentCount), (#"511-["a"]"#, .tooManyAttachments),
        (#"599999999999999999999-["a"]"#, .tooManyAttachments),
        ("61-[]", .missingAcknowledgementID),
    ]

    @Test("what is malformed is refused, and why is said", arguments: malformedTexts)
    func malformed(text: String, code: SocketIODecodingError.Code) {
        var decoder = SocketIODecoder()
        #expect(throws: SocketIODecodingError(code)) { _ = try decoder.decode(text: ByteBuffer(string: text)) }
    }
}

@Suite struct SocketIOAttachmentTests {
    /// The examples of the protocol's document that have attachments.
    @Test(
        "attachments take their places",
        arguments: [
            (
                #"51-["baz",{"_placeholder":true,"num":0}]"#, [[1, 2, 3, 4]],
                SocketIOPacket.event(SocketIOEvent(name: "baz", arguments: [.binary([1, 2, 3, 4])]))
            ),
            (
                #"52-/admin,["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#, [[1, 2], [3, 4]],
                .event(
                    SocketIOEvent(namespace: "/admin", name: "baz", arguments: [.binary([1, 2]), .binary([3, 4])])
                )
            ),
            (
                #"51-14["foo",{"_placeholder":true,"num":0}]"#, [[1, 2, 3, 4]],
                .event(SocketIOEvent(name: "foo", arguments: [.binary([1, 2, 3, 4])], acknowledgementID: 14))
            ),
            (
                #"61-15["bar",{"_placeholder":true,"num":0}]"#, [[1, 2, 3, 4]],
                .acknowledgement(namespace: "/", id: 15, arguments: ["bar", .binary([1, 2, 3, 4])])
            ),
            (
                #"51-["deep",{"a":[{"b":{"num":0,"_placeholder":true}}]}]"#, [[]],
                .event(SocketIOEvent(name: "deep", arguments: [["a": [["b": .binary([])]]]]))
            ),
        ] as [(String, [[UInt8]], SocketIOPacket)]
    )
    func example(text: String, attachments: [[UInt8]], packet: SocketIOPacket) throws {
        var decoder = SocketIODecoder()
        expect(try decoder.decode(text: ByteBuffer(string: text)), is: nil)
        for attachment in attachments.dropLast() {
            expect(try decoder.decode(attachment: ByteBuffer(bytes: attachment)), is: nil)
        }
        expect(try decoder.decode(attachment: ByteBuffer(bytes: attachments.last ?? [])), is: packet)
        expect(try decoder.decode(text: ByteBuffer(string: "0")) != nil, is: true, "it is ready for the next packet")
    }

    @Test("bytes that nobody announced are refused") func unexpectedBinary() {
        var decoder = SocketIODecoder()
        #expect(throws: SocketIODecodingError(.unexpectedBinary)) { _ = try decoder.decode(attachment: ByteBuffer()) }
    }

    @Test("text is refused while attachments are due") func unexpectedText() throws {
        var decoder = SocketIODecoder()
        _ = try decoder.decode(text: ByteBuffer(string: #"51-["a",{"_placeholder":true,"num":0}]"#))
        #expect(throws: SocketIODecodingError(.unexpectedText)) {
            _ = try decoder.decode(text: ByteBuffer(string: "0"))
        }
    }

    @Test(
        "a placeholder must name an attachment",
        arguments: ["1", "-1", "\"0\"", "null", "1.5", "9223372036854775807"]
    )
    func outOfBounds(number: String) throws {
        var decoder = SocketIODecoder()
        _ = try decoder.decode(text: ByteBuffer(string: #"51-["a",{"_placeholder":true,"num":\#(number)}]"#))
        #expect(throws: SocketIODecodingError(.placeholderOutOfBounds)) {
            _ = try decoder.decode(attachment: ByteBuffer(bytes: [1]))
        }
    }

    /// Sent on, such a packet would be as many times as long as it has placeholders.
    @Test("an attachment has one place") func repeated() throws {
        var decoder = SocketIODecoder()
        let placeholder = #"{"_placeholder":true,"num":0}"#
        _ = try decoder.decode(text: ByteBuffer(string: #"51-["a",[\#(placeholder)],\#(placeholder)]"#))
        #expect(throws: SocketIODecodingError(.placeholderRepeated)) {
            _ = try decoder.decode(attachment: ByteBuffer(bytes: [1]))
        }
    }
}
