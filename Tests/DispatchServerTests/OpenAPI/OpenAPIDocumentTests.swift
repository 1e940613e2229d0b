import DemandResponse
import DispatchStore
import Foundation
import Hummingbird
import Logging
import NIOCore
import SocketIO
import Testing

@testable import DispatchServer

@Suite struct OpenAPIDocumentTests {
    private let document: JSON

    init() throws {
        document = try JSON(parsing: ByteBuffer(bytes: OpenAPIDocument.bytes))
    }

    /// A sink that takes nothing: the routes alone are looked at.
    private final class NoSink: InputSink {
        func submit(_ input: Input, correlation: UniqueID?) -> Bool { false }
        func submit(_ inputs: [Input]) -> Bool { false }
    }

    /// `METHOD /path/{parameter}` of each route that the router has.
    private func routes() throws -> Set<String> {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(
            "griddrill-\(UUID().uuidString).sqlite"
        ).path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let database = try DispatchDatabase.openServer(at: path)
        let clock = WallClock()
        let router = DispatchAPI(
            database: database,
            sink: NoSink(),
            answers: AnswerDesk(),
            clock: clock,
            logger: Logger(label: "test"),
            allowsPurge: false,
            corsOrigin: nil,
            authenticator: nil,
            monitor: ServerMonitor(metrics: ServerMetrics(clock: clock), queueDepth: { (0, 1) }, sessionCount: { 0 })
        ).router()
        let routes = Set(router.routes.map { "\($0.method.rawValue) \(Self.template($0.path))" })
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

    private func operations() -> Set<String> {
        var operations: Set<String> = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for operation in path.value.objectValue?.members ?? [] {
                operations.insert("\(operation.key.uppercased()) \(path.key)")
            }
        }
        return operations
    }

    @Test func everyRouteIsDescribedAndEverythingDescribedIsARoute() throws {
        let (routes, operations) = (try routes(), operations())
        #expect(routes.subtracting(operations) == [], "routes that the document does not describe")
        #expect(operations.subtracting(routes) == [], "operations for which there is no route")
        #expect(routes.contains("GET /incident/{id}/summary"))
    }

    @Test func everyReferenceLeadsSomewhere() {
        func references(_ value: JSON) -> [String] {
            switch value {
            case .array(let elements): elements.flatMap(references)
            case .object(let object):
                object.members.flatMap { member in
                    if member.key == "$ref", let target = member.value.stringValue { return [target] }
                    return references(member.value)
                }
            default: []
            }
        }
        let found = references(document)
        #expect(found.count > 50)
        for reference in Set(found) {
            let target = reference.split(separator: "/").dropFirst()
                .reduce(document as JSON?) { value, key in value?[String(key)] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test func operationsHaveDistinctIds() {
        var ids: [String] = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for operation in path.value.objectValue?.members ?? [] {
                ids.append(operation.value["operationId"]?.stringValue ?? "none for \(path.key)")
            }
        }
        #expect(Set(ids).count == ids.count)
    }
}
