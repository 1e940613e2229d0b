import Base
internal import NIOCore
internal import NIOEmbedded
internal import SocketIO
internal import TestSupport

/// Something that reads what strangers send, from the outside: nothing may crash it, and what is said of each holds.
enum FuzzTarget: String, CaseIterable {
    /// JSON texts: what is read is written, and read again as the same.
    case json
    /// Frames to a server: however the bytes are cut, the host learns the same and the client gets the same; a client that does
    /// not read leaves no more waiting than was agreed; every session that opened has closed in the end.
    case frames
    /// Requests of polling and upgrades to a server: each is answered or its connection closed; every session closes.
    case requests
    /// Frames to a client: however the bytes are cut, it says the same.
    case client

    /// One conversation. The seed repeats it.
    /// - Returns: how many inputs it was.
    func run(seed: UInt64) throws -> Int {
        var generator = WireGenerator(seed: seed)
        switch self {
        case .json: return try Self.json(&generator)
        case .frames: return try Self.frames(&generator)
        case .requests: return try Self.requests(&generator)
        case .client: return try Self.client(&generator)
        }
    }

    private static func json(_ generator: inout WireGenerator) throws -> Int {
        let text = generator.damaged(Array(generator.json().utf8))
        if let json = try? JSON(parsing: ByteBuffer(bytes: text)) {
            try require(JSON(parsing: json.text) == json, "\(json.text) is read as something else than was written")
        }
        return 1
    }

    /// The messages of a connection, each as the bytes of its frames.
    private static func conversation(_ generator: inout WireGenerator, isMasked: Bool, first: String) -> [[UInt8]] {
        var messages = [generator.frames(.text(Array(first.utf8)), isMasked: isMasked)]
        for _ in 0..<generator.random.below(30) {
            for message in generator.engineIOPacket() {
                messages.append(generator.frames(message, isMasked: isMasked))
            }
        }
        return messages
    }

    private static func frames(_ generator: inout WireGenerator) throws -> Int {
        let first = generator.random.pick(["40", "40/custom,", "40{}"])
        let messages = conversation(&generator, isMasked: true, first: first)
        let isStalled = generator.random.below(8) == 0
        let steps = messages.map { (bytes: $0, waits: generator.random.below(20) == 0) }
        var talks: [Talk] = []
        for isCut in [false, true] {
            let server = FuzzServer()
            let channel = try server.connect()
            channel.receive(FuzzServer.webSocketRequest())
            var sent = try channel.sent()
            if isStalled {
                channel.isWritable = false
                channel.pipeline.fireChannelWritabilityChanged()
            }
            let before = sent.count
            for step in steps {
                let pieces = isCut ? generator.pieces(of: step.bytes) : [step.bytes]
                for piece in pieces { channel.receive(piece) }
                if !isStalled { sent += try channel.sent() }
                if step.waits { server.loop.advanceTime(by: .seconds(10)) }
            }
            sent += try channel.sent()
            // The handshake's frames and a close frame beside what may wait.
            try require(
                !isStalled || sent.count - before <= FuzzServer.maximumQueuedBytes + 1_000,
                "\(sent.count - before) bytes wait for a client that does not read"
            )
            server.end()
            try require(server.host.opened == server.host.closed, "a session is left over")
            talks.append(Talk(log: server.host.log, sent: sent))
        }
        // Where a reader is stalled, what waits when depends on how the bytes are cut.
        if !isStalled { try require(talks[0] == talks[1], "cut otherwise, the same bytes have another effect") }
        return messages.count
    }

    private static func requests(_ generator: inout WireGenerator) throws -> Int {
        let server = FuzzServer()
        var connections = try (0..<2).map { _ in try server.connect() }
        connections[0].receive(Array("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: fuzz\r\n\r\n".utf8))
        let count = 1 + generator.random.below(20)
        for _ in 0..<count {
            let index = generator.random.below(connections.count)
            if !connections[index].isActive { connections[index] = try server.connect() }
            for piece in generator.pieces(of: request(&generator)) { connections[index].receive(piece) }
            for connection in connections { _ = try connection.sent() }
            if generator.random.below(10) == 0 { server.loop.advanceTime(by: .seconds(10)) }
        }
        server.end()
        for connection in connections { _ = try connection.sent() }
        try require(server.host.opened == server.host.closed, "a session is left over")
        try require(connections.allSatisfy { !$0.isActive }, "a connection is left over")
        return count
    }

    private static func request(_ generator: inout WireGenerator) -> [UInt8] {
        let sid = generator.random.pick(["&sid=id", "&sid=id", "&sid=id", "&sid=other", ""])
        let head = "/socket.io/?EIO=4&transport=polling\(sid) HTTP/1.1\r\nHost: fuzz\r\n"
        switch generator.random.below(10) {
        case 0...3: return Array("GET \(head)\r\n".utf8)
        case 4...7:
            let body = generator.payload()
            return Array("POST \(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        case 8:
            var frames = FuzzServer.webSocketRequest(sid)
            for text in ["2probe", "5", "40"] { frames += generator.frames(.text(Array(text.utf8)), isMasked: true) }
            return generator.damaged(frames)
        default: return generator.damaged(Array("\(generator.random.pick(["PUT", "OPTIONS", "GET"])) \(head)\r\n".utf8))
        }
    }

    private static func client(_ generator: inout WireGenerator) throws -> Int {
        let handshake = #"0{"sid":"id","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000}"#
        var messages = conversation(&generator, isMasked: false, first: generator.random.pick([handshake, "0{}", "2"]))
        messages.insert(generator.frames(.text(Array(#"40{"sid":"id"}"#.utf8)), isMasked: false), at: 1)
        var talks: [Talk] = []
        for isCut in [false, true] {
            let client = try FuzzClient()
            for message in messages {
                for piece in isCut ? generator.pieces(of: message) : [message] { client.channel.receive(piece) }
            }
            let sent = try client.channel.sent()
            client.loop.advanceTime(by: .minutes(10))
            try require(client.host.ends == 1, "a session ended \(client.host.ends) times")
            talks.append(Talk(log: client.host.log, sent: sent))
        }
        try require(talks[0] == talks[1], "cut otherwise, the same bytes have another effect")
        return messages.count
    }

    private struct Talk: Equatable {
        let log: [String]
        let sent: [UInt8]
    }

    private static func require(_ holds: Bool, _ problem: @autoclosure () -> String) throws {
        if !holds { throw BenchmarkError(problem()) }
    }
}
