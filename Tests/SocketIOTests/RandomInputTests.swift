import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import SocketIO

/// Bytes at random, and good packets with random damage: whatever comes, nothing crashes, and what is refused ends the
/// session. The seed is fixed, so a failure comes back.
@Suite struct RandomInputTests {
    private static let seeds: [String] = [
        #"42["new-dispatch",{"_id":"a\u00e9","n":[1,-2.5e3,true,null]}]"#, #"40/admin,{"token":"123"}"#, "41",
        "43/admin,13[]",
        #"452-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#, #"44{"message":"x"}"#, "2probe", "3",
        "1",
        #"0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#,
    ]
    private static let alphabet = Array("0123456789-[]{}\",:/\\utfnae. \u{1}é".utf8) + [0xFF, 0xC0, 0x80]

    private static func input(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let index = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: index)
            case 1: bytes.removeSubrange(index..<Int.random(in: index...bytes.count, using: &random))
            default: if index < bytes.count { bytes[index] = alphabet.randomElement(using: &random) ?? 0 }
            }
        }
        return bytes
    }

    @Test("decoders survive 20,000 damaged texts, and what they read they write and read again") func decoders() throws
    {
        var random = SeededGenerator(seed: 20_190_827)
        for _ in 0..<20_000 {
            let buffer = ByteBuffer(bytes: Self.input(&random))
            if let json = try? JSON(parsing: buffer) { #expect(try JSON(parsing: json.text) == json) }
            var decoder = SocketIODecoder()
            _ = try? decoder.decode(text: buffer)
            _ = try? decoder.decode(attachment: buffer)
            _ = try? decoder.decode(attachment: buffer)
        }
    }

    private static func openServer() -> SocketIOSession {
        var session = SocketIOSession(Shared(.init()))
        _ = session.open(at: .second(0))
        return session
    }

    private static func openEngine(_ random: inout SeededGenerator) -> EngineIOSession {
        var session = EngineIOSession(Shared(.init()))
        _ = session.open(over: Bool.random(using: &random) ? .polling : .webSocket, at: .second(0))
        return session
    }

    private static func openClient() -> ClientSession {
        var session = ClientSession(.init())
        _ = session.start(at: .second(0))
        return session
    }

    @Test("sessions survive 20,000 damaged messages") func machines() {
        var random = SeededGenerator(seed: 4)
        var server = Self.openServer()
        var client = Self.openClient()
        for step in 0..<20_000 {
            let buffer = ByteBuffer(bytes: Self.input(&random))
            let isBinary = Int.random(in: 0..<8, using: &random) == 0
            guard let packet = isBinary ? EngineIOPacket(binary: buffer) : EngineIOPacket(text: buffer) else {
                continue
            }
            let message = isBinary ? EngineIOMessage.binary(packet.payload) : .text(packet.payload)
            if case .admit(let namespace, _) = server.received(message) { _ = server.admitted(to: namespace) }
            _ = client.received(packet, at: .second(0))
            if !server.isOpen { server = Self.openServer() }
            if !client.isOpen { client = Self.openClient() }
            if step % 50 == 0 { _ = server.admitted(to: "/") }
        }
    }

    /// Whatever a client does in whatever order: a session that is over stays so, and what waits has a bound.
    @Test("a session of Engine.IO survives 20,000 requests, packets and losses in any order") func requests() {
        var random = SeededGenerator(seed: 6)
        var session = Self.openEngine(&random)
        var now = NIODeadline.second(0)
        for _ in 0..<20_000 {
            now = now + .seconds(Int64.random(in: 0...8, using: &random))
            let wasOpen = session.isOpen
            var reason: DisconnectReason?
            switch Int.random(in: 0..<9, using: &random) {
            case 0:
                switch session.poll() {
                case .close(let because): reason = because
                case .holdAndClose: reason = .transportClose
                default: break
                }
            case 1: if case .close(let because) = session.beginPush() { reason = because }
            case 2: _ = session.endPush()
            case 3: _ = session.beginUpgrade(at: now)
            case 4: if session.webSocketLost() { reason = .transportClose }
            case 5: if case .close(let because) = session.timeReached(now) { reason = because }
            case 6: if session.transport == .polling, !session.write(Self.frame) { reason = .slowConsumer }
            case 7: _ = session.flush()
            default:
                guard let packet = EngineIOPacket(text: ByteBuffer(bytes: Self.input(&random))) else { continue }
                let transport = Bool.random(using: &random) ? EngineIOSession.Transport.polling : .webSocket
                switch session.received(packet, over: transport) {
                case .close(let because): reason = because
                case .leave: if !session.leave(at: now) { reason = .transportClose }
                default: break
                }
            }
            #expect(wasOpen || !session.isOpen, "nothing opens a session again")
            guard let reason else { continue }
            #expect(session.close(reason, at: now) != nil)
            #expect(session.close(reason, at: now) == nil)
            session = Self.openEngine(&random)
            _ = session.timeReached(now)
        }
    }

    private static let frame = EncodedPacket(event: "a", [.string(String(repeating: "x", count: 100_000))]).frame

    @Test("a server survives 20,000 damaged frames") func frames() throws {
        var random = SeededGenerator(seed: 5)
        let host = ServerRecorder()
        var session = try RawSession(host)
        var sessions = 1
        for _ in 0..<20_000 {
            let opcode = UInt8.random(in: 0...0xF, using: &random) | (Bool.random(using: &random) ? 0x80 : 0)
            let isOrdinary = Int.random(in: 0..<4, using: &random) > 0
            try? session.receive(opcode: isOrdinary ? 0x81 : opcode, Self.input(&random))
            while try session.sent() != nil {}
            guard !session.channel.isActive else { continue }
            session = try RawSession(host)
            sessions += 1
            try session.receiveText("40")
        }
        #expect(sessions > 1000)
        #expect(host.log.count { $0.hasPrefix("closed") } == sessions - 1)
    }
}
