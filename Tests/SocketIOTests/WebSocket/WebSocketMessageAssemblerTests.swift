import NIOCore
import NIOWebSocket
import Testing

@testable import SocketIO

/// RFC 6455 §5 and §7, as a server sees it where nothing else is said.
@Suite struct WebSocketMessageAssemblerTests {
    typealias Action = WebSocketMessageAssembler.Action

    private static let mask: UInt32 = 0x37FA_213D

    private static func frame(
        _ opcode: WebSocketOpcode,
        _ text: String,
        fin: Bool = true,
        masked: Bool = true
    ) -> ReceivedFrame {
        frame(opcode, Array(text.utf8), fin: fin, masked: masked)
    }

    private static func frame(
        _ opcode: WebSocketOpcode,
        _ bytes: [UInt8],
        fin: Bool = true,
        masked: Bool = true
    ) -> ReceivedFrame {
        var data = ByteBuffer(bytes: bytes)
        if masked { data.unmask(with: mask) }  // which is masking once more
        let firstByte = UInt8(webSocketOpcode: opcode) | (fin ? 0x80 : 0)
        return ReceivedFrame(firstByte: firstByte, mask: masked ? mask : nil, payload: data)
    }

    private static func text(_ text: String) -> Action { .text(ByteBuffer(string: text)) }

    private static func fails(_ code: WebSocketErrorCode, _ action: Action) -> Bool {
        if case .fail(code, _) = action { true } else { false }
    }

    static let sequences: [([ReceivedFrame], [Action])] = [
        ([frame(.text, "4Hello")], [text("4Hello")]),
        ([frame(.text, "")], [text("")]),
        ([frame(.binary, [1, 2, 3])], [.binary(ByteBuffer(bytes: [1, 2, 3]))]),
        ([frame(.text, "Hel", fin: false), frame(.continuation, "lo")], [.none, text("Hello")]),
        // A character may be cut in two.
        ([frame(.text, [0xE2, 0x82], fin: false), frame(.continuation, [0xAC])], [.none, text("€")]),
        (
            [
                frame(.binary, [1], fin: false), frame(.ping, "a"), frame(.continuation, [2], fin: false),
                frame(.pong, ""),
                frame(.continuation, [], fin: true), frame(.text, "next"),
            ],
            [.none, .pong(ByteBuffer(string: "a")), .none, .none, .binary(ByteBuffer(bytes: [1, 2])), text("next")]
        ),
        ([frame(.ping, ""), frame(.pong, "x")], [.pong(ByteBuffer()), .none]),
        // Nothing counts after a close frame.
        ([frame(.connectionClose, ""), frame(.text, "a")], [.close(echo: ByteBuffer()), .none]),
        ([frame(.connectionClose, [3, 232, 0x62])], [.close(echo: ByteBuffer(bytes: [3, 232, 0x62]))]),
        ([frame(.connectionClose, [0x0F, 0xA0])], [.close(echo: ByteBuffer(bytes: [0x0F, 0xA0]))]),
    ]

    @Test("frames become messages", arguments: sequences)
    func messages(frames: [ReceivedFrame], actions: [Action]) {
        var assembler = WebSocketMessageAssembler(role: .server, maximumLength: 100)
        expect(frames.map { assembler.received(.frame($0)) }, is: actions)
    }

    static let violations: [([ReceivedFrame], WebSocketErrorCode)] = [
        ([frame(.text, "a", masked: false)], .protocolError),
        ([frame(.continuation, "a")], .protocolError),
        ([frame(.text, "a", fin: false), frame(.text, "b")], .protocolError),
        ([frame(.text, "a", fin: false), frame(.continuation, "b"), frame(.continuation, "c")], .protocolError),
        ([frame(.ping, "a", fin: false)], .protocolError),
        ([frame(.ping, String(repeating: "a", count: 126))], .protocolError),
        ([frame(.connectionClose, [3])], .protocolError),
        ([frame(.connectionClose, [3, 237])], .protocolError),  // 1005
        ([frame(.connectionClose, [0, 0])], .protocolError),
        ([frame(.connectionClose, [0xFF, 0xFF])], .protocolError),
        ([frame(.connectionClose, [3, 232, 0xFF])], .dataInconsistentWithMessage),
        ([frame(.text, [0xFF])], .dataInconsistentWithMessage),
        ([frame(.text, [0xE2], fin: false), frame(.continuation, [0x82])], .dataInconsistentWithMessage),
        (
            [
                frame(.text, String(repeating: "a", count: 60), fin: false),
                frame(.continuation, String(repeating: "a", count: 41)),
            ], .messageTooLarge
        ),
        (
            [
                frame(.text, String(repeating: "a", count: 60), fin: false),
                frame(.continuation, String(repeating: "a", count: 41), fin: false),
            ], .messageTooLarge
        ),
    ]

    @Test("a broken rule ends the connection, with the right code", arguments: violations)
    func violation(frames: [ReceivedFrame], code: WebSocketErrorCode) {
        var assembler = WebSocketMessageAssembler(role: .server, maximumLength: 100)
        for frame in frames.dropLast() { expect(Self.fails(code, assembler.received(.frame(frame))), is: false) }
        for frame in frames.suffix(1) { expect(Self.fails(code, assembler.received(.frame(frame))), is: true) }
        expect(assembler.received(.frame(Self.frame(.text, "late"))), is: .none)
    }

    @Test(
        "reserved bits and unknown opcodes are refused",
        arguments: [0xC1, 0xA1, 0x91, 0x83, 0x84, 0x87, 0x8B, 0x8F] as [UInt8]
    )
    func reserved(firstByte: UInt8) {
        var assembler = WebSocketMessageAssembler(role: .server, maximumLength: 100)
        let frame = ReceivedFrame(firstByte: firstByte, mask: 0, payload: ByteBuffer(string: "a"))
        expect(Self.fails(.protocolError, assembler.received(.frame(frame))), is: true)
    }

    @Test("a client takes what is not masked, and nothing else") func client() {
        var assembler = WebSocketMessageAssembler(role: .client, maximumLength: 100)
        expect(assembler.received(.frame(Self.frame(.text, "a", masked: false))), is: Self.text("a"))
        expect(Self.fails(.protocolError, assembler.received(.frame(Self.frame(.text, "a")))), is: true)
    }

    @Test("what the reader refused has its code, too") func reader() {
        for (step, code) in [(.tooLong, .messageTooLarge), (.badLength, .protocolError)]
            as [(WebSocketFrameReader.Step, WebSocketErrorCode)]
        {
            var assembler = WebSocketMessageAssembler(role: .server, maximumLength: 100)
            expect(Self.fails(code, assembler.received(step)), is: true)
            expect(assembler.received(.tooLong), is: .none)
        }
    }
}
