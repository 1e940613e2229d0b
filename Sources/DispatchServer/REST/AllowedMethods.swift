internal import HTTPTypes

/// Which methods each path takes, for who asks with another one.
struct AllowedMethods: Sendable {
    /// The components of the path, `nil` for any.
    private let routes: [(path: [String?], method: String)]

    /// - Parameter routes: as the router has them: `/customer/{id}`.
    init(_ routes: [(path: String, method: HTTPRequest.Method)]) {
        self.routes = routes.map { path, method in
            (
                path.split(separator: "/").map { $0.hasPrefix("{") || $0.hasPrefix(":") ? nil : String($0) },
                method.rawValue
            )
        }
    }

    /// In alphabetical order; none for a path that leads nowhere.
    func of(_ path: String) -> [String] {
        let parts = path.split(separator: "/")
        let methods = routes.filter { route in
            route.path.count == parts.count && zip(route.path, parts).allSatisfy { $0 == nil || $0 == String($1) }
        }
        let names = methods.map(\.method)
        // The router answers HEAD itself wherever there is a GET.
        return Set(names.contains("GET") ? names + ["HEAD"] : names).sorted()
    }
}
