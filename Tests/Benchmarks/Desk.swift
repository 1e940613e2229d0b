internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Who asks a server for things over HTTP.
struct Desk {
    let http: HTTPClient
    let port: Int
    /// The bearer token to show; `nil`: none is asked for.
    var token: String?

    /// - Parameter key: makes asking again after a lost answer safe; `nil`: this is asked once.
    func openIncident(
        key: String? = nil,
        startingIn delay: Double = 3_600,
        lasting seconds: Double = 3_600
    ) async throws {
        var request = request("/incident", .POST)
        request.headers.add(name: "Content-Type", value: "application/json")
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        let start = Date.now.addingTimeInterval(delay).ISO8601Format()
        let end = Date.now.addingTimeInterval(delay + seconds).ISO8601Format()
        request.body = .bytes(
            ByteBuffer(
                string: """
                    {"program_id": 1, "event_type": "market_dispatch", "start_time": "\(start)", "end_time": "\(end)"}
                    """
            )
        )
        _ = try await answer(to: request)
    }

    /// How many Socket.IO sessions the server holds open.
    func sessionCount() async throws -> Int {
        let text = String(buffer: try await answer(to: request("/metrics", .GET)))
        guard let count = text.firstMatch(of: /\ngriddrill_sessions (\d+)/).flatMap({ Int($0.1) }) else {
            throw BenchmarkError("/metrics does not tell how many sessions there are")
        }
        return count
    }

    private func request(_ path: String, _ method: HTTPMethod) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        return request
    }

    private func answer(to request: HTTPClientRequest) async throws -> ByteBuffer {
        let response = try await http.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .ok else {
            throw BenchmarkError("\(request.method.rawValue) \(request.url) was answered with \(response.status)")
        }
        return body
    }
}
