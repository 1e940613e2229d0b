import DispatchStore
import HTTPTypes
import Testing

@testable import DispatchServer

@Suite("Who may ask for what")
struct AccessPolicyTests {
    private static let roles: [AccessRole] = [.operator, .viewer, .customer(5)]

    /// A request, and those of operator, viewer and customer 5 who may make it.
    private static let table: [(method: HTTPRequest.Method, path: String, allowed: String)] = [
        (.get, "/", "anybody"),
        (.get, "/health", "anybody"),
        (.get, "/ready", "anybody"),
        (.get, "/console/main.js", "anybody"),
        (.get, "/openapi.json", "anybody"),
        (.get, "/asyncapi.json", "anybody"),
        (.head, "/ready", "anybody"),
        (.options, "/incident", "anybody"),
        (.get, "/config", "o"),
        (.get, "/metrics", "ov"),
        (.get, "/audit", "ov"),
        (.get, "/customer", "ov"),
        (.get, "/customer/5", "ovc"),
        (.get, "/customer/6", "ov"),
        (.get, "/customer/5/", "ovc"),
        (.get, "/customer/5/secrets", "ov"),
        (.get, "/customer/05", "ovc"),
        (.head, "/customer/5", "ovc"),
        (.head, "/customer/6", "ov"),
        (.put, "/customer", "o"),
        (.get, "/program", "ov"),
        (.put, "/program", "o"),
        (.get, "/program/1/customer", "ov"),
        (.get, "/program/1/customers", "ov"),
        (.get, "/program/1/limits", "ov"),
        (.get, "/roster", "ov"),
        (.post, "/roster/7/restore", "o"),
        (.get, "/dispatch", "ov"),
        (.get, "/dispatch/customer/5", "ovc"),
        (.get, "/dispatch/customer/5/false", "ovc"),
        (.get, "/dispatch/customer/6", "ov"),
        (.get, "/incident", "ov"),
        (.get, "/incident/1", "ov"),
        (.get, "/incident/1/summary", "ov"),
        (.get, "/incident/1/customer", "ov"),
        (.post, "/incident", "o"),
        (.patch, "/incident/1", "o"),
        (.delete, "/incident/1", "o"),
        (.post, "/incident/1/recall", "o"),
        (.delete, "/purge", "o"),
        (.put, "/customer/5", "o"),
        (.post, "/health", "o"),
    ]

    @Test("Every route has its row in the table: whoever adds one decides whom it is for")
    func everyRouteIsDecided() throws {
        for route in try Routes.all().sorted() {
            let words = route.split(separator: " ")
            let pattern = words[1].split(separator: "/")
            let isDecided = Self.table.contains { row in
                let path = row.path.split(separator: "/")
                return row.method.rawValue == words[0] && path.count == pattern.count
                    && zip(path, pattern).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
            }
            #expect(isDecided, "\(route): nobody has decided who may ask for it")
        }
    }

    @Test("A role has its own requests and no others", arguments: table)
    func roleHasItsOwn(_ row: (method: HTTPRequest.Method, path: String, allowed: String)) {
        let path = row.path.split(separator: "/")
        let isPublic = row.allowed == "anybody"
        #expect(AccessPolicy.isPublic(row.method, path) == isPublic)
        for role in Self.roles {
            let expected = isPublic || row.allowed.contains(role.name.prefix(1))
            #expect(
                AccessPolicy.allows(role, row.method, path) == expected,
                "\(role.name): \(row.method.rawValue) \(row.path)"
            )
        }
    }
}
