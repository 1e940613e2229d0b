internal import DispatchStore
internal import HTTPTypes

/// Who may ask for what over HTTP. What a customer or a viewer may do over Socket.IO stands in `RealTimeGateway`.
enum AccessPolicy {
    /// What anybody may have, so that a page can load and a probe can look.
    static func isPublic(_ method: HTTPRequest.Method, _ path: [Substring]) -> Bool {
        switch method {
        case .options: true
        case .get, .head:
            switch path.first {
            case nil, "health", "ready", "openapi.json", "asyncapi.json": true
            case "console": path.count == 2
            default: false
            }
        default: false
        }
    }

    /// - Parameter path: its components, without empty ones.
    static func allows(_ role: AccessRole, _ method: HTTPRequest.Method, _ path: [Substring]) -> Bool {
        if isPublic(method, path) { return true }
        switch role {
        case .operator: return true
        case .viewer: return (method == .get || method == .head) && path.first != "config"
        case .customer(let customer):
            guard method == .get || method == .head else { return false }
            switch path.first {
            case "customer": return path.count == 2 && Int(path[1]) == customer
            case "dispatch": return path.count >= 3 && path[1] == "customer" && Int(path[2]) == customer
            default: return false
            }
        }
    }
}
