import Base
import DemandResponse
import DispatchStore
import Foundation
import Hummingbird
import Logging

@testable import DispatchServer

/// The routes that the server has.
enum Routes {
    /// A sink that takes nothing: the routes alone are looked at.
    private final class NoSink: InputSink {
        func submit(_ input: Input, correlation: UniqueID?, actor: String?) -> Bool { false }
        func submit(_ inputs: [Input], actor: String?) -> Bool { false }
        func ask(_ question: @escaping Question) -> Bool { false }
    }

    /// `METHOD /path/{parameter}` of each route that the router has.
    static func all() throws -> Set<String> {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(
            "griddrill-\(UUID().uuidString).sqlite"
        ).path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let database = try ServerDatabase.open(at: path)
        let clock = WallClock()
        let router = DispatchAPI(
            database: database,
            sink: NoSink(),
            answers: AnswerDesk(),
            clock: clock,
            logger: Logger(label: "test"),
            allowsPurge: false,
            limits: ServerLimits(),
            authenticator: nil,
            monitor: ServerMonitor(
                metrics: ServerMetrics(clock: clock),
                queueDepth: { (0, 1) },
                sessionCount: { 0 },
                connectionCount: { 0 },
                carriers: { [] },
                isDraining: { false },
                clockDisagreement: { nil }
            )
        ).router()
        let routes = Set(router.routes.map { "\($0.method.rawValue) \(template($0.path))" })
        try database.close()
        return routes
    }

    /// `/customer/{id}` of the router's `/customer/:id`.
    private static func template(_ path: RouterPath) -> String {
        let parts = "\(path)".split(separator: "/").map { part in
            if part.hasPrefix(":") { return "{\(part.dropFirst())}" }
            return String(part)
        }
        return "/" + parts.joined(separator: "/")
    }
}
