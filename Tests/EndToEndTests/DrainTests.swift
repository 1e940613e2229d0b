import Base
import Foundation
import NIOCore
import SocketIO
import TestSupport
import Testing

/// The end of a server in order, and at once.
@Suite struct DrainTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `at SIGTERM sessions are told, over WebSocket and over polling, and nothing is left behind`()
        async throws
    {
        let server = try await RunningServer(in: scratch, database: "d.sqlite", arguments: ["--drain-timeout", "600"])
        let webSocket = try RawConnection.joined(port: server.port)
        let polling = try RawConnection(port: server.port)
        let opened = try polling.ask("GET", "/socket.io/?EIO=4&transport=polling")?.text.dropFirst() ?? ""
        let id = try JSON(parsing: .init(string: String(opened)))["sid"]?.stringValue ?? ""
        let path = "/socket.io/?EIO=4&transport=polling&sid=\(id)"
        #expect(try polling.ask("POST", path, "40", type: "text/plain")?.text == "ok")
        #expect(try polling.ask("GET", path)?.text.hasPrefix("40") ?? false)
        polling.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let incident = try await server.postIncident()
        // An observer over polling hears of it as well, and asks again.
        #expect(try polling.answer()?.text.contains(incident) ?? false)
        polling.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")

        let began = ContinuousClock.now
        server.signal(SIGTERM)
        #expect(try webSocket.closeCode() == 1001)
        // What became of the dispatches may still come first, and be asked after.
        var last = try #require(try polling.answer())
        while last.status == 200, !last.text.hasSuffix("1") {
            last = try #require(try polling.ask("GET", path))
        }
        #expect(last.status == 200 || last.status == 400)
        let outcome = try await server.outcome()
        #expect(outcome.status == 0)
        #expect(ContinuousClock.now - began < .seconds(120), "nothing was under way that is worth the whole time")
        #expect(try scratch.contents().keys.sorted() == ["d.sqlite"])
    }

    @Test func `a request that never comes whole holds the end up no longer than it may`() async throws {
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--drain-timeout", "1", "--request-timeout", "600"]
        )
        let body = try RawConnection(port: server.port)
        body.send("POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        let head = try RawConnection(port: server.port)
        head.send("GET /health HTTP/1.1\r\n")
        #expect(try RawConnection(port: server.port).ask("GET", "/health")?.status == 200)
        let began = ContinuousClock.now
        #expect(try await server.stop().status == 0)
        #expect(ContinuousClock.now - began < .seconds(120))
        #expect(try scratch.contents().keys.sorted() == ["d.sqlite"])
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a second signal ends it at once, and what was committed is there`(signal: Int32) async throws {
        let server = try await RunningServer(
            in: scratch,
            database: "d.sqlite",
            arguments: ["--drain-timeout", "600", "--request-timeout", "600"]
        )
        let body = try RawConnection(port: server.port)
        body.send("POST /incident HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        let incident = try await server.postIncident()
        server.signal(signal)
        _ = try await server.errors(containing: "shutting down")
        server.signal(signal)
        let outcome = try await server.outcome()
        #expect(outcome.status == 128 + signal)
        #expect(outcome.errors.contains("ended at once"))
        let next = try await RunningServer(in: scratch, database: "d.sqlite")
        #expect(try await next.get("/incident/\(incident)").status == 200)
        #expect(try await next.stop().status == 0)
    }
}
