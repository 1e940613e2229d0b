import Base
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import SocketIO
import TestSupport

/// `griddrill serve` as a process, asked over HTTP.
struct RunningServer {
    let port: Int
    private let command: Command

    /// Starts it on a free port and waits until it serves.
    /// - Parameter wrapper: a command that is to start it, with its arguments.
    init(
        in scratch: Scratch,
        database: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        wrapper: [String] = []
    ) async throws {
        let words = ["serve", "--port", "0", "--database", database] + arguments
        command = try Command(words, in: scratch, environment: environment, wrapper: wrapper)
        let told = try await command.errors(containing: "serving http://127.0.0.1:")
        let digits = told.components(separatedBy: "serving http://127.0.0.1:").last?.prefix { $0.isNumber }
        guard let port = digits.flatMap({ Int($0) }) else { throw Command.Failure(description: told) }
        self.port = port
    }

    /// Asks it to end, as a supervisor does.
    func stop() async throws -> Outcome {
        command.signal(SIGTERM)
        return try await command.outcome(within: 30)
    }

    /// Sends a signal and waits for nothing.
    func signal(_ signal: Int32) { command.signal(signal) }

    /// Waits for the end that a signal has asked for.
    func outcome() async throws -> Outcome { try await command.outcome(within: 60) }

    /// What it has said so far, once that contains a text.
    func errors(containing text: String) async throws -> String { try await command.errors(containing: text) }

    var processID: Int32 { command.process.processIdentifier }

    /// Ends it without a warning.
    func kill() async throws -> Outcome {
        command.signal(SIGKILL)
        return try await command.outcome(within: 30)
    }

    struct Response {
        var status: Int
        var headers: HTTPHeaders
        var body: JSON
    }

    func get(_ path: String) async throws -> Response {
        try await Self.send(HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)"))
    }

    func send(_ method: HTTPMethod, _ path: String, _ body: JSON) async throws -> Response {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body.text))
        return try await Self.send(request)
    }

    /// Asks for an incident of program 1, whatever the answer.
    func tryIncident(key: String? = nil) async throws -> Response {
        try await Self.send(Self.incidentRequest(port: port, key: key))
    }

    /// Opens an incident of program 1; its id.
    @discardableResult
    func postIncident() async throws -> String { try await Self.postIncident(port: port) }

    /// Opens an incident of program 1 at whatever server listens there.
    /// - Parameter key: made again with the same key, the request finds the same incident.
    static func postIncident(port: Int, key: String? = nil) async throws -> String {
        let response = try await send(incidentRequest(port: port, key: key))
        guard response.status == 200, let id = response.body["_id"]?.stringValue else {
            throw Command.Failure(description: "no incident: \(response)")
        }
        return id
    }

    private static func incidentRequest(port: Int, key: String?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/incident")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        let body: JSON = [
            "start_time": "08/27/2099 21:00", "end_time": "08/27/2099 22:00", "program_id": 1,
            "event_type": "market_dispatch",
        ]
        request.body = .bytes(ByteBuffer(string: body.text))
        return request
    }

    private static func send(_ request: HTTPClientRequest) async throws -> Response {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 16 << 20)
        return Response(status: Int(response.status.code), headers: response.headers, body: try JSON(parsing: body))
    }
}
