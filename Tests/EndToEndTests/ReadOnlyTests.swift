import Base
import Foundation
import GRDB
import NIOHTTP1
import SocketIO
import TestSupport
import Testing

/// A database that takes no transaction: the server says so, answers what it can, keeps its sessions, and goes on by itself.
@Suite struct ReadOnlyTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A session of customer 1, and the id of a dispatch of its that waits for an answer.
    private func dispatched(by server: RunningServer) async throws -> (session: RawConnection, dispatch: String) {
        let session = try RawConnection.joined(port: server.port)
        session.emit("handshake", 1, id: 0)
        #expect(try session.receiveText(beginning: "430")?.contains("\"success\":true") ?? false)
        try await server.postIncident()
        let dispatch = try session.receiveEvent("new-dispatch")?["_id"]?.stringValue
        return (session, try #require(dispatch))
    }

    private func expectReadOnly(_ server: RunningServer, _ session: RawConnection, _ dispatch: String, _ plea: String)
        async throws
    {
        let ready = try await server.get("/ready")
        #expect(ready.status == 503)
        let problem = ready.body["error"]?["details"]?.arrayValue?.first?["message"]?.stringValue ?? ""
        #expect(problem.wholeMatch(of: /read-only since \d{4}-.*Z: .*/) != nil, "\(problem)")
        #expect(problem.contains(plea))
        #expect(try await server.get("/customer/1").status == 200)
        #expect(try await server.get("/incident").status == 200)
        session.emit("acknowledge", ["_id": .string(dispatch), "ackBy": "desk"], id: 1)
        let update = try session.receiveEvent("acknowledge-update")
        #expect(update?["success"] == false)
        #expect(update?["_id"] == .string(dispatch))
        #expect(update?["reason"]?.stringValue?.contains(plea) ?? false)
        #expect(try session.receiveText(beginning: "431")?.contains("\"success\":false") ?? false)
    }

    private func expectRecovery(_ server: RunningServer, _ session: RawConnection, _ dispatch: String) async throws {
        var ready: RunningServer.Response?
        try await eventually("the server is ready", "\(String(describing: ready))") {
            ready = try await server.get("/ready")
            return ready?.status == 200
        }
        // Over the same session, which is resynchronised first.
        #expect(try session.receiveEvent("new-dispatch")?["customerId"] == 1)
        session.emit("acknowledge", ["_id": .string(dispatch), "ackBy": "desk"])
        #expect(try session.receiveEvent("acknowledge-update")?["success"] == true)
        #expect(try await server.get("/dispatch/customer/1/true").body.arrayValue?.count ?? 0 >= 3)
    }

    @Test func `another connection that holds the lock makes it read-only until it lets go`() async throws {
        let server = try await RunningServer(in: scratch, database: "d.sqlite")
        let (session, dispatch) = try await dispatched(by: server)
        let late = try RawConnection.joined(port: server.port)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        let intruder = try DatabaseQueue(path: scratch.file("d.sqlite"), configuration: configuration)
        try await intruder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }

        let refused = try await server.tryIncident(key: "k")
        #expect(refused.status == 503)
        #expect(refused.headers["retry-after"] == ["1"])
        #expect(refused.body["error"]?["code"] == "storage")
        try await expectReadOnly(server, session, dispatch, "another process keeps the database locked")
        // Somebody who says whose it is in the meantime.
        late.emit("handshake", 2, id: 5)
        #expect(try late.receiveText(beginning: "435")?.contains("\"success\":false") ?? false)

        try await intruder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try await expectRecovery(server, session, dispatch)
        #expect(try late.receiveEvent("new-dispatch")?["customerId"] == 2)
        #expect(try await server.tryIncident(key: "k").status == 200)
        #expect(try await server.stop().status == 0)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "no file system may be mounted here"))
    func `a full disk makes it read-only until there is room`() async throws {
        let disk = try SmallDisk(kilobytes: 8_192, in: scratch)
        let server = try await RunningServer(
            in: scratch,
            database: disk.path + "/d.sqlite",
            wrapper: disk.wrapper
        )
        let (session, dispatch) = try await dispatched(by: server)
        // The disk is the server's alone: it is filled up through the server's eyes.
        let ballast = "/proc/\(server.processID)/root\(disk.path)/ballast"
        let file = fopen(ballast, "w")
        try #require(file != nil, "\(ballast) cannot be made: \(errno)")
        let block = [UInt8](repeating: 1, count: 4_096)
        while fwrite(block, 1, block.count, file) == block.count, fflush(file) == 0 {}
        fclose(file)
        // What the log has room for from before is still taken.
        var refused: RunningServer.Response?
        try await eventually("an incident is refused", "\(String(describing: refused))", within: 60) {
            refused = try await server.tryIncident()
            return refused?.status == 503
        }
        #expect(refused?.headers["retry-after"] == ["1"])
        #expect(refused?.body["error"]?["message"]?.stringValue?.contains("free some space") ?? false)
        try await expectReadOnly(server, session, dispatch, "the disk is full")

        unlink(ballast)
        try await expectRecovery(server, session, dispatch)
        #expect(try await server.tryIncident().status == 200)
        #expect(try await server.stop().status == 0)
    }
}
