internal import Base
internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird
internal import SocketIO

/// What an orchestrator and a monitoring system ask.
extension DispatchAPI {
    func addMonitoring(to router: Router<Context>) {
        router.get("/health") { _, _ in Self.status("ok") }
        router.get("/ready") { _, _ in try await ready() }
        router.get("/metrics") { _, _ in try await metricsText() }
    }

    private static func status(_ status: String) -> Response {
        var json = JSONWriter()
        json.object(["status": .string(status)])
        return Response(json: json)
    }

    /// 503, with what is in the way, while a change could not be taken.
    private func ready() async throws -> Response {
        var problems: [APIError.Detail] = []
        do {
            _ = try await reading(.probes) { try database.isNew() }
        } catch {
            problems.append(.init(field: "database", message: "cannot be read"))
        }
        do {
            try database.checkPlace()
        } catch {
            problems.append(.init(field: "database", message: error.plea))
        }
        if let readOnly = monitor.metrics.current.readOnly {
            problems.append(
                .init(
                    field: "database",
                    message: "read-only since \(readOnly.since.iso8601): \(readOnly.reason.plea)"
                )
            )
        }
        if monitor.isDraining() { problems.append(.init(field: "server", message: "it is shutting down")) }
        let queue = monitor.queueDepth()
        if queue.waiting >= queue.capacity {
            problems.append(.init(field: "queue", message: "\(queue.waiting) inputs wait: no more are taken"))
        }
        guard problems.isEmpty else {
            throw APIError(
                status: .serviceUnavailable,
                code: "not-ready",
                message: "the dispatcher takes no changes now",
                details: problems,
                retryAfter: 1
            )
        }
        return Self.ready(monitor.carriers(), clockSetBy: monitor.clockDisagreement())
    }

    /// A carrier that is down keeps nobody from the others, and a clock that was set is no reason to take no requests, since incidents are
    /// judged by the clock as it is: the server is ready, and says so.
    private static func ready(
        _ carriers: [(method: DispatchMethod, condition: ChannelCondition)],
        clockSetBy step: Span?
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("status")
        json.string("ready")
        if let step {
            let (seconds, way) = (abs(step.wholeSeconds), step < .zero ? "back" : "ahead")
            let message = "the machine's clock was set \(way) by \(seconds) s since the start"
            json.key("warnings")
            json.details([.init(field: "clock", message: message)])
        }
        let down = carriers.compactMap { carrier in carrier.condition.down.map { (carrier.method, $0) } }
        if !down.isEmpty {
            json.key("carriersDown")
            json.beginArray()
            for (method, down) in down {
                json.object([
                    "carrier": .string(method.name), "since": .string(down.since.iso8601),
                    "reason": .string(down.reason),
                ])
            }
            json.endArray()
        }
        json.endObject()
        return Response(json: json)
    }

    private func metricsText() async throws -> Response {
        let now = clock.now()
        let incidents = try await reading(.probes) {
            try database.readOpenIncidents(at: now, limit: QueryReader.mostRows)
        }
        var writer = PrometheusWriter()
        writer.write(monitor.metrics.current)
        writer.write(monitor.carriers(), at: now)
        writer.family("griddrill_sessions", .gauge, "Open Socket.IO sessions.")
        writer.sample("griddrill_sessions", [], monitor.sessionCount())
        writer.family("griddrill_connections", .gauge, "Open connections, sessions' among them.")
        writer.sample("griddrill_connections", [], monitor.connectionCount())
        let queue = monitor.queueDepth()
        writer.family("griddrill_queue_depth", .gauge, "Inputs that wait for the rules.")
        writer.sample("griddrill_queue_depth", [], queue.waiting)
        writer.family("griddrill_queue_capacity", .gauge, "Inputs that may wait; more are refused.")
        writer.sample("griddrill_queue_capacity", [], queue.capacity)
        writer.family("griddrill_open_incidents", .gauge, "Incidents that are not over, by status.")
        for status in [EventStatus.far, .near, .active] {
            let count = incidents.count { $0.status(at: now) == status }
            writer.sample("griddrill_open_incidents", [("status", status.rawValue)], count)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: .init(string: writer.text))
        )
    }
}

/// What the API sees of the server it belongs to.
struct ServerMonitor: Sendable {
    let metrics: ServerMetrics
    let queueDepth: @Sendable () -> (waiting: Int, capacity: Int)
    let sessionCount: @Sendable () -> Int
    let connectionCount: @Sendable () -> Int
    /// In the order of the methods, those of which there is something to know.
    let carriers: @Sendable () -> [(method: DispatchMethod, condition: ChannelCondition)]
    /// Whether the server is about to shut down and changes nothing any more.
    let isDraining: @Sendable () -> Bool
    /// How far the machine's clock was set since the start; `nil`: it was not, or is right again.
    let clockDisagreement: @Sendable () -> Span?
}
