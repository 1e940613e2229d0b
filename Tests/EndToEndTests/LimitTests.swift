import Base
import Foundation
import NIOCore
import SocketIO
import TestSupport
import Testing

/// What a server lets one client take: each limit over a real socket, and each counted.
@Suite struct LimitTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func serve(_ arguments: String...) async throws -> RunningServer {
        try await RunningServer(in: scratch, database: "d.sqlite", arguments: arguments)
    }

    private func limited(_ limit: String) -> String { "griddrill_limited_total{limit=\"\(limit)\"}" }

    @Test(
        arguments: [("--max-connections", "connections"), ("--max-connections-per-address", "connections_per_address")]
    )
    func `one connection too many is told to come back, and when another has gone it is let in`(
        flag: String,
        limit: String
    ) async throws {
        let server = try await serve(flag, "2")
        let first = try RawConnection(port: server.port)
        var second: RawConnection? = try RawConnection(port: server.port)
        #expect(try second?.ask("GET", "/health")?.status == 200)
        #expect(try first.ask("GET", "/health")?.status == 200)
        let refused = try RawConnection(port: server.port)
        let answer = try #require(try refused.ask("GET", "/health"))
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "5")
        #expect(answer.body["error"]?["code"] == "too-many-connections")
        #expect(try refused.isClosed())
        #expect(try first.metric(limited(limit)) == 1)
        second = nil
        try await eventually("there is room again") {
            try RawConnection(port: server.port).ask("GET", "/health")?.status == 200
        }
        #expect(try await server.stop().status == 0)
    }

    @Test(arguments: [
        ["--max-connections", "2", "--max-connections-per-address", "0"],
        ["--max-connections", "0", "--max-connections-per-address", "2"],
    ])
    func `one session too many is told to come back, also over polling`(limits: [String]) async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: limits)
        let connection = try RawConnection(port: server.port)
        var id = ""
        for _ in 0..<2 {
            let opened = try #require(try connection.ask("GET", "/socket.io/?EIO=4&transport=polling"))
            #expect(opened.status == 200)
            id = try JSON(parsing: ByteBuffer(string: String(opened.text.dropFirst())))["sid"]?.stringValue ?? ""
            // Who has joined stays.
            #expect(try connection.ask("POST", "/socket.io/?EIO=4&transport=polling&sid=\(id)", "40")?.status == 200)
        }
        let answer = try #require(try connection.ask("GET", "/socket.io/?EIO=4&transport=polling"))
        #expect(answer.status == 503)
        #expect(answer.headers["retry-after"] == "5")
        #expect(answer.body["message"] == "Too many sessions")
        #expect(try connection.metric(limited("sessions")) == 1)
        #expect(try connection.ask("POST", "/socket.io/?EIO=4&transport=polling&sid=\(id)", "1")?.status == 200)
        #expect(try connection.ask("GET", "/socket.io/?EIO=4&transport=polling")?.status == 200)
        #expect(try await server.stop().status == 0)
    }

    @Test func `whoever asks too often waits, but an incident and a probe get through`() async throws {
        // 20 at once, the last two of them for changes. A minute long no other comes up.
        let server = try await serve("--max-request-rate", "1")
        let connection = try RawConnection(port: server.port)
        var statuses: [Int] = []
        var last: RawAnswer?
        while statuses.count < 200, last?.status != 429 {
            last = try connection.ask("GET", "/customer/1")
            statuses.append(last?.status ?? 0)
        }
        #expect(statuses.count >= 19)
        #expect(statuses.last == 429)
        #expect(last?.headers["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
        #expect(last?.body["error"]?["code"] == "too-many-requests")
        #expect(try connection.ask("GET", "/ready")?.status == 200)
        let incident = """
            {"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":1,"event_type":"market_dispatch"}
            """
        #expect(try connection.ask("POST", "/incident", incident)?.status == 200)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a session that sends too many events is refused some, then thrown out; its neighbour notices nothing`()
        async throws
    {
        let server = try await serve("--max-event-rate", "1")
        let neighbour = try RawConnection.joined(port: server.port)
        let flood = try RawConnection.joined(port: server.port)
        for id in 0..<200 { flood.emit("acknowledge", ["_id": "none"], id: id) }
        var answers: [String] = []
        while let text = try flood.receiveText(), text != "41" { answers.append(text) }
        #expect(answers.first { $0.hasPrefix("430[") }?.contains("must be the id of a dispatch") ?? false)
        #expect(answers.contains { $0.contains("too many events") })
        #expect(try flood.closeCode() ?? 1000 == 1000)
        neighbour.emit("handshake", 1, id: 7)
        #expect(try neighbour.receiveText(beginning: "437")?.contains("\"success\":true") ?? false)
        let counted = try RawConnection(port: server.port).metric(limited("events")) ?? 0
        #expect(counted >= 10)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a body and a head that are too long have statuses of their own`() async throws {
        let server = try await serve("--max-body-bytes", "1024", "--max-header-bytes", "1024")
        let body = try RawConnection(port: server.port)
        let tooLong = try #require(try body.ask("POST", "/incident", String(repeating: " ", count: 1_025)))
        #expect(tooLong.status == 413)
        let head = try RawConnection(port: server.port)
        head.send("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: \(String(repeating: "x", count: 1_024))\r\n\r\n")
        #expect(try head.answer()?.status == 431)
        #expect(try head.isClosed())
        let many = try RawConnection(port: server.port)
        many.send("GET /health HTTP/1.1\r\nHost: localhost\r\n")
        for number in 0..<50 { many.send("X-Header-\(number): 0123456789012345678901234567890\r\n") }
        many.send("\r\n")
        #expect(try many.answer()?.status == 431)
        let good = try RawConnection(port: server.port)
        #expect(try good.ask("GET", "/health")?.status == 200)
        #expect(try good.metric(limited("body")) == 1)
        #expect(try good.metric(limited("header")) == 2)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a request that does not come whole, and a connection that is idle, end`() async throws {
        let server = try await serve("--request-timeout", "1", "--idle-timeout", "1")
        let head = try RawConnection(port: server.port)
        head.send("GET /health HTTP/1.1\r\nHost:")
        let body = try RawConnection(port: server.port)
        body.send("POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        let upgrade = try RawConnection(port: server.port)
        upgrade.send("POST /incident HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nContent-Length: 5\r\n\r\n")
        let silent = try RawConnection(port: server.port)
        let idle = try RawConnection(port: server.port)
        #expect(try idle.ask("GET", "/health")?.status == 200)
        for connection in [head, body, upgrade, silent, idle] { #expect(try connection.isClosed()) }
        // Answered before it is whole, and then given up.
        var early: RawConnection? = try RawConnection(port: server.port)
        early?.send("GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n")
        #expect(try early?.answer()?.status == 200)
        early = nil
        let other = try RawConnection(port: server.port)
        #expect(try other.metric(limited("slow_request")) == 4)
        #expect(try other.metric(limited("idle")) == 1)
        #expect(try await server.stop().status == 0)
    }

    @Test func `a session that does not read is closed, and its neighbour hears everything`() async throws {
        let sites = 2_000
        let roster = try scratch.roster(of: sites)
        let server = try await serve("--roster", roster, "--max-queued-bytes", "65536")
        let stalled = try RawConnection.joined(port: server.port)
        let customer = try RawConnection.joined(port: server.port)
        customer.emit("handshake", 7, id: 1)
        #expect(try customer.receiveText(beginning: "431") != nil)
        // Until it is an observer for good the news is kept apart for it, and only then fills its own queue.
        try await server.postIncident()
        #expect(try stalled.receiveEvent("new-dispatch") != nil)
        let other = try RawConnection(port: server.port)
        var count = 1
        try await eventually("the session is closed that does not read", within: 60) {
            try await server.postIncident()
            count += 1
            return try other.metric(limited("queued_bytes")) == 1
        }
        for _ in 0..<count { #expect(try customer.receiveEvent("new-dispatch")?["customerId"] == 7) }
        withExtendedLifetime(stalled) {}
        #expect(try await server.stop().status == 0)
    }

    @Test func `who has joined nothing makes room for who comes`() async throws {
        let server = try await serve("--max-connections-per-address", "3")
        let polling = "/socket.io/?EIO=4&transport=polling"
        let joined = try RawConnection.joined(port: server.port)
        let connection = try RawConnection(port: server.port)
        var ids: [String] = []
        for _ in 0..<4 {
            let opened = try #require(try connection.ask("GET", polling))
            #expect(opened.status == 200)
            ids.append(try JSON(parsing: ByteBuffer(string: String(opened.text.dropFirst())))["sid"]?.stringValue ?? "")
        }
        #expect(try connection.ask("POST", "\(polling)&sid=\(ids[0])", "40")?.status == 400)
        #expect(try connection.ask("POST", "\(polling)&sid=\(ids[3])", "40")?.status == 200)
        joined.emit("handshake", 1, id: 7)
        #expect(try joined.receiveText(beginning: "437")?.contains("\"success\":true") ?? false)
        #expect(try connection.metric(limited("sessions")) == 2)
        #expect(try await server.stop().status == 0)
    }

    @Test func `one connection does not open session after session, and many connections of an address meet no limit`()
        async throws
    {
        let server = try await serve()
        let polling = "/socket.io/?EIO=4&transport=polling"
        let connection = try RawConnection(port: server.port)
        var last: RawAnswer?
        var opened = 0
        while opened < 1_000 {
            last = try connection.ask("GET", polling)
            guard last?.status == 200 else { break }
            opened += 1
        }
        #expect((10...100).contains(opened))
        #expect(last?.status == 429)
        #expect(last?.headers["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
        #expect(try connection.metric(limited("handshakes")) == 1)
        for _ in 0..<200 {
            #expect(try RawConnection(port: server.port).ask("GET", polling)?.status == 200)
        }
        #expect(try await server.stop().status == 0)
    }

    @Test func `the sessions of an address have a rate, by WebSocket as well`() async throws {
        // 20 at once.
        let server = try await serve("--max-handshake-rate", "1")
        var opened = 0
        while opened < 100, (try? RawConnection.session(port: server.port)) != nil { opened += 1 }
        #expect((20...60).contains(opened))
        #expect(try RawConnection(port: server.port).metric(limited("handshakes")) ?? 0 >= 1)
        #expect(try await server.stop().status == 0)
    }

    @Test func `what is unfinished has a budget: a message in fragments, and bodies of both kinds`() async throws {
        // A quarter of it for one address.
        let server = try await serve("--max-unfinished-bytes", "\(4 << 20)")
        let fragment = Frame(isFinal: false, opcode: 1, payload: [UInt8](repeating: 0x34, count: 300_000)).bytes
        var holders: [RawConnection] = []
        var refused: RawConnection?
        for _ in 0..<20 where refused == nil {
            let holder = try RawConnection.joined(port: server.port)
            holder.send(fragment)
            // A ping behind it: once that is answered the fragment is there.
            holder.send(Frame(opcode: 9, payload: [1]).bytes)
            let frame = try holder.receiveFrame()
            if frame?.opcode == 8 {
                #expect(frame?.payload.prefix(2) == [0x03, 0xF5])
                refused = holder
            } else {
                holders.append(holder)
            }
        }
        #expect(refused != nil)
        #expect((1...3).contains(holders.count))
        let body = try RawConnection(port: server.port)
        body.send(
            "POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
        )
        body.send([UInt8](repeating: 0x20, count: 990_000))
        let answer = try body.answer()
        #expect(answer?.status == 503)
        #expect(answer?.body["error"]?["code"] == "too-much-unfinished")
        #expect(answer?.headers["retry-after"] == "5")
        let neighbour = try RawConnection.joined(port: server.port)
        neighbour.emit("handshake", 1, id: 7)
        #expect(try neighbour.receiveText(beginning: "437")?.contains("\"success\":true") ?? false)
        let other = try RawConnection(port: server.port)
        #expect(try other.metric(limited("memory")) ?? 0 >= 2)
        holders = []
        try await eventually("what was held is given back") {
            let again = try RawConnection(port: server.port)
            again.send(
                "POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n"
            )
            again.send([UInt8](repeating: 0x20, count: 900_000))
            return try again.answer()?.status == 400
        }
        #expect(try await server.stop().status == 0)
    }

    @Test func `imports on their way lie in files without names, and only some of one address`() async throws {
        let server = try await serve()
        var holders: [RawConnection] = []
        for _ in 0..<4 {
            let holder = try RawConnection(port: server.port)
            holder.send("PUT /customer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n")
            holder.send([UInt8](repeating: 0x20, count: 1_000_000))
            holders.append(holder)
        }
        try await eventually("four are on their way") {
            try RawConnection(port: server.port).ask("PUT", "/customer", "[]")?.status == 503
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: scratch.file("."))
        #expect(!files.contains { $0.contains("import") })
        holders = []
        try await eventually("there is room again") {
            try RawConnection(port: server.port).ask("PUT", "/customer", "{")?.status == 400
        }
        #expect(try await server.stop().status == 0)
    }
}
