import Base
import Foundation
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import SocketIO

/// What strangers might send, right, nearly right and not right at all, to the decoders and to the machines of both ends: nothing
/// crashes, what is refused ends the session, what is read is what was written. The seed is fixed, so a failure comes back;
/// `GRIDDRILL_FUZZ_INPUTS` and `GRIDDRILL_FUZZ_SEED` are for more of it and for others.
@Suite struct RandomInputTests {
    private let inputs = Self.number("GRIDDRILL_FUZZ_INPUTS") ?? 20_000
    private var generator = WireGenerator(seed: Self.number("GRIDDRILL_FUZZ_SEED").map(UInt64.init) ?? 20_190_827)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func `JSON that was read is written and read as the same`() throws {
        var generator = generator
        var taken = 0
        for _ in 0..<inputs {
            let text = ByteBuffer(bytes: generator.damaged(Array(generator.json().utf8)))
            guard let json = try? JSON(parsing: text) else { continue }
            taken += 1
            #expect(try JSON(parsing: json.text) == json)
        }
        #expect(taken > inputs / 3)
    }

    @Test func `UTF-8 is what the standard library takes for it`() {
        var generator = generator
        for _ in 0..<inputs {
            let message = generator.engineIOPacket()[0]
            guard case .text(let text) = message else { continue }
            let isText = String(validating: text, as: UTF8.self) != nil
            #expect(text.withUnsafeBytes(isWellFormedUTF8) == isText, "\(text)")
        }
    }

    @Test func `base64 brings back what it was made of`() {
        var generator = generator
        for _ in 0..<inputs {
            let bytes = ByteBuffer(bytes: generator.bytes(upTo: 50))
            var text = ByteBuffer()
            text.writeBase64(bytes)
            #expect(text.decodingBase64() == bytes)
            #expect(String(buffer: text) == Data(bytes.readableBytesView).base64EncodedString())
            let damaged = ByteBuffer(bytes: generator.damaged(Array(text.readableBytesView)))
            if let decoded = damaged.decodingBase64() { #expect(decoded.readableBytes <= damaged.readableBytes) }
        }
    }

    @Test func `a Socket.IO packet that was read is written and read as the same`() throws {
        var generator = generator
        var taken = 0
        for _ in 0..<inputs {
            var decoder = SocketIODecoder()
            guard let packet = Self.decode(generator.socketIOPacket(), &decoder) else { continue }
            taken += 1
            var second = SocketIODecoder()
            let again = Self.decode(Self.messages(packet), &second)
            #expect(again == packet)
        }
        #expect(taken > inputs / 10)
    }

    private static func decode(_ messages: [WireGenerator.Message], _ decoder: inout SocketIODecoder) -> SocketIOPacket?
    {
        var packet: SocketIOPacket?
        for message in messages where packet == nil {
            switch message {
            case .text(let text): packet = try? decoder.decode(text: ByteBuffer(bytes: text.dropFirst()))
            case .binary(let bytes): packet = try? decoder.decode(attachment: ByteBuffer(bytes: bytes))
            }
        }
        return packet
    }

    private static func messages(_ packet: SocketIOPacket) -> [WireGenerator.Message] {
        let encoded: EncodedPacket
        switch packet {
        case .connect(let namespace, let payload):
            encoded = EncodedPacket(.connect, namespace: namespace, payload: payload.map(JSON.object))
        case .disconnect(let namespace): encoded = EncodedPacket(.disconnect, namespace: namespace)
        case .connectError(let namespace, let payload):
            encoded = EncodedPacket(.connectError, namespace: namespace, payload: payload)
        case .event(let event):
            encoded = EncodedPacket(
                event: event.name,
                namespace: event.namespace,
                acknowledgementID: event.acknowledgementID,
                event.arguments
            )
        case .acknowledgement(let namespace, let id, let arguments):
            encoded = EncodedPacket(acknowledging: id, namespace: namespace, arguments)
        }
        let attachments = encoded.attachments.map { Array(WebSocketFrameHeader.content($0).payload.readableBytesView) }
        return [.text(Array(encoded.payload.readableBytesView))] + attachments.map { .binary($0) }
    }

    @Test func `packets joined for a request are read one by one as they were`() {
        var generator = generator
        for _ in 0..<inputs {
            let messages = (0..<(1 + generator.random.below(4))).flatMap { _ in generator.engineIOPacket() }
            let packets = messages.compactMap { message in
                switch message {
                case .text(let text) where !text.contains(EngineIOPayload.separator):
                    EngineIOPacket(text: ByteBuffer(bytes: text))
                case .text: nil
                case .binary(let bytes): EngineIOPacket(binary: ByteBuffer(bytes: bytes))
                }
            }
            guard !packets.isEmpty else { continue }
            let frames = packets.map { packet in
                packet.isBinary
                    ? EngineIOMessage.binary(packet.payload).frame
                    : EncodedPacket(packet.kind, payload: packet.payload).frame
            }
            #expect(Self.read(EngineIOPayload.body(frames)).map { $0 == packets } == true)
            _ = Self.read(ByteBuffer(bytes: generator.payload()))
        }
    }

    private static func read(_ body: ByteBuffer) -> [EngineIOPacket]? {
        var reader = EngineIOPayloadReader(body)
        var packets: [EngineIOPacket] = []
        while true {
            switch reader.next() {
            case .packet(let packet): packets.append(packet)
            case .malformed: return nil
            case .end: return packets
            }
        }
    }

    @Test(arguments: [WebSocketMessageAssembler.Role.server, .client])
    func `frames mean the same however the network cuts them`(role: WebSocketMessageAssembler.Role) {
        var generator = generator
        var count = 0
        while count < inputs / 2 {
            let messages = (0..<(1 + generator.random.below(8))).flatMap { _ in generator.engineIOPacket() }
            count += messages.count
            let bytes = messages.flatMap { generator.frames($0, isMasked: role == .server) }
            let whole = Self.actions(role, [bytes])
            #expect(Self.actions(role, generator.pieces(of: bytes)) == whole)
        }
    }

    private static func actions(
        _ role: WebSocketMessageAssembler.Role,
        _ pieces: [[UInt8]]
    ) -> [WebSocketMessageAssembler.Action] {
        var reader = WebSocketFrameReader(maximumLength: 10_000)
        var assembler = WebSocketMessageAssembler(role: role, maximumLength: 10_000)
        var actions: [WebSocketMessageAssembler.Action] = []
        for piece in pieces {
            reader.append(ByteBuffer(bytes: piece))
            while true {
                let step = reader.next()
                if case .incomplete = step { break }
                let action = assembler.received(step)
                actions.append(action)
                switch action {
                case .close, .fail: return actions
                default: break
                }
            }
        }
        return actions
    }

    // MARK: Machines

    @Test func `sessions of both ends survive any packets, and are over when they say so`() {
        var generator = generator
        var server = Self.openServer()
        var client = Self.openClient()
        var sessions = 0
        for step in 0..<inputs {
            for message in generator.engineIOPacket() {
                let packet: EngineIOPacket?
                switch message {
                case .text(let text): packet = EngineIOPacket(text: ByteBuffer(bytes: text))
                case .binary(let bytes): packet = EngineIOPacket(binary: ByteBuffer(bytes: bytes))
                }
                guard let packet else { continue }
                receive(packet, &server)
                if case .close = client.received(packet, at: .second(0)) { #expect(!client.isOpen) }
            }
            if !server.isOpen {
                sessions += 1
                server = Self.openServer()
            }
            if !client.isOpen { client = Self.openClient() }
            if step % 50 == 0 { _ = server.admitted(to: "/") }
            _ = server.addAcknowledgement()
        }
        #expect(sessions > inputs / 100)
    }

    private func receive(_ packet: EngineIOPacket, _ server: inout SocketIOSession) {
        let message = packet.isBinary ? EngineIOMessage.binary(packet.payload) : .text(packet.payload)
        let wasOpen = server.isOpen
        switch server.received(message) {
        case .admit(let namespace, _): _ = server.admitted(to: namespace)
        case .close: #expect(!server.isOpen)
        case .none: break
        default: #expect(wasOpen)
        }
    }

    private static func openServer() -> SocketIOSession {
        var session = SocketIOSession(Shared(.init()))
        _ = session.open(at: .second(0))
        return session
    }

    private static func openClient() -> ClientSession {
        var session = ClientSession(.init())
        _ = session.start(at: .second(0))
        let handshake = #"{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#
        _ = session.received(EngineIOPacket(.open, ByteBuffer(string: handshake)), at: .second(0))
        return session
    }

    /// Whatever a client does in whatever order: a session that is over stays so, and what waits has a bound.
    @Test func `a session of Engine.IO survives requests, packets and losses in any order`() {
        var generator = generator
        var session = Self.openEngine(&generator)
        var now = NIODeadline.second(0)
        for _ in 0..<inputs {
            now = now + .seconds(Int64(generator.random.below(9)))
            let wasOpen = session.isOpen
            let reason = Self.step(&session, &generator, now)
            #expect(wasOpen || !session.isOpen, "nothing opens a session again")
            guard let reason else { continue }
            #expect(session.close(reason, at: now) != nil)
            #expect(session.close(reason, at: now) == nil)
            session = Self.openEngine(&generator)
            _ = session.timeReached(now)
        }
    }

    private static func openEngine(_ generator: inout WireGenerator) -> EngineIOSession {
        var session = EngineIOSession(Shared(.init()))
        _ = session.open(over: generator.random.below(2) == 0 ? .polling : .webSocket, at: .second(0))
        return session
    }

    private static let frame = EncodedPacket(event: "a", [.string(String(repeating: "x", count: 100_000))]).frame

    /// One thing that happens to a session: why it is to end, if it is.
    private static func step(
        _ session: inout EngineIOSession,
        _ generator: inout WireGenerator,
        _ now: NIODeadline
    ) -> DisconnectReason? {
        switch generator.random.below(9) {
        case 0:
            switch session.poll() {
            case .close(let reason): return reason
            case .holdAndClose: return .transportClose
            case .answer(let body): #expect(body.readableBytes <= 2 << 20)
            default: break
            }
        case 1: if case .close(let reason) = session.beginPush() { return reason }
        case 2: _ = session.endPush()
        case 3: _ = session.beginUpgrade(at: now)
        case 4: if session.webSocketLost() { return .transportClose }
        case 5: if case .close(let reason) = session.timeReached(now) { return reason }
        case 6: if session.transport == .polling, !session.write(frame) { return .slowConsumer }
        case 7: _ = session.flush()
        default:
            guard case .text(let text) = generator.engineIOPacket()[0],
                let packet = EngineIOPacket(text: ByteBuffer(bytes: text))
            else { return nil }
            let transport = generator.random.below(2) == 0 ? EngineIOSession.Transport.polling : .webSocket
            switch session.received(packet, over: transport) {
            case .close(let reason): return reason
            case .leave: return session.leave(at: now) ? nil : .transportClose
            default: break
            }
        }
        return nil
    }

    // MARK: Both, behind a channel

    @Test func `a server survives any frames, and each session closes once`() throws {
        var generator = generator
        let host = ServerRecorder()
        var session = try RawSession(host)
        var sessions = 1
        for _ in 0..<inputs {
            let bytes = generator.engineIOPacket().flatMap { generator.frames($0, isMasked: true) }
            for piece in generator.pieces(of: bytes) where session.channel.isActive {
                _ = try? session.channel.writeInbound(ByteBuffer(bytes: piece))
            }
            while try session.sent() != nil {}
            guard !session.channel.isActive else { continue }
            session = try RawSession(host)
            sessions += 1
            try session.receiveText("40")
        }
        #expect(sessions > inputs / 50)
        #expect(host.log.count { $0.hasPrefix("closed") } == sessions - 1)
    }
}
