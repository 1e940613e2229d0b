import Base
import DemandResponse
import GRDB
import SocketIO
import TestSupport
import Testing

/// A database that takes no transaction: those who wait are told, nothing counts that was not kept, and the service goes
/// on by itself once the database does.
@Suite struct StorageFailureTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Another connection to the server's database.
    private func intruder() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: scratch.file("d.sqlite"), configuration: configuration)
    }

    @Test func `another writer in the way is 503, and when it is gone the same request is taken once`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            let intruder = try intruder()
            try await intruder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            let refused = try await server.post(incident(), key: "k")
            #expect(refused.status == 503)
            #expect(refused.errorCode == "storage")
            #expect(try await server.get("/dispatch/customer/1").text == "[]")
            try await intruder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }

            #expect(try await server.post(incident(), key: "k").status == 200)
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 3)
        }
    }

    @Test func `a database that can be neither written nor read leaves no phantom behind`() async throws {
        try await TestServer.serving(scratch.file("d.sqlite")) { server in
            let kept = try await server.post(incident(), key: "kept")
            let intruder = try intruder()
            try await intruder.write { try $0.execute(sql: "ALTER TABLE dispatches RENAME TO hidden") }
            for _ in 0..<3 {
                let refused = try await server.post(incident(), key: "k")
                #expect(refused.status == 503)
                #expect(refused.errorCode == "storage")
            }
            try await intruder.write { try $0.execute(sql: "ALTER TABLE hidden RENAME TO dispatches") }

            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 3)
            let taken = try await server.post(incident(), key: "k")
            #expect(taken.status == 200)
            #expect(taken.body["_id"] != kept.body["_id"])
            #expect(try await server.get("/dispatch/customer/1").body.arrayValue?.count == 6)
            #expect(try await server.post(incident(), key: "kept").text == kept.text)
        }
    }
}
