internal import Base
internal import DemandResponse
internal import DispatchStore
internal import HTTPTypes
internal import Hummingbird

/// Lets through who may have what they ask for, by their bearer token (RFC 6750 §2.1); whom it refuses, the audit log names.
struct AccessMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let authenticator: Authenticator
    let denials: DenialDesk

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path.split(separator: "/")
        guard !AccessPolicy.isPublic(request.method, path) else {
            return try await next(request, context)
        }
        // The database is read away from the event loops.
        let presented = request.headers[.authorization].flatMap(Self.token)
        let result = try await ReadingLane.rows.run { [address = context.address] in
            authenticator.authenticate(presented, from: address)
        }
        switch result {
        case .success(let principal):
            guard AccessPolicy.allows(principal.role, request.method, path) else {
                deny(request, context, token: principal.token, "the role \(principal.role.name) may not do this")
                throw APIError.forbidden(principal.role)
            }
            var context = context
            context.principal = principal
            return try await next(request, context)
        case .failure(let refusal):
            deny(request, context, token: presented.flatMap(BearerToken.init)?.id, refusal.message)
            throw APIError(refusal)
        }
    }

    private func deny(_ request: Request, _ context: Context, token: String?, _ reason: String) {
        let denial = AccessDenial(
            subject: "\(request.method.rawValue) \(request.uri.path.prefix(200))",
            address: context.address,
            token: token,
            reason: reason
        )
        denials.deny(denial, correlation: context.correlation, actor: context.actor)
    }

    private static func token(_ authorization: String) -> String? {
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1])
    }
}

extension APIError {
    fileprivate static func forbidden(_ role: AccessRole) -> APIError {
        APIError(status: .forbidden, code: "forbidden", message: "the role \(role.name) may not do this")
    }

    fileprivate init(_ refusal: AccessRefusal) {
        switch refusal {
        case .missing:
            self.init(status: .unauthorized, code: "unauthenticated", message: refusal.message)
            headers[.wwwAuthenticate] = "Bearer"
        case .invalid:
            self.init(status: .unauthorized, code: "invalid-token", message: refusal.message)
            headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
        case .tooManyAttempts(let wait):
            self.init(
                status: .tooManyRequests,
                code: "too-many-attempts",
                message: refusal.message,
                retryAfter: wait.wholeSecondsUp
            )
        case .storage(let error):
            self.init(error)
        }
    }
}
