internal import Base
internal import AsyncHTTPClient
internal import DispatchServer
internal import DispatchStore
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Scenarios
internal import SocketIO

/// Carries the timeline out against a server's REST interface, each entry when it is due.
struct LiveScript {
    let scenario: Scenario
    let script: Script
    let base: String
    let clock: WallClock
    /// Called before an incident is modified or cancelled.
    var beforeChange: @Sendable (UniqueID) async throws -> Void = { _ in }

    /// How long the server may take for an answer.
    private static let patience = TimeAmount.seconds(30)

    func run(_ client: HTTPClient) async throws -> [ScriptStep] {
        var steps = script.steps
        for (index, entry) in scenario.timeline.enumerated() {
            let wait = entry.at - clock.now()
            if wait > .zero { try await Task.sleep(for: .microseconds(wait.microseconds)) }
            if steps[index].kind != .incident { try await beforeChange(script.id(of: steps[index].name)) }
            let answer = try await send(entry, name: steps[index].name, client)
            if answer.status == .ok {
                steps[index].committedAt = clock.now()
            } else {
                steps[index].refusal = answer.body
            }
        }
        return steps
    }

    private func send(
        _ entry: TimelineEntry,
        name: String,
        _ client: HTTPClient
    ) async throws -> (status: HTTPResponseStatus, body: String) {
        var request = HTTPClientRequest(url: base + "/incident")
        request.headers.add(name: "Content-Type", value: "application/json")
        switch entry.action {
        case .incident(let incident):
            request.method = .POST
            request.headers.add(name: "Idempotency-Key", value: script.idempotencyKey(of: name))
            let body: JSON = [
                "start_time": .string(incident.startText ?? incident.start.iso8601),
                "end_time": incident.end.map { .string(incident.endText ?? $0.iso8601) } ?? .null,
                "program_id": .integer(Int64(incident.program)),
                "event_type": .string(incident.eventType),
                "test": .bool(incident.isTest),
            ]
            request.body = .bytes(ByteBuffer(string: body.text))
        case .modify(let change):
            request.method = .PATCH
            request.url += "/\(script.id(of: name))"
            var body: JSONObject = [:]
            body["start_time"] = change.start.map { .string($0.iso8601) }
            body["end_time"] = change.end.map { .string($0.iso8601) }
            body["event_type"] = change.eventType.map { .string($0) }
            request.body = .bytes(ByteBuffer(string: JSON.object(body).text))
        case .cancel:
            request.method = .DELETE
            request.url += "/\(script.id(of: name))"
        }
        do {
            let response = try await client.execute(request, timeout: Self.patience)
            let body = try await response.body.collect(upTo: 1 << 20)
            return (response.status, String(buffer: body))
        } catch {
            throw RunError("\(request.method.rawValue) \(request.url): the server does not answer: \(error)")
        }
    }
}
