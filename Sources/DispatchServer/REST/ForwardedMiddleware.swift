internal import HTTPTypes
internal import Hummingbird
internal import SocketIO

/// Has a request come from whoever a trusted proxy says it speaks for: for limits, log and audit log alike.
struct ForwardedMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let trustedProxies: TrustedProxies

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.address = trustedProxies.client(
            of: context.address,
            forwarded: request.headers[values: .forwarded],
            xForwardedFor: request.headers[values: .xForwardedFor]
        )
        return try await next(request, context)
    }
}

extension HTTPField.Name {
    /// Names of valid characters: the initializer cannot fail for them.
    fileprivate static let forwarded = HTTPField.Name("Forwarded") ?? .via
    fileprivate static let xForwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
}
