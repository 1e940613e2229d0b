import Base
import AsyncHTTPClient
import DemandResponse
import DispatchServer
import DispatchStore
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import SocketIO

/// A server in this process, on a free port, asked over HTTP.
struct TestServer {
    struct Response {
        var status: Int
        var headers: HTTPHeaders
        var text: String

        var body: JSON { (try? JSON(parsing: ByteBuffer(string: text))) ?? .null }
        /// `error.code` of an error's body.
        var errorCode: String? { body["error"]?["code"]?.stringValue }
        /// The fields that an error's details name.
        var wrongFields: [String] {
            body["error"]?["details"]?.arrayValue?.compactMap { $0["field"]?.stringValue } ?? []
        }
        /// The names of an object's members, in their order.
        var keys: [String] { body.objectValue?.members.map(\.key) ?? [] }
    }

    let port: Int
    let server: DispatchServer

    /// Runs a server on a database for as long as the body takes.
    static func serving(
        _ path: String,
        roster: Roster? = .seed,
        allowsPurge: Bool = false,
        isInsecure: Bool = false,
        allowedHosts: [String] = [],
        corsOrigins: [String] = [],
        limits: ServerLimits = ServerLimits(),
        archiveAfter: Span? = nil,
        channels: [DispatchMethod: any OutgoingChannel] = [:],
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let database = try ServerDatabase.open(at: path)
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let server = try DispatchServer(
            DispatchServer.Configuration(
                port: 0,
                allowsPurge: allowsPurge,
                isInsecure: isInsecure,
                allowedHosts: allowedHosts,
                corsOrigins: corsOrigins,
                limits: limits,
                archiveAfter: archiveAfter
            ),
            database: database,
            channels: channels,
            logger: logger,
            onRunning: { told.yield($0) }
        )
        if let roster { server.replaceRoster(roster) }
        let services = ServiceGroup(services: [server], logger: logger)
        let running = Task {
            defer { told.finish() }
            try await services.run()
        }
        guard let port = await ports.first(where: { _ in true }) else { return try await running.value }
        let result: Result<Void, any Error>
        do { result = .success(try await body(TestServer(port: port, server: server))) } catch {
            result = .failure(error)
        }
        await services.triggerGracefulShutdown()
        try await running.value
        try await server.shutDown()
        try database.close()
        try result.get()
    }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> Response {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        if let body {
            request.headers.add(name: "Content-Type", value: type)
            request.body = .bytes(ByteBuffer(string: body))
        }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let text = String(buffer: try await response.body.collect(upTo: 16 << 20))
        return Response(status: Int(response.status.code), headers: response.headers, text: text)
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Response {
        try await send(.GET, path, headers: headers)
    }

    func post(_ body: String?, type: String = "application/json", key: String? = nil) async throws -> Response {
        let headers = key.map { ["Idempotency-Key": $0] } ?? [:]
        return try await send(.POST, "/incident", body, type: type, headers: headers)
    }
}

/// A body of `POST /incident`, as JSON.
func incident(program: Int = 1, type: String = "market_dispatch") -> String {
    #"{"start_time":"08/27/2099 21:00","end_time":"08/27/2099 22:00","program_id":\#(program),"event_type":"\#(type)"}"#
}
